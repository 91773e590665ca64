"""Runs commands of a project."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.run.projects import QUIET
from tests.startup import environment

RUN = """
import json, sys
from importlib import import_module

from click.testing import CliRunner

main = import_module(sys.argv[1] + ".command").main
told = []
for line in json.load(sys.stdin):
    done = CliRunner().invoke(main, line)
    told.append([done.exit_code, done.output, repr(done.exception)])
print(json.dumps(told))
"""
"""Runs commands one after the other, and tells what came of each."""


def invoke(project: Path, *lines: list[str]) -> list[tuple[int, str, str]]:
    """Runs commands of a project in one process; gives code, output, exception."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, project.name],
        cwd=project,
        env=environment(project / "src", **QUIET),
        input=json.dumps(lines),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return [tuple(load) for load in json.loads(done.stdout.splitlines()[-1])]
