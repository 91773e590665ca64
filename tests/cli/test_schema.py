"""`keras-scaffold schema`, as its users see it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scaffold.catalogue import load
from scaffold.cli.main import cli
from scaffold.editor.schema import findings_schema, spec_schema, write_schema


def schema(*args: str) -> Result:
    """Run `keras-scaffold schema`."""
    return CliRunner(catch_exceptions=False).invoke(
        cli, ["schema", *args], prog_name="keras-scaffold"
    )


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_print() -> None:
    """The spec's schema goes to stdout, or with `findings` the other one."""
    done = schema()
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == schema("spec").stdout == schema("-o", "-").stdout
    assert done.stdout == write_schema(spec_schema(load()))
    assert schema("findings").stdout == write_schema(findings_schema())


def test_file() -> None:
    """It is created with its directory, left alone the second time, and replaced."""
    path = Path(".keras-scaffold") / "spec.schema.json"
    first = schema("-o", str(path))
    assert (first.exit_code, first.stdout) == (0, "")
    assert first.stderr == f"   create  {path}\n"
    assert path.read_text(encoding="utf-8") == schema().stdout
    assert schema("-o", str(path)).stderr == f"identical  {path}\n"
    assert schema("-o", str(path), "--check").exit_code == 0
    old = json.loads(path.read_text(encoding="utf-8")) | {"title": "older"}
    path.write_text(json.dumps(old), encoding="utf-8")
    stale = schema("-o", str(path), "--check")
    assert (stale.exit_code, stale.stderr) == (1, f"{path} is not up to date\n")
    assert schema("-o", str(path)).stderr == f"   update  {path}\n"
    assert path.read_text(encoding="utf-8") == schema().stdout


@pytest.mark.parametrize("text", ["{}", "not JSON", "", '{"$comment": "By hand"}'])
def test_file_of_somebody_else(text: str) -> None:
    """It stays as it is, unless --force is given."""
    path = Path("other.json")
    path.write_text(text, encoding="utf-8")
    refused = schema("-o", "other.json")
    assert refused.exit_code == 1
    assert refused.stderr.startswith(" conflict  other.json\nerror[KS601]: ")
    assert path.read_text(encoding="utf-8") == text
    forced = schema("-o", "other.json", "--force")
    assert (forced.exit_code, forced.stderr) == (0, "    force  other.json\n")
    assert path.read_text(encoding="utf-8") == schema().stdout


@pytest.mark.parametrize("option", ["--pretend", "--diff", "--check"])
def test_trial(option: str) -> None:
    """With these options, nothing is written."""
    done = schema("findings", "-o", "new.json", option)
    assert done.exit_code == (option == "--check")
    assert not Path("new.json").exists()
    assert ("+{\n" in done.stdout) == (option == "--diff")


@pytest.mark.parametrize(
    "args", [("-o", ""), ("--check",), ("--force",), ("model",), ("--diff", "-o", "-")]
)
def test_usage(args: tuple[str, ...]) -> None:
    """Contradictory options are a usage error."""
    done = schema(*args)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")
