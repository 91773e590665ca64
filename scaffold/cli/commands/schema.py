"""`keras-scaffold schema`."""

from __future__ import annotations

from pathlib import Path

import click

from scaffold.catalogue import load
from scaffold.cli import completers
from scaffold.cli.write_files import (
    Mode,
    check_usage,
    print_source,
    write_files,
    writes_files,
)
from scaffold.editor.schema import (
    findings_schema,
    is_generated,
    spec_schema,
    write_schema,
)
from scaffold.output import Action, PlannedStep, Target


@click.command()
@click.argument(
    "what", type=click.Choice(["spec", "findings"]), required=False, default="spec"
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    shell_complete=completers.files,
    help="Output file, or - for standard output.  [default: -]",
)
@writes_files(replaces="a file that is not a schema", checks="the file")
def schema(what: str, output: str, mode: Mode) -> None:
    """Print the JSON Schema of specs, for editors, or of the findings of `check`."""
    check_usage(output, mode)
    document = spec_schema(load()) if what == "spec" else findings_schema()
    text = write_schema(document)
    if output == "-":
        print_source(text)
        return
    write_files([Target(Path(output), text)], mode, settle=_settle)


def _settle(step: PlannedStep) -> Action:
    """Replace a generated schema: it is not edited, so another version wrote it."""
    return "update" if is_generated(step.before or "") else "conflict"
