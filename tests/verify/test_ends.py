"""However the parent ends, no child outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from secrets import token_hex

import psutil
import pytest

import scaffold
from scaffold.verify.processes import children
from scaffold.verify.processes.process_tree import ProcessTree
from scaffold.verify.runner import run
from scaffold.verify.types import Candidate, Job
from tests.verify import without_keras
from tests.verify.processes import MARK, SYSTEMS, processes_with, restrict

pytestmark = pytest.mark.slow

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
from scaffold.verify.processes import children
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


@pytest.fixture(params=SYSTEMS, autouse=True)
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test of this file runs with and without what only some systems can do."""
    restrict(request.param, monkeypatch)


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


class Listed:
    """A process of a list that is made up."""

    def __init__(self, pid: int, variables: dict[str, str]) -> None:
        """Keep what it has."""
        self.pid, self._variables, self.is_killed = pid, variables, False

    def cwd(self) -> str:
        """Return the directory that it works in."""
        return "/"

    def environ(self) -> dict[str, str]:
        """Return its environment."""
        return self._variables

    def create_time(self) -> float:
        """Return a time before that of all others."""
        return 0.0

    def cmdline(self) -> list[str]:
        """Return its command."""
        return ["sleep"]

    def kill(self) -> None:
        """Note that it would be killed."""
        self.is_killed = True


def test_who_hands_on_and_ends_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that begins another while the list is read hides nothing."""
    # The first is gone by the time it is read; the second is not in that list yet.
    first, second = Listed(7, {}), Listed(8, {"KERAS_SCAFFOLD_RUN": "abc", "A": "b"})
    lists = iter([[first], [first, second], [first, second], [second]])
    numbers = iter([[7], [7, 8], [7, 8], [8]])
    monkeypatch.setattr(psutil, "process_iter", lambda: next(lists))
    monkeypatch.setattr(psutil, "pids", lambda: next(numbers))
    monkeypatch.setattr(ProcessTree, "descendants", lambda self: set())
    monkeypatch.setattr(psutil, "wait_procs", lambda processes, timeout: None)
    assert children.end_strays("abc", {1})
    assert second.is_killed and not first.is_killed


def test_what_writes_to_the_files_of_a_child_is_found(tmp_path: Path) -> None:
    """Without a mark in its environment, and elsewhere, it is known by its output."""
    mark = token_hex(8)
    (tmp_path / mark).mkdir()
    sleep = [sys.executable, "-c", "import time; time.sleep(1000)"]
    with (
        open(tmp_path / mark / "errors", "wb") as errors,
        subprocess.Popen(sleep, stderr=errors, env={}, cwd="/") as process,
        subprocess.Popen(sleep, env={}, cwd="/") as other,
    ):
        try:
            begun, known = psutil.Process().create_time(), {os.getpid()}
            (marked,) = children._marked(mark, begun, known)
            assert marked.pid == process.pid
            assert not children._marked(mark, time.time() + 60, known)
        finally:
            process.kill()
            other.kill()
