"""The code blocks of `docs/hooks.md`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from scaffold.cli.main import cli
from tests.cli.manifests import ACTION, HOOKS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the code blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def configurations(key: str) -> list[dict[str, Any]]:
    """Return the blocks of YAML that have a key."""
    read = [YAML(typ="safe").load(block) for block in blocks("yaml")]
    return [block for block in read if key in block]


@pytest.mark.parametrize(
    "block", [block for block in blocks("yaml") if "repos:" in block]
)
def test_configuration_of_pre_commit(block: str, tmp_path: Path) -> None:
    """pre-commit can read each, and each hook and option that is named is there."""
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text(block)
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(path)]
    subprocess.run(command, check=True)
    entries = {hook["id"]: hook["entry"].split()[1:] for hook in HOOKS}
    (repository,) = YAML(typ="safe").load(block)["repos"]
    assert [hook["id"] for hook in repository["hooks"]] == list(entries)
    (tmp_path / "net.yaml").write_text("inputs: [4]\nlayers: [Dense(1)]\n")
    for hook in repository["hooks"]:
        value = [
            *entries[hook["id"]],
            *hook.get("args", ()),
            str(tmp_path / "net.yaml"),
        ]
        if value[0] == "new":
            value += ["-o", str(tmp_path / "net.py")]
        done = CliRunner(catch_exceptions=False).invoke(cli, value)
        assert done.exit_code == (value[0] == "new"), done.stderr
        assert re.search(hook.get("files", ""), "nets/a.yaml")


def test_workflow(tmp_path: Path) -> None:
    """GitHub's schema of workflows finds nothing wrong, and the inputs are known."""
    (block,) = (block for block in blocks("yaml") if "jobs:" in block)
    path = tmp_path / "specs.yml"
    path.write_text(block)
    command = ["--builtin-schema", "vendor.github-workflows", str(path)]
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *command],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    (workflow,) = configurations("jobs")
    (ours,) = (step for step in workflow["jobs"]["specs"]["steps"] if "with" in step)
    assert set(ours["with"]) <= set(ACTION["inputs"])


def test_inputs_and_outputs() -> None:
    """The table has every input, and the text every output."""
    listed = re.findall(r"^\| `([\w-]+)` \|", PAGE, re.MULTILINE)
    assert listed == list(ACTION["inputs"])
    assert all(f"`{name}`" in PAGE for name in ACTION["outputs"])
