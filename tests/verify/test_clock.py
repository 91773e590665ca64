"""What counts of the time that a process takes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scaffold.verify.clock import Clock
from scaffold.verify.process_tree import ProcessTree

pytestmark = pytest.mark.skipif(
    not os.path.exists("/proc/self/stat"), reason="only Linux shows other processes"
)


@contextmanager
def running(text: str) -> Iterator[tuple[subprocess.Popen[str], Clock]]:
    """Run code that says when it is ready, in a session of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", f"print('ready', flush=True)\n{text}"],
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process, Clock(ProcessTree(process.pid))
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def look(clock: Clock, seconds: float) -> None:
    """Look at a clock for a while, as the runner does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.1)
        clock.look()


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
        stat = Path(f"/proc/{process.pid}/stat").read_text()
        fields = stat.rsplit(")", 1)[1].split()
        used = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
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
        process.send_signal(signal.SIGSTOP)
        time.sleep(0.2)
        clock.look()
        before = clock.spent
        look(clock, 2.0)
        assert clock.spent - before < 0.2
        process.send_signal(signal.SIGCONT)
