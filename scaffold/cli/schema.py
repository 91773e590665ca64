"""`keras-scaffold schema`."""

from __future__ import annotations

from pathlib import Path

import click

from scaffold.catalogue import load
from scaffold.cli import completing
from scaffold.cli.writing import check_usage, print_source, write_files
from scaffold.editor.schema import findings_schema, is_ours, spec_schema, write_schema
from scaffold.output import Action, Step, Target


@click.command()
@click.argument(
    "what", type=click.Choice(["spec", "findings"]), required=False, default="spec"
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    shell_complete=completing.files,
    help="Where to.  [default: standard output]",
)
@click.option("--pretend", is_flag=True, help="Say what would be done, and do nothing.")
@click.option(
    "--diff", "as_diff", is_flag=True, help="Show what would change, and do nothing."
)
@click.option(
    "--check", "only_check", is_flag=True, help="Exit 1 if the file is not up to date."
)
@click.option("--force", is_flag=True, help="Replace a file that is not a schema.")
def schema(
    what: str,
    output: str,
    pretend: bool,
    as_diff: bool,
    only_check: bool,
    force: bool,
) -> None:
    """Print the JSON Schema of a spec, for editors, or of the findings of `check`."""
    check_usage(output, pretend, as_diff, only_check, force)
    found = spec_schema(load()) if what == "spec" else findings_schema()
    text = write_schema(found)
    if output == "-":
        print_source(text)
        return
    write_files(
        [Target(Path(output), text)],
        pretend=pretend,
        as_diff=as_diff,
        only_check=only_check,
        force=force,
        settle=_settle,
    )


def _settle(step: Step) -> Action:
    """Replaces a schema of ours: nobody edits one, and another version made it."""
    return "update" if is_ours(step.before or "") else "conflict"
