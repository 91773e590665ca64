"""`keras-scaffold presets`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from scaffold.cli import completers
from scaffold.cli.console import fail, print_status, quoted
from scaffold.cli.sources import find_preset
from scaffold.cli.write_files import (
    Mode,
    check_usage,
    print_source,
    write_files,
    writes_files,
)
from scaffold.diagnostics import Refused, printable
from scaffold.output import Target
from scaffold.pipeline import advise
from scaffold.spec import preset_names
from scaffold.styles import Advice


@click.command()
@click.argument("name", required=False, shell_complete=completers.presets)
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR/",
    default="-",
    shell_complete=completers.files,
    help="Output file (.yaml) or directory, or - for standard output.  [default: -]",
)
@click.option(
    "--schema",
    "names_schema",
    is_flag=True,
    help="Name the schema in the first line, for editors.",
)
@writes_files(replaces="an existing file", checks="the file")
def presets(name: str | None, output: str, names_schema: bool, mode: Mode) -> None:
    """List presets, or print the spec of one.

    The list shows the description of each preset and the styles that can express it.
    With -o, the spec of NAME is written to a file, as a starting point.
    """
    if name is None:
        if output != "-" or names_schema or any(mode):
            raise click.UsageError("options require the NAME of a preset.")
        _list()
        return
    check_usage(output, mode)
    try:
        source = find_preset(name)
    except Refused as refused:
        fail(refused.diagnostics)
    path = _path(name, output)
    text = source.data.decode()
    schema = None
    if names_schema:
        from scaffold.cli.schema_lines import schema_of
        from scaffold.editor.schema_line import reference, with_schema

        schema = schema_of(path)
        text = with_schema(text, path.suffix, reference(path, schema))
    if output == "-":
        print_source(text)
        if schema is not None and not schema.exists():
            print_status(f"     next  keras-scaffold schema -o {schema}")
        return
    _write(path, text, schema, mode)


def _path(name: str, output: str) -> Path:
    """Return the file to write; for standard output, one in the working directory."""
    if output == "-":
        return Path(f"{name}.yaml")
    if output.endswith(("/", os.sep)) or os.path.isdir(output):
        return Path(output) / f"{name}.yaml"
    path = Path(output)
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise click.UsageError(f"-o {output}: the spec of a preset is YAML (.yaml).")
    return path


def _write(path: Path, text: str, schema: Path | None, mode: Mode) -> None:
    targets = [Target(path, text)]
    if schema is not None:
        from scaffold.cli.schema_lines import schema_files

        targets += schema_files([schema])
    if write_files(targets, mode):
        print_status(f"     next  keras-scaffold new {printable(quoted(path))}")


def _list() -> None:
    """Print the name, the styles and the description of each preset."""
    width = max(map(len, preset_names()))
    for preset in preset_names():
        advice, checked = advise(find_preset(preset))
        assert advice is not None and checked.model is not None
        description = checked.model.graph.description
        click.echo(f"{preset:{width}}  {_styles(advice)}  {description}")


def _styles(advice: Advice) -> str:
    """Return the styles that can express a preset, each in its column."""
    return " ".join(
        " " * len(fit.style) if fit.obstacles else fit.style for fit in advice.fits
    )
