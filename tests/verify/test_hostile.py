"""Code that does to its process what it can: each costs a finding, and no more.

All of it is run in one go, harmless code in between, with short limits and no Keras.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

import pytest

from scaffold.verify.runner import run
from scaffold.verify.types import Candidate, Job, Outcome
from tests.verify import without_keras
from tests.verify.processes import MARK, processes_with, restrict

pytestmark = pytest.mark.slow

SECONDS = 1.5
MEMORY = 300 << 20
GOOD = "def build_model():\n    return 1\n"

HOSTILE: dict[str, tuple[str, str, int]] = {
    "hangs at import": ("KS713", "import os\nwhile True: pass\n", 2),
    "hangs in build": ("KS713", "def build_model():\n    while True: pass\n", 2),
    "hangs in C": ("KS713", "sum(range(10**14))\n", 1),
    "sleeps": ("KS713", "import time\n\ntime.sleep(1000)\n", 3),
    "prints": ("KS716", f"print('hello')\n{GOOD}", 1),
    "prints in build": ("KS716", "def build_model():\n    print('hello')\n", 2),
    "prints in main": (
        "",
        f"{GOOD}\n\ndef main():\n    print(1)\n\n\n"
        "if __name__ == '__main__':\n    print(2)\n    main()\n",
        0,
    ),
    "prints here and there": (
        "KS716",
        "if __name__ == '__main__':\n    print(2)\n"
        "def main():\n    print(1)\ndef build_model():\n    print(0)\n",
        6,
    ),
    "asks": ("KS701", "input()\n", 0),
    "writes to 1": ("KS716", f"import os\nos.write(1, b'hello')\n{GOOD}", 0),
    "has others print": ("KS716", f"import os\nos.system('echo hello')\n{GOOD}", 0),
    "prints a lot": ("KS716", f"for _ in range(40): print('x' * 10**6)\n{GOOD}", 1),
    "prints for ever": ("KS713", "while True: print('x' * 10**6)\n", 1),
    "floods stderr": (
        "KS713",
        "import sys\nwhile True: sys.stderr.write('x' * 10**6)\n",
        2,
    ),
    "_exit": ("KS715", "import os\nos._exit(0)\n", 0),
    "exit": ("KS701", "import sys\nsys.exit(0)\n", 0),
    "abort": ("KS715", "import os\nos.abort()\n", 2),
    "crash": ("KS715", "import ctypes\nctypes.string_at(0)\n", 2),
    "kill": ("KS715", "import os\nos.kill(os.getpid(), 9)\n", 0),
    "raise": ("KS701", "raise ValueError('no')\n", 0),
    "interrupt": ("KS715", "raise KeyboardInterrupt\n", 0),
    "no syntax": ("KS701", "def build_model(:\n", 0),
    "a lot of memory": ("KS714", "x = bytearray(10**12)\n", 0),
    "more and more memory": (
        "KS714",
        "x = []\nwhile True: x.append(bytearray(10**6))\n",
        0,
    ),
    "memory that no limit counts": (
        "KS714",
        "import mmap\nx = mmap.mmap(-1, 1 << 30)\nx.write(b'x' * (400 << 20))\n"
        "while True: pass\n",
        0,
    ),
    "has no memory for a tensor": (
        "KS714",
        "raise ValueError('OOM when allocating tensor with shape[9]')\n",
        0,
    ),
    "reads stdin": ("", f"import sys\nassert sys.stdin.read() == ''\n{GOOD}", 0),
    "reads 0": ("", f"import os\nassert os.read(0, 9) == b''\n{GOOD}", 0),
    "forks": (
        "KS718",
        f"import os, time\nif os.fork() == 0: time.sleep(1000)\n{GOOD}",
        0,
    ),
    "forks, and both go on": ("", f"import os\nos.fork()\n{GOOD}", 0),
    "forks a daemon": (
        "KS718",
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n"
        f"    if os.fork() == 0: time.sleep(1000)\n    os._exit(0)\n{GOOD}",
        0,
    ),
    "has others take memory": (
        "KS714",
        'import subprocess, sys, time\ntext = \'import time; x = b"x" * (150 << 20);'
        " time.sleep(1000)'\n"
        "for _ in range(4): subprocess.Popen([sys.executable, '-c', text])\n"
        "time.sleep(1000)\n",
        0,
    ),
    "shares its memory with forks": (
        "",
        "import os, time\nx = b'x' * (200 << 20)\n"
        "forks = [os.fork() or (time.sleep(0.5), os._exit(0)) for _ in range(2)]\n"
        f"for fork in forks: os.waitpid(fork, 0)\n{GOOD}",
        0,
    ),
    "leaves a process": (
        "KS718",
        f"import subprocess\nsubprocess.Popen(['sleep', '1000'])\n{GOOD}",
        0,
    ),
    "leaves a process without an environment": (
        "KS718",
        f"import subprocess\nsubprocess.Popen(['sleep', '1000'], env={{}})\n{GOOD}",
        0,
    ),
    "leaves one elsewhere": (
        "KS718",
        "import subprocess\nsubprocess.Popen(['sleep', '1000'], env={}, cwd='/',"
        f" start_new_session=True)\n{GOOD}",
        0,
    ),
    "leaves one in build": (
        "KS718",
        "import subprocess\ndef build_model():\n"
        "    subprocess.Popen(['env', '-i', 'sleep', '1000'])\n",
        0,
    ),
    "becomes a daemon without a mark": (
        "KS718",
        "import os\nif os.fork() == 0:\n    os.setsid()\n    os.chdir('/')\n"
        "    if os.fork() == 0: os.execve('/bin/sleep', ['sleep', '1000'], {})\n"
        f"    os._exit(0)\nos.wait()\n{GOOD}",
        0,
    ),
    "has a shell leave one": (
        "KS718",
        f"import os\nos.system('env -i nohup sleep 1000 >/dev/null 2>&1 &')\n{GOOD}",
        0,
    ),
    "leaves a worker": (
        "KS718",
        "import multiprocessing, time\ncontext = multiprocessing.get_context('fork')\n"
        f"context.Process(target=time.sleep, args=(1000,)).start()\n{GOOD}",
        0,
    ),
    "waits for a worker": (
        "",
        "import multiprocessing, time\ncontext = multiprocessing.get_context('fork')\n"
        "process = context.Process(target=time.time)\nprocess.start()\n"
        f"process.join()\nassert process.exitcode == 0\n{GOOD}",
        0,
    ),
    "waits for a process": (
        "",
        f"import subprocess\nsubprocess.run(['true'], env={{}}, check=True)\n{GOOD}",
        0,
    ),
    "closes everything": ("KS715", f"import os\nos.closerange(0, 999)\n{GOOD}", 0),
    "closes everything, hangs": (
        "KS715",
        "import os\nos.closerange(0, 999)\nwhile True: pass\n",
        0,
    ),
    "writes everywhere": (
        "KS716",
        "import os\nfor pipe in range(3, 64):\n    try:\n"
        "        os.write(pipe, b'{\"is\": 1}\\nmore\\0\\xff')\n"
        f"    except OSError:\n        pass\n{GOOD}",
        0,
    ),
    "writes a long line": (
        "KS716",
        "import os\nfor pipe in range(3, 64):\n    try:\n"
        "        if os.readlink(f'/proc/self/fd/{pipe}').startswith('pipe'):\n"
        "            os.write(pipe, b'x' * (5 << 20))\n"
        f"    except OSError:\n        pass\n{GOOD}",
        0,
    ),
    "leaves a thread that exits": (
        "",
        "import os, threading, time\ndef end():\n    time.sleep(0.5)\n    os._exit(0)\n"
        f"threading.Thread(target=end).start()\n{GOOD}",
        0,
    ),
    "goes elsewhere": ("", f"import os\nos.chdir('/')\n{GOOD}", 0),
    "removes where it is": (
        "",
        f"import os, shutil\nshutil.rmtree(os.getcwd())\n{GOOD}",
        0,
    ),
    "hides stdout": ("", f"import sys\nsys.stdout = None\n{GOOD}", 0),
}
"""Code by what it does, with the code of what is found, and the line that is named."""


class Run(NamedTuple):
    """What came of the run.

    Attributes:
        outcomes: What came of each candidate, by its name.
        told: What was told on the way.
        left: The files that were left, and the processes.
    """

    outcomes: dict[str, list[Outcome]]
    told: list[str]
    left: tuple[list[Path], list[int]]


@pytest.fixture(scope="module")
def all_of_it(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs all of it, good code in between, in a directory of its own."""
    return run_all(tmp_path_factory.mktemp("run"), "refined")


