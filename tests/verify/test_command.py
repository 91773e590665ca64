"""The whole command, with Keras: hostile files among good ones, and Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from secrets import token_hex

import pytest

import scaffold
from tests.verify.processes import MARK, processes_with

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("default")]

ROOT = Path(scaffold.__file__).parent.parent

FILES = {
    # Asleep, not busy: that is the same to who waits (see test_hostile.py), and cheap.
    "hangs.py": ("KS713", "import time\n\ntime.sleep(1000)\n"),
    "eats.py": ("KS714", "x = bytearray(10**13)\n"),
    "exits.py": ("KS701", "raise SystemExit\n"),
    "ends.py": ("KS715", "import os\n\nos._exit(0)\n"),
    "prints.py": ("KS716", "print('hello')\n"),
    "raises.py": ("KS701", "import nothing_of_that_name\n"),
    "empty.py": ("KS701", ""),
}
GOOD = """
import keras
from keras import layers


def build_model():
    return keras.Sequential([keras.Input(shape=(4,)), layers.Dense(1)])
"""


def command(directory: Path, *args: str) -> subprocess.Popen[str]:
    """Starts `keras-scaffold verify` in a directory."""
    return subprocess.Popen(
        [sys.executable, "-m", "scaffold", "verify", *args],
        cwd=directory,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            MARK: directory.name,
            "TMPDIR": str(directory),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Where the tests run in the background, a shell has Ctrl-C ignored.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Makes an empty directory of a name that nothing else has."""
    directory = tmp_path / token_hex(8)
    directory.mkdir()
    return directory


def test_hostile_files(place: Path) -> None:
    """Each has its finding, never a traceback; the next file, and a spec, still run."""
    names = []
    for name, (_, text) in FILES.items():
        (place / name).write_text(text + (GOOD if name == "prints.py" else ""))
        (place / f"after_{name}").write_text(GOOD)
        names += [name, f"after_{name}"]
    done = command(
        place, "linear_regression", *names, "--timeout", "15", "--format", "json"
    )
    stdout, stderr = done.communicate()
    assert (done.returncode, stderr) == (1, "")
    content = json.loads(stdout)
    assert {finding["path"]: finding["code"] for finding in content["findings"]} == {
        name: code for name, (code, _) in FILES.items()
    }
    for job in content["jobs"]:
        for candidate in job["candidates"]:
            says = {item["says"] for item in candidate["outcomes"]}
            assert ("failed" in says) == (job["name"] in FILES), candidate
    assert "Traceback" not in stdout
    assert not processes_with(place.name)


def test_what_the_tool_writes_needs_one_process(place: Path) -> None:
    """Nothing of it changes the process, so that Keras is imported once."""
    (place / "a.yaml").write_text(
        "inputs: [4]\nlayers: [Dense(3), Dropout(0.5), Dense(1)]\n"
        "compile: {loss: mse, metrics: [mae]}\n"
    )
    stdout, stderr = command(place, "a.yaml").communicate()
    assert stderr.splitlines() == [
        "importing Keras (tensorflow)",
        *(f"a.yaml: {style}" for style in ("sequential", "functional", "subclass")),
        "3 models verified, no findings",
    ]
    assert stdout.startswith("a.yaml\n")


def test_interrupt(place: Path) -> None:
    """Ctrl-C exits with 130, says so in a word, and leaves nothing behind."""
    (place / "hangs.py").write_text("while True:\n    pass\n")
    going = command(place, "hangs.py")
    assert going.stderr is not None
    assert going.stderr.readline() == "importing Keras (tensorflow)\n"
    assert going.stderr.readline() == "hangs.py\n"
    going.send_signal(signal.SIGINT)
    stdout, stderr = going.communicate()
    assert (going.returncode, stdout, stderr) == (130, "", "interrupted\n")
    assert not processes_with(place.name)
    assert [path.name for path in place.iterdir()] == ["hangs.py"]
