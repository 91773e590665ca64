"""The bundled catalogue, compared with the installed Keras in child processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from scaffold.catalogue.catalogue import BUNDLED, ENVIRONMENT
from tests.startup import environment

pytestmark = pytest.mark.keras

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python on the repository, without a catalogue of the user's own."""
    variables = environment(ROOT)
    variables.pop(ENVIRONMENT, None)
    return subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )


def bundled() -> Path:
    """Gives the catalogue for the installed Keras; fails where there is none."""
    installed = metadata.version("keras")
    path = BUNDLED / f"keras-{'.'.join(installed.split('.')[:2])}"
    if not path.is_dir():
        pytest.fail(f"Keras {installed} has no catalogue yet: run `make catalogue`.")
    return path


@pytest.mark.skipif(
    "KERAS_SCAFFOLD_LONG" not in os.environ,
    reason="takes long, and is run by `make test-long`",
)
def test_rebuilding_gives_the_same_bytes(tmp_path: Path) -> None:
    """What is committed is what the installed Keras says."""
    expected = bundled()
    built = run("-m", "scaffold.catalogue.introspect", "-o", str(tmp_path))
    assert built.returncode == 0, built.stderr
    assert "fails" not in built.stderr, built.stderr
    names = sorted(path.name for path in expected.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    version = json.loads((tmp_path / "meta.json").read_bytes())["keras"]
    for name in names:
        lines = (expected / name).read_text().splitlines()
        again = (tmp_path / name).read_text().splitlines()
        assert again == lines, f"{name} differs with Keras {version}: `make catalogue`"
        assert (tmp_path / name).read_bytes() == (expected / name).read_bytes()


def test_the_catalogue_is_true() -> None:
    """Examples run, defaults and strings are Keras's, choices are accepted."""
    bundled()
    walked = run(str(Path(__file__).with_name("walk.py")))
    assert walked.returncode == 0, walked.stderr
    assert walked.stdout == ""