def run_all(directory: Path, system: str) -> Run:
    """Run all of it in a directory, with or without what only some systems can do."""
    candidates: list[Candidate] = []
    for name, (_, text, _) in HOSTILE.items():
        candidates.append(Candidate(name, f"{name}.py", text, "", ()))
        candidates.append(Candidate(f"after {name}", "good.py", GOOD, "", ()))
    outcomes: dict[str, list[Outcome]] = {
        candidate.label: [] for candidate in candidates
    }
    told: list[str] = []
    mark = token_hex(8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(directory))
        patch.setenv(MARK, mark)
        restrict(system, patch)
        for outcome in run(
            [Job("all", None, tuple(candidates))],
            backend="",
            seconds=SECONDS,
            memory=MEMORY,
            tell=told.append,
            examiner=without_keras.NAME,
        ):
            outcomes[candidates[outcome.candidate].label].append(outcome)
    return Run(outcomes, told, (list(directory.iterdir()), processes_with(mark)))


@pytest.fixture
def outcomes(all_of_it: Run) -> dict[str, list[Outcome]]:
    """What came of each candidate, by its name."""
    return all_of_it.outcomes


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_code_is_found_out(
    name: str, outcomes: dict[str, list[Outcome]]
) -> None:
    """It has its finding, and its line where that can be known."""
    code, _, line = HOSTILE[name]
    diagnostics = [
        diagnostic for outcome in outcomes[name] for diagnostic in outcome.diagnostics
    ]
    assert {diagnostic.code for diagnostic in diagnostics} == (
        {code} if code else set()
    )
    assert all(diagnostic.span.path == f"{name}.py" for diagnostic in diagnostics)
    if line:
        assert diagnostics[0].span.line == line
    says = {outcome.says for outcome in outcomes[name]}
    assert says == ({"passed"} if not code else says) and ("failed" in says) == bool(
        code
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_the_next_one_runs(name: str, outcomes: dict[str, list[Outcome]]) -> None:
    """What comes after it is none the worse for it."""
    diagnostics = [
        (outcome.check, outcome.says) for outcome in outcomes[f"after {name}"]
    ]
    assert diagnostics == [("import", "passed"), ("build", "passed")]


def test_messages(outcomes: dict[str, list[Outcome]]) -> None:
    """What is said is short, and says what was going on."""

    def message(name: str) -> str:
        return outcomes[name][-1].diagnostics[0].message

    assert message("hangs at import") == "`import` does not finish within 1.5 seconds"
    assert message("hangs in build") == "`build` does not finish within 1.5 seconds"
    assert message("_exit") == "the process ended with status 0 during `import`"
    assert message("abort") == "the process was ended by SIGABRT during `import`"
    assert message("a lot of memory") == "`import` uses more than 300 MiB of memory"
    printed = outcomes["prints a lot"][0].diagnostics[0].message
    assert printed == f"the code prints when it is imported: '{'x' * 60}...'"


def test_each_is_told_of(all_of_it: Run) -> None:
    """Whoever waits is told which one it is for."""
    names = [text for name in HOSTILE for text in (name, f"after {name}")]
    assert all_of_it.told == [f"all: {name}" for name in names]


def test_nothing_is_left(all_of_it: Run) -> None:
    """No process of the run is there any more, and no file."""
    assert all_of_it.left == ([], [])


@pytest.mark.skipif(
    "KERAS_SCAFFOLD_LONG" not in os.environ,
    reason="takes long, and is run by `make test-long`",
)
def test_on_other_systems(tmp_path: Path) -> None:
    """What only some systems can do refines the place of a finding, and no more."""
    outcomes, _, left = run_all(tmp_path, "portable")
    codes = {
        name: {each.code for outcome in outcomes[name] for each in outcome.diagnostics}
        for name in outcomes
    }
    assert codes == {
        label: {code} if code and label == name else set()
        for name, (code, _, _) in HOSTILE.items()
        for label in (name, f"after {name}")
    }
    assert left == ([], [])
    for name, (_, _, line) in HOSTILE.items():
        # While code in C keeps Python to itself, only a signal is answered.
        if line and name != "hangs in C":
            diagnostics = [
                each for outcome in outcomes[name] for each in outcome.diagnostics
            ]
            assert diagnostics[0].span.line == line, name
