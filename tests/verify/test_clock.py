"""What counts of the time that a process takes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import psutil
import pytest

from scaffold.verify.processes.clock import Clock
from scaffold.verify.processes.process_tree import ProcessTree
from tests.verify.processes import SYSTEMS, restrict

pytestmark = pytest.mark.slow


@pytest.fixture(params=SYSTEMS, autouse=True)
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test of this file runs with and without what only some systems can do."""
    restrict(request.param, monkeypatch)


@contextmanager
def running(text: str) -> Iterator[tuple[subprocess.Popen[str], Clock]]:
    """Run code that says when it is ready, in a session of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", f"print('ready', flush=True)\n{text}"],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        tree = ProcessTree(process.pid)
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process, Clock(tree)
        finally:
            for each in tree.descendants():
                each.kill()
            process.kill()


def look(clock: Clock, seconds: float) -> None:
    """Look at a clock for a while, as the runner does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.1)
        clock.update()


def test_sleep_counts() -> None:
    """What sleeps has its time, too, and it is known that it slept."""
    with running("import time; time.sleep(1000)") as (_, clock):
        begun = time.monotonic()
        look(clock, 1.5)
        assert 0.5 < clock.spent <= time.monotonic() - begun
        assert clock.asleep > clock.spent / 2


def test_work_counts_as_far_as_it_is_done() -> None:
    """Processor time counts, and never more than has passed."""
    with running("while True: pass") as (process, clock):
        begun = time.monotonic()
        look(clock, 1.5)
        used = sum(psutil.Process(process.pid).cpu_times()[:2])
        assert clock.asleep < 0.5
        assert clock.spent <= min(used, time.monotonic() - begun) + 0.2


def test_work_of_others_that_it_has_started_counts() -> None:
    """A process that waits for another computes."""
    text = (
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', 'while True: pass'])"
    )
    with running(text) as (_, clock):
        look(clock, 3.0)
        assert clock.spent > 0 and clock.asleep < clock.spent


def test_to_be_kept_from_the_processor_does_not_count() -> None:
    """A process that is stopped, as one that has to wait, spends next to nothing."""
    with running("while True: pass") as (process, clock):
        psutil.Process(process.pid).suspend()
        time.sleep(0.2)
        clock.update()
        before = clock.spent
        look(clock, 2.0)
        assert clock.spent - before < 0.2


@pytest.mark.parametrize("is_idle", [True, False])
def test_sleep_that_the_system_calls_running(
    is_idle: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What computes nothing sleeps where a processor is idle, and waits otherwise."""
    restrict("portable", monkeypatch)
    monkeypatch.setattr(psutil.Process, "status", lambda self: psutil.STATUS_RUNNING)
    rate = 1.0 if is_idle else 0.0
    monkeypatch.setattr(
        psutil, "cpu_times", lambda: SimpleNamespace(idle=rate * time.monotonic())
    )
    with running("import time; time.sleep(1000)") as (_, clock):
        look(clock, 1.0)
        assert (clock.asleep > 0.4) == is_idle
        assert (clock.spent > 0.4) == is_idle


def test_ticks_that_are_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems count every microsecond: to wake up now and then is to sleep."""
    monkeypatch.setattr(
        psutil.Process, "cpu_times", lambda self: (time.monotonic() / 1000, 0, 0, 0)
    )
    with running("import time; time.sleep(1000)") as (_, clock):
        look(clock, 1.0)
        assert clock.asleep > 0.4


def test_a_process_that_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is nothing left to look at, what passes counts."""
    with running("") as (process, clock):
        process.wait()
        look(clock, 0.5)
        assert clock.spent > 0.3
