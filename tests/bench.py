"""Measures the time of commands: `make bench`.

Times are medians, as multiples of `python -c pass` in the same run, so that they do not
depend on the machine. Each round runs every command once, so that other load on the
machine affects all commands equally.
"""

from __future__ import annotations

import compileall
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import scaffold

ROUNDS = 15
"""How often each command is measured, after one round that is not."""

RESNET50 = str(Path(__file__).parent / "cases" / "architectures" / "resnet50.yaml")

COMMANDS: dict[str, tuple[tuple[str, ...], float | None]] = {
    "python -c pass": (("-c", "pass"), None),
    "python -c 'import black'": (("-c", "import black"), None),
    "--version": (("-m", "scaffold", "--version"), 6.0),
    "check linear_regression": (("-m", "scaffold", "check", "linear_regression"), 10.0),
    "schema": (("-m", "scaffold", "schema"), 25.0),
    "new (linear_regression)": (
        ("-m", "scaffold", "new", "--force", "-o", "linear_regression.py"),
        18.0,
    ),
    "new cnn --style subclass": (
        ("-m", "scaffold", "new", "cnn", "--style", "subclass", "--force"),
        None,
    ),
    "new resnet50 --style subclass": (
        ("-m", "scaffold", "new", RESNET50, "--style", "subclass", "--force"),
        None,
    ),
}
"""Command lines, and the largest multiple that is the aim of each."""

LENGTHS = (10, 100, 1_000, 10_000)
"""The numbers of layers for which `new` is measured."""


def seconds(command: Sequence[str], directory: str) -> float:
    """Run Python once, and return the wall time."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *command], cwd=directory, check=True, capture_output=True
    )
    return time.perf_counter() - start


def start_up(directory: str) -> None:
    """Print the times of short commands."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(ROUNDS + 1):
        for name, (command, _) in COMMANDS.items():
            # Remove the target, so that each round creates the file.
            for path in Path(directory).glob("*.py"):
                path.unlink()
            spent = seconds(command, directory)
            if number:
                times[name].append(spent)
    base = statistics.median(times["python -c pass"])
    print(f"{'command':30} {'median':>9} {'multiple':>9} {'aim':>6}")
    for name, (_, aim) in COMMANDS.items():
        median = statistics.median(times[name])
        wanted = f"{aim:.0f}x" if aim else ""
        print(f"{name:30} {median * 1e3:6.0f} ms {median / base:8.1f}x {wanted:>6}")
    new = statistics.median(times["new (linear_regression)"])
    floor = statistics.median(times["python -c 'import black'"])
    print(f"new takes {new / floor:.2f} times as long as importing Black (aim 1.6)")
    small, large = (
        statistics.median(times[f"new {name} --style subclass"])
        for name in ("cnn", "resnet50")
    )
    print(f"resnet50 takes {large / small:.2f} times as long as cnn (aim 1.5)")


def growth(directory: str) -> None:
    """Print the times of `new` for growing numbers of layers."""
    print(f"\n{'layers':>8} {'style':12} {'seconds':>8} {'ms a layer':>11}")
    for style in ("sequential", "subclass"):
        for length in LENGTHS:
            entries = "\n".join(
                f"  - Dense({8 + number % 5}, activation='relu')"
                for number in range(length)
            )
            spec = Path(directory, f"chain_{length}.yaml")
            spec.write_text(f"inputs: [8]\nlayers:\n{entries}\n")
            command = ("-m", "scaffold", "new", spec.name, "--style", style, "-o", "-")
            runs = 3 if length < 10_000 else 1
            spent = min(seconds(command, directory) for _ in range(runs))
            each = spent / length * 1e3
            print(f"{length:8,} {style:12} {spent:8.2f} {each:11.2f}", flush=True)


def main() -> None:
    """Run the benchmark.

    The package is compiled first, as pip does when it installs it.
    """
    compileall.compile_dir(Path(scaffold.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as directory:
        start_up(directory)
        growth(directory)


if __name__ == "__main__":
    main()
