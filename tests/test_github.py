"""The files that GitHub reads fit their schemas, and call tasks that there are."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GITHUB = ROOT / ".github"
SCHEMAS = {
    "vendor.github-workflows": sorted(GITHUB.glob("workflows/*.yml")),
    "vendor.github-issue-forms": [
        path
        for path in sorted(GITHUB.glob("ISSUE_TEMPLATE/*.yml"))
        if path.name != "config.yml"
    ],
    "vendor.github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_schema(schema: str) -> None:
    """The published schema finds nothing wrong."""
    assert SCHEMAS[schema]
    command = ["--builtin-schema", schema, *map(str, SCHEMAS[schema])]
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *command],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_tasks() -> None:
    """Each task of make that a workflow runs is in the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for path in SCHEMAS["vendor.github-workflows"]:
        text = path.read_text()
        tasks = re.findall(r"make ([a-z -]+[a-z])", text)
        tasks += re.findall(r"tests: \[?(\w+)", text)
        assert set(" ".join(tasks).split()) <= targets, path.name
