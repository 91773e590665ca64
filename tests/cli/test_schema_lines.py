"""`new --schema` and `presets --schema`, as their users see them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scaffold.cli import schema_lines
from scaffold.cli.main import cli
from scaffold.editor.types import SCHEMA
from scaffold.spec import preset_path
from tests.output.tree import snapshot

YAML = "inputs: [4]\nlayers: [Dense(1)]\n"
LINE = f"# yaml-language-server: $schema=./{SCHEMA}\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory, in which commands run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(schema_lines, "spec_schema", lambda catalogue: None)
    monkeypatch.setattr(schema_lines, "write_schema", lambda value: "{}\n")
    return tmp_path


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner(catch_exceptions=False).invoke(
        cli, arguments, prog_name="keras-scaffold"
    )


def done(*arguments: str) -> str:
    """Run the command, which must succeed, and return its status lines."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    return result.stderr


def test_new_names_the_schema(here: Path) -> None:
    """The line is added once; the code is that of the spec; the schema is created."""
    spec = here / "a.yaml"
    spec.write_text(YAML)
    done("new", "a.yaml")
    code = (here / "a.py").read_text()
    first = done("new", "a.yaml", "--schema")
    assert first.splitlines()[:3] == [
        f"   create  {SCHEMA}",
        "   update  a.yaml",
        "identical  a.py (sequential)",
    ]
    assert spec.read_text() == LINE + YAML
    assert (here / SCHEMA).read_text() == "{}\n"
    before = snapshot(here)
    assert "identical  a.yaml\n" in done("new", "a.yaml", "--schema")
    assert snapshot(here) == before
    assert (here / "a.py").read_text() == code


def test_new_in_all_formats(here: Path) -> None:
    """Each spec names the nearest schema in the notation of its format."""
    (here / "a" / "b").mkdir(parents=True)
    (here / "a" / SCHEMA).parent.mkdir()
    (here / "a" / SCHEMA).write_text("{}\n")
    (here / "a" / "b" / "c.yaml").write_text(YAML)
    (here / "d.json").write_text('{"inputs": [4], "layers": ["Dense(1)"]}')
    (here / "e.toml").write_text('inputs = [4]\nlayers = ["Dense(1)"]\n')
    specs = ("a/b/c.yaml", "d.json", "e.toml")
    done("new", *specs, "--schema")
    assert f"$schema=../{SCHEMA}\n" in (here / "a" / "b" / "c.yaml").read_text()
    assert json.loads((here / "d.json").read_text())["$schema"] == f"./{SCHEMA}"
    assert (here / "e.toml").read_text().startswith(f"#:schema ./{SCHEMA}\n")
    assert run("check", *specs).exit_code == 0


def test_new_for_the_specs_of_a_project(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without arguments, the specs of the project are changed, in any directory."""
    (here / "nets").mkdir()
    (here / "nets" / "a.yaml").write_text(YAML)
    settings = '[tool.keras-scaffold]\nspecs = ["nets/*"]\noutput = "out"\n'
    (here / "pyproject.toml").write_text(settings)
    monkeypatch.chdir(here / "nets")
    status = done("new", "--schema")
    assert "   update  ../nets/a.yaml\n" in status or "   update  a.yaml\n" in status
    assert (here / SCHEMA).exists()
    assert f"$schema=../{SCHEMA}\n" in (here / "nets" / "a.yaml").read_text()
    assert (here / "out" / "a.py").exists()


@pytest.mark.parametrize("option", ["--pretend", "--diff"])
def test_trials_write_nothing(option: str, here: Path) -> None:
    """Trials list the change of the spec, or show it."""
    (here / "a.yaml").write_text(YAML)
    before = snapshot(here)
    result = run("new", "a.yaml", "--schema", option)
    assert result.exit_code == 0
    assert "   update  a.yaml\n" in result.stderr
    assert (f"+{LINE}" in result.stdout) == (option == "--diff")
    assert snapshot(here) == before


def test_specs_with_errors_stay(here: Path) -> None:
    """A spec that cannot be generated is not changed, and neither are the others."""
    (here / "a.yaml").write_text(YAML)
    (here / "b.yaml").write_text("inputs: [4]\nlayers: [Dens(1)]\n")
    before = snapshot(here)
    assert run("new", "a.yaml", "b.yaml", "--schema").exit_code == 1
    assert snapshot(here) == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_is_not_followed(here: Path) -> None:
    """A spec that is a link is a finding, as for every file that is written."""
    (here / "a.yaml").write_text(YAML)
    (here / "b.yaml").symlink_to("a.yaml")
    result = run("new", "b.yaml", "--schema")
    assert result.exit_code == 1 and "[KS602]" in result.stderr
    assert (here / "a.yaml").read_text() == YAML


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("cnn",), "`keras-scaffold presets cnn --schema -o cnn.yaml` writes this"),
        ((), "--schema requires a spec file."),
        (("-",), "--schema requires a spec file."),
        (
            ("a.yaml", "--check"),
            "--schema cannot be used with --check, --watch or -o -.",
        ),
        (
            ("a.yaml", "--watch"),
            "--schema cannot be used with --check, --watch or -o -.",
        ),
        (
            ("a.yaml", "-o", "-"),
            "--schema cannot be used with --check, --watch or -o -.",
        ),
    ],
)
def test_new_without_a_file(
    arguments: tuple[str, ...], message: str, here: Path
) -> None:
    """Presets and standard input have no first line to write."""
    (here / "a.yaml").write_text(YAML)
    result = run("new", *arguments, "--schema")
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert (here / "a.yaml").read_text() == YAML


def test_presets_names_the_schema(here: Path) -> None:
    """Printed, the path is that for a file in the working directory."""
    path = preset_path("cnn")
    assert path is not None
    result = run("presets", "cnn", "--schema")
    assert result.stdout == LINE + path.read_text(encoding="utf-8")
    assert result.stderr == f"     next  keras-scaffold schema -o {SCHEMA}\n"
    assert [*here.iterdir()] == []


def test_presets_writes_a_file(here: Path) -> None:
    """A file or a directory; an edited file is a conflict."""
    (here / "nets").mkdir()
    assert done("presets", "cnn", "-o", "nets/", "--schema").splitlines() == [
        "   create  nets/cnn.yaml",
        f"   create  {SCHEMA}",
        "     next  keras-scaffold new nets/cnn.yaml",
    ]
    text = (here / "nets" / "cnn.yaml").read_text()
    assert text.startswith(f"# yaml-language-server: $schema=../{SCHEMA}\n")
    assert "   create  mine.yml\n" in done("presets", "cnn", "-o", "mine.yml")
    (here / "mine.yml").write_text(YAML)
    refused = run("presets", "cnn", "-o", "mine.yml")
    assert refused.exit_code == 1 and "[KS601]" in refused.stderr
    assert (here / "mine.yml").read_text() == YAML
    done("presets", "cnn", "-o", "mine.yml", "--force")
    assert (here / "mine.yml").read_text() in text


@pytest.mark.parametrize(
    "arguments",
    [
        ("--schema",),
        ("-o", "a.yaml"),
        ("--diff",),
        ("cnn", "-o", "a.json"),
        ("cnn", "--diff"),
        ("cnn", "-o", ""),
    ],
)
def test_wrong_usage_of_presets(arguments: tuple[str, ...], here: Path) -> None:
    """Options that need a name, or a file, are usage errors without."""
    result = run("presets", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: keras-scaffold presets")
    assert [*here.iterdir()] == []
