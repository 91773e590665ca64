"""Name the schema in spec files, for `new --schema` and `presets --schema`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from scaffold.catalogue import load
from scaffold.cli.console import fail
from scaffold.cli.write_files import Mode, write_files
from scaffold.diagnostics import Refused
from scaffold.editor.schema import spec_schema, write_schema
from scaffold.editor.schema_line import find_schema, reference, with_schema
from scaffold.editor.types import SCHEMA
from scaffold.output import Action, PlannedStep, Target
from scaffold.output.disk import read_existing
from scaffold.spec import preset_names


def schema_of(spec: Path, root: Path | None = None) -> Path:
    """Return the schema for a spec: the nearest one, or one to create in a project.

    Args:
        spec: The spec, which does not have to exist.
        root: The directory of the project; by default, the working directory.
    """
    return find_schema(spec) or (root or Path()) / SCHEMA


def schema_files(schemas: Sequence[Path]) -> list[Target]:
    """Return the schemas that do not exist yet, to be written.

    Args:
        schemas: The paths of schemas.
    """
    missing = [path for path in dict.fromkeys(schemas) if not path.exists()]
    text = write_schema(spec_schema(load())) if missing else ""
    return [Target(path, text) for path in missing]


def check_spec_files(named: Sequence[str]) -> None:
    """Refuse specs that are not files.

    Args:
        named: The specs on the command line.

    Raises:
        click.UsageError: One is a preset, or standard input.
    """
    for name in named or [""]:
        if name in preset_names() and not Path(name).is_file():
            command = f"keras-scaffold presets {name} --schema -o {name}.yaml"
            message = f"--schema requires a spec file: `{command}` writes this preset."
            raise click.UsageError(message)
        if name in ("", "-"):
            raise click.UsageError("--schema requires a spec file.")


def name_schema(named: Sequence[str], root: Path | None, mode: Mode) -> None:
    """Add the line that names the schema to spec files; exit with 1 if it fails.

    Args:
        named: The spec files, which can be read as specs.
        root: The directory of the project, if it has settings.
        mode: The options for writing files.
    """
    before: dict[Path, str] = {}
    targets: list[Target] = []
    schemas: list[Path] = []
    for path in map(Path, named):
        try:
            seen = read_existing(path, None)
        except Refused as refused:
            fail(refused.diagnostics)
        before[path] = "" if seen is None else seen.text
        schemas.append(schema_of(path, root))
        line = reference(path, schemas[-1])
        targets.append(Target(path, with_schema(before[path], path.suffix, line)))

    def settle(step: PlannedStep) -> Action:
        is_same = before.get(step.target.path) == step.before
        return "update" if is_same else "conflict"

    write_files([*schema_files(schemas), *targets], mode, settle=settle)
