"""Measures `new --watch`, from a saved spec to the new file: a part of `make bench`."""

from __future__ import annotations

import os
import signal
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path

from tests.bench import RESNET50
from tests.cli.watched import Watched, spec, wait_for

ROUNDS = 20
"""How many saves are measured."""

MANY = 200
"""The number of saves after which the memory is measured again."""

FILES = 100_000
"""The number of files beside the spec, in the largest directory."""

AIM = 0.3
"""The median seconds of a change that are the aim."""

IDLE = 3.0
"""The seconds for which the idle process is measured."""


def latencies(watched: Watched, text: str, target: Path, count: int) -> list[float]:
    """Save a spec repeatedly, and return the time of each change.

    Args:
        watched: The process.
        text: The spec, with `@` for a number.
        target: The generated file.
        count: The number of changes.
    """
    path = watched.directory / "model.yaml"
    results = []
    for number in range(1_001, 1_001 + count):
        time.sleep(0.1)
        fresh = path.with_suffix(".new")
        fresh.write_text(text.replace("@", str(number)), encoding="utf-8")
        os.replace(fresh, path)
        results.append(wait_for(partial(_has, target, f"={number}")))
    return results


def measure(name: str, text: str, files: int, count: int = ROUNDS) -> None:
    """Print the time and memory of watching one spec."""
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        for number in range(files):
            (place / f"{number}.txt").touch()
        (place / "model.yaml").write_text(text.replace("@", "1000"), encoding="utf-8")
        with Watched(place, "model.yaml", "-o", "made.py") as watched:
            before = _seconds(watched)
            time.sleep(IDLE)
            idle = (_seconds(watched) - before) / IDLE
            memory = _kilobytes(watched)
            times = latencies(watched, text, place / "made.py", count)
            grown = _kilobytes(watched) - memory
            watched.end(signal.SIGINT)
    median = statistics.median(times)
    print(
        f"{name:26} {median * 1e3:6.0f} ms {max(times) * 1e3:6.0f} ms "
        f"{AIM * 1e3:6.0f} ms {idle:7.2%} {memory / 1e3:6.0f} MB {grown / 1e3:+6.1f} MB"
    )


def _has(path: Path, text: str) -> bool:
    return text in path.read_text()


def _seconds(watched: Watched) -> float:
    """Return the processor time of the process, in seconds."""
    fields = Path(f"/proc/{watched.process.pid}/stat").read_text().split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def _kilobytes(watched: Watched) -> int:
    """Return the memory of the process, in kilobytes."""
    status = Path(f"/proc/{watched.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def main() -> None:
    """Run the benchmark."""
    small = spec(1).replace("units: 1", "units: @")
    large = Path(RESNET50).read_text(encoding="utf-8")
    large = large.replace("num_classes: 1000", "num_classes: @")
    print(
        f"{'new --watch':26} {'median':>9} {'most':>9} {'aim':>9} {'idle':>7} "
        f"{'memory':>9} {'more':>9}"
    )
    measure("a small spec", small, 0)
    measure("resnet50", large, 0)
    measure(f"among {FILES:,} files", small, FILES)
    measure(f"a small spec, {MANY} times", small, 0, MANY)


if __name__ == "__main__":
    main()
