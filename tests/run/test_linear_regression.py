"""The built-in spec, as a user runs it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.styles import STYLES
from tests.startup import environment

# The least-squares line through the nine points (numpy.polyfit): its mean squared
# error, and its value for 9.5 hours.
LEAST_SQUARES_ERROR = 1.060
LEAST_SQUARES_AT_9_5 = 102.30


@pytest.mark.parametrize("style", STYLES)
def test_learns_the_line(style: str, tmp_path: Path) -> None:
    """`new --style S`, then the file itself, gives the least-squares line."""
    new = [sys.executable, "-m", "scaffold", "new", "--style", style]
    subprocess.run(new, cwd=tmp_path, check=True, capture_output=True)
    run = subprocess.run(
        [sys.executable, "linear_regression.py"],
        cwd=tmp_path,
        env=environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    error = re.search(r"^loss: ([0-9.]+)$", run.stdout, re.MULTILINE)
    predicted = re.search(r"^\[9\.5\] -> \[([0-9.]+)\]$", run.stdout, re.MULTILINE)
    assert error and predicted, run.stdout
    assert LEAST_SQUARES_ERROR - 1e-3 <= float(error[1]) <= 1.2
    assert abs(float(predicted[1]) - LEAST_SQUARES_AT_9_5) <= 1
