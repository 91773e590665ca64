"""However the parent ends, no child outlives it."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from secrets import token_hex

import pytest

import scaffold
from scaffold.verify import processes
from scaffold.verify.runner import run
from scaffold.verify.types import Candidate, Job
from tests.verify import without_keras
from tests.verify.processes import MARK, processes_with

ROOT = Path(scaffold.__file__).parent.parent

HANGING = {
    "in Python": "while True: pass\n",
    "in C, which keeps Python to itself": "sum(range(10**14))\n",
    "with others": (
        "import os, subprocess\nsubprocess.Popen(['sleep', '1000'])\n"
        "if os.fork() == 0:\n    os.setsid()\n    while True: pass\nwhile True: pass\n"
    ),
}

PARENT = """
import signal, sys
from scaffold.verify import processes
from scaffold.verify.runner import run
from scaffold.verify.types import Candidate, Job
signal.signal(signal.SIGINT, signal.default_int_handler)
job = Job("job", None, (Candidate("a", "a.py", sys.argv[1], "", ()),))
try:
    for outcome in run([job], backend="", tell=print, examiner=sys.argv[2]):
        print(outcome)
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize("text", HANGING.values(), ids=HANGING.keys())
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_signal(number: signal.Signals, text: str, tmp_path: Path) -> None:
    """Ctrl-C, a polite request and a rude one end everything."""
    mark = token_hex(8)
    with subprocess.Popen(
        [sys.executable, "-u", "-c", PARENT, text, without_keras.NAME],
        cwd=ROOT,
        env={
            **os.environ,
            MARK: mark,
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(tmp_path),
        },
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        try:
            assert parent.stdout is not None
            assert parent.stdout.readline() == "job: a\n"
            until = time.monotonic() + 60
            while len(processes_with(mark, 0)) < 3:  # the parent, the child, its guard
                assert time.monotonic() < until
                time.sleep(0.05)
            parent.send_signal(number)
            rest = parent.stdout.read()
        finally:
            parent.kill()
    assert rest == ("interrupted\n" if number is signal.SIGINT else "")
    assert not processes_with(mark)
    assert not list(tmp_path.iterdir())


def test_whoever_has_seen_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """To stop listening ends the child, and removes its files."""
    mark = token_hex(8)
    monkeypatch.setenv(MARK, mark)
    text = "def build_model():\n    while True: pass\n"
    job = Job("job", None, (Candidate("a", "a.py", text, "", ()),))
    with closing(run([job], backend="", examiner=without_keras.NAME)) as going:
        assert next(going).check == "import"
        assert processes_with(mark, 0)
    assert not processes_with(mark)


def test_an_error_of_the_listener(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in what is done with an outcome ends the child as well."""
    mark = token_hex(8)
    monkeypatch.setenv(MARK, mark)
    job = Job("job", None, (Candidate("a", "a.py", "while True: pass", "", ()),))

    def tell(text: str) -> None:
        raise RuntimeError(text)

    with pytest.raises(RuntimeError, match="job: a"):
        list(run([job], backend="", tell=tell, examiner=without_keras.NAME))
    assert not processes_with(mark)


def test_who_hands_on_and_ends_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that begins another while the list is read hides nothing."""
    # The first is gone by the time it is read; the second is not in that list yet.
    lists = iter([[7], [7], [7, 8], [7, 8], [7, 8], [7, 8], [8], [8], [8]])
    monkeypatch.setattr(processes, "_processes", lambda: next(lists))
    texts = {8: b"KERAS_SCAFFOLD_RUN=abc\0A=b", 7: b""}
    given = {f"/proc/{number}/environ": text for number, text in texts.items()}
    given |= {f"/proc/{number}/cmdline": b"sleep\0" for number in texts}
    monkeypatch.setattr(
        processes, "open", lambda path, _: io.BytesIO(given[path]), raising=False
    )
    ended: list[int] = []
    monkeypatch.setattr(os, "kill", lambda number, _: ended.append(number))
    assert processes.end_strays("abc", {1})
    assert ended == [8]
