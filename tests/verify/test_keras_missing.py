"""A Keras or a psutil that cannot be imported is one finding for the whole run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import scaffold
from scaffold.diagnostics import Diagnostic
from scaffold.verify import runner
from scaffold.verify.types import ALL, Candidate, Job
from tests.verify import without_keras

GOOD = Candidate("good", "good.py", "def build_model():\n    return 1\n", "", ())
JOBS = [Job("a", None, (GOOD, GOOD)), Job("b", None, (GOOD,))]


def found_with(keras: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> Diagnostic:
    """Runs jobs with a Keras that does something else, and gives what is found."""
    (place / "keras.py").write_text(keras)
    monkeypatch.syspath_prepend(place)
    told: list[str] = []
    (outcome,) = runner.run(
        JOBS, backend="jax", tell=told.append, examiner=without_keras.NAME
    )
    assert told == ["importing Keras (jax)"]
    assert (outcome.job, outcome.candidate, outcome.says) == (ALL, ALL, "failed")
    (diagnostic,) = outcome.diagnostics
    assert (diagnostic.code, str(diagnostic.span)) == ("KS717", "KERAS_BACKEND=jax")
    return diagnostic


@pytest.mark.parametrize(
    ("keras", "reason", "help_"),
    [
        (
            "raise ModuleNotFoundError(\"No module named 'jax'\")",
            "ModuleNotFoundError: No module named 'jax'",
            "pip install jax",
        ),
        (
            "raise ModuleNotFoundError(\"No module named 'keras'\")",
            "ModuleNotFoundError: No module named 'keras'",
            "pip install keras jax",
        ),
        ("import os; os._exit(1)", "the process ended with status 1", None),
        (
            "import os, sys; sys.stderr.write('no AVX\\n'); os.abort()",
            "the process was ended by SIGABRT: no AVX",
            None,
        ),
        ("raise SystemExit(0)", "SystemExit: 0", None),
        (
            "ops = None",
            "AttributeError: 'NoneType' object has no attribute 'zeros'",
            None,
        ),
    ],
)
def test_it_fails(
    keras: str,
    reason: str,
    help_: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The finding says why, and what would help."""
    diagnostic = found_with(keras, tmp_path, monkeypatch)
    start = "Keras cannot be imported with the backend jax: "
    assert diagnostic.message == f"{start}{reason}"
    assert diagnostic.help == (help_ or "pip install jax")


def test_it_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The import has a limit of its own."""
    monkeypatch.setattr(runner, "_IMPORT_SECONDS", 0.5)
    diagnostic = found_with("while True: pass", tmp_path, monkeypatch)
    assert diagnostic.message.endswith(": not finished after 0.5 seconds")


def test_a_keras_that_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten specs cost one import, made with the backend that was asked for."""
    (tmp_path / "keras.py").write_text(
        "import os\n"
        f"open({str(tmp_path / 'imports')!r}, 'a').write('1')\n"
        "assert os.environ['KERAS_BACKEND'] == 'torch'\n"
        "class ops: zeros = print\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    jobs = [Job(f"{number}", None, (GOOD,)) for number in range(10)]
    result = list(runner.run(jobs, backend="torch", examiner=without_keras.NAME))
    assert {outcome.says for outcome in result} == {"passed"} and len(result) == 20
    assert (tmp_path / "imports").read_text() == "1"


def test_no_psutil(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is run; the finding names the Python that lacks it."""
    monkeypatch.setitem(sys.modules, "psutil", None)
    told: list[str] = []
    (outcome,) = runner.run(
        JOBS, backend="jax", tell=told.append, examiner=without_keras.NAME
    )
    assert not told
    assert (outcome.job, outcome.candidate, outcome.says) == (ALL, ALL, "failed")
    (missing,) = outcome.diagnostics
    assert (missing.code, str(missing.span)) == ("KS717", sys.executable)
    assert missing.message.startswith("psutil cannot be imported: ModuleNotFoundError")
    assert missing.help == "pip install psutil"


def test_the_command_without_psutil(tmp_path: Path) -> None:
    """It ends with one finding, and no traceback; other commands do without psutil."""
    (tmp_path / "psutil.py").write_text("raise ImportError('DLL load failed')\n")
    path = os.pathsep.join((str(tmp_path), str(Path(scaffold.__file__).parents[1])))

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "scaffold", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
        )

    done = command("verify", "linear_regression")
    assert done.returncode == 1 and not done.stdout.count("Traceback")
    message = "error[KS717]: psutil cannot be imported: ImportError: DLL load failed"
    assert message in done.stdout and "pip install psutil" in done.stdout
    assert not command("check", "linear_regression").returncode
    assert not command("new", "linear_regression", "-o", "a.py").returncode
