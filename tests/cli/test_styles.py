"""`keras-scaffold styles`: which styles can express a spec."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from scaffold.cli.main import cli

GRAPH = """\
inputs: [4]
layers:
  - left = Dense(3)
  - right = Dense(3) <- inputs
  - Add() <- left, right
"""


def run(*args: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(cli, ["styles", *args])


def test_a_graph_names_what_is_in_the_way(tmp_path: Path) -> None:
    """Every obstacle has a location, and the choice a reason."""
    path = tmp_path / "graph.yaml"
    path.write_text(GRAPH)
    done = run(str(path))
    assert done.exit_code == 0
    assert done.stdout == (
        "sequential  no\n"
        "       4:5  KS502  a sequential model cannot have `Dense` called on something "
        "other than the previous entry\n"
        "       5:5  KS502  a sequential model cannot have `Add` called on 2 tensors\n"
        "functional  yes\n"
        "subclass    yes\n"
        "choose functional: Keras knows every tensor of a graph: it can check, plot "
        "and cut it\n"
    )


def test_a_chain_can_be_said_in_every_style() -> None:
    """A preset can be named instead of a spec file."""
    lines = run("cnn").stdout.splitlines()
    assert [line.split() for line in lines[:3]] == [
        ["sequential", "yes"],
        ["functional", "yes"],
        ["subclass", "yes"],
    ]
    assert lines[3].startswith("choose sequential: ")


def test_what_no_graph_can_say() -> None:
    """A layer that no graph can express leaves only the subclass style."""
    spec = "inputs: [8, 8, 3]\nlayers: [Equalization]\n"
    done = CliRunner().invoke(cli, ["styles", "-", "--format", "json"], input=spec)
    data = json.loads(done.stdout)
    assert data["choose"] == "subclass"
    assert data["styles"]["subclass"] == {"can": True, "obstacles": []}
    for style in ("sequential", "functional"):
        (obstacle,) = data["styles"][style]["obstacles"]
        assert (obstacle["code"], obstacle["line"]) == ("KS501", 2)


def test_findings_come_before_styles(tmp_path: Path) -> None:
    """A spec with errors has no styles."""
    path = tmp_path / "wrong.yaml"
    path.write_text("inputs: [4]\nlayers: [Dens(3)]\n")
    done = run(str(path))
    assert done.exit_code == 1
    assert "KS201" in done.stderr
    assert done.stdout == ""
