"""Bounds that hold on a busy machine: processor time, which nobody else can take.

A bound on the clock's time fails when something else runs. Where a test waits for
another process there is a limit as well, so that it ends, but nothing comes near it.
"""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

PATIENCE = 300.0
"""After how many seconds a process that is waited for hangs, on any machine."""


def run_within(
    seconds: int, command: Sequence[str | Path], **options: Any
) -> subprocess.CompletedProcess[Any]:
    """Run a command that is killed when it has used so much processor time.

    Args:
        seconds: The time that it may use.
        command: The program and its arguments.
        **options: What `subprocess.run` takes.
    """
    limit = partial(resource.setrlimit, resource.RLIMIT_CPU, (seconds, seconds + 1))
    return subprocess.run(command, preexec_fn=limit, timeout=PATIENCE, **options)


def used_by(process: int) -> float:
    """Return the processor time, in seconds, that a process has used so far."""
    text = Path(f"/proc/{process}/stat").read_text()
    fields = text.rpartition(")")[2].split()  # its name, before, may hold anything
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
