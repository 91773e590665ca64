"""Limits on processor time, which hold on a busy machine.

A limit on wall time fails when other programs run. Tests that wait for another process
also have a wall time limit, far above the usual time, so that they end.
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
"""Seconds after which a process counts as hanging, on any machine."""


def run_within(
    seconds: int, command: Sequence[str | Path], **options: Any
) -> subprocess.CompletedProcess[Any]:
    """Run a command with a limit on its processor time.

    Args:
        seconds: The limit, after which the command is killed.
        command: The program and its arguments.
        **options: Arguments of `subprocess.run`.
    """
    limit = partial(resource.setrlimit, resource.RLIMIT_CPU, (seconds, seconds + 1))
    return subprocess.run(command, preexec_fn=limit, timeout=PATIENCE, **options)


def used_by(process: int) -> float:
    """Return the processor time, in seconds, that a process has used so far."""
    text = Path(f"/proc/{process}/stat").read_text()
    fields = text.rpartition(")")[
        2
    ].split()  # the name before it may have any characters
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
