"""`keras-scaffold compare`."""

from __future__ import annotations

from pathlib import Path
from shutil import get_terminal_size
from typing import get_args

import click

from scaffold.catalogue import load
from scaffold.cli import completers
from scaffold.cli.console import fail, print_findings
from scaffold.cli.param_types import sets_params
from scaffold.cli.sources import find_source
from scaffold.cli.write_files import (
    Mode,
    check_usage,
    overwritten_specs,
    print_source,
    write_files,
    writes_files,
)
from scaffold.comparison import ComparisonFormat
from scaffold.comparison import compare as compare_styles
from scaffold.diagnostics import Refused, has_errors
from scaffold.output import Target
from scaffold.pipeline import check

SUFFIXES: dict[str, ComparisonFormat] = {
    ".htm": "html",
    ".html": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
}
"""The format of a file, by its suffix."""

NARROWEST = 40
"""The fewest columns of a line of text."""


@click.command()
@click.argument("spec", shell_complete=completers.specs)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    shell_complete=completers.files,
    help="Write to FILE: .txt, .md or .html.  [default: - for standard output]",
)
@click.option(
    "--format",
    "written_as",
    type=click.Choice(get_args(ComparisonFormat)),
    help="Output format.  [default: by the suffix of FILE, otherwise text]",
)
@click.option(
    "--width",
    type=click.IntRange(min=NARROWEST),
    metavar="COLUMNS",
    help="Width of text.  [default: the terminal's width]",
)
@writes_files(replaces="an edited file", checks="the file")
@sets_params
def compare(
    spec: str,
    output: str,
    written_as: ComparisonFormat | None,
    width: int | None,
    params: tuple[tuple[str, str], ...],
    mode: Mode,
) -> None:
    """Show what differs between the styles of a spec, and why.

    SPEC is a file (YAML, JSON or TOML), the name of a preset, or - for standard input.
    The code is shown side by side as far as the width permits. Code that is the same
    in every style is not shown.
    """
    check_usage(output, mode)
    form = written_as or _format(output)
    width = width or max(get_terminal_size().columns, NARROWEST)
    sealed = output != "-" or form != "text"
    text = _compared(spec, params, form, width, sealed=sealed)
    if output == "-":
        print_source(text)
        return
    path = Path(output)
    if diagnostics := [*overwritten_specs(path, [spec], "a comparison")]:
        fail(diagnostics)
    write_files([Target(path, text)], mode)


def _format(output: str) -> ComparisonFormat:
    if output == "-":
        return "text"
    suffix = Path(output).suffix.lower()
    if suffix not in SUFFIXES:
        raise click.UsageError(
            f"{output} ends in none of {', '.join(SUFFIXES)}: set --format."
        )
    return SUFFIXES[suffix]


def _compared(
    named: str,
    params: tuple[tuple[str, str], ...],
    form: ComparisonFormat,
    width: int,
    *,
    sealed: bool,
) -> str:
    """Compare the styles of a spec; exit with 1 after an error."""
    try:
        source = find_source(named)._replace(params=params)
    except Refused as refused:
        fail(refused.diagnostics)
    catalogue = load()
    checked = check(source, catalogue)
    texts = {source.path: checked.text}
    if checked.model is None or has_errors(checked.diagnostics):
        fail(checked.diagnostics, texts)
    print_findings(checked.diagnostics, texts)
    try:
        return compare_styles(
            checked.model, catalogue, form, width=width, sealed=sealed
        )
    except Refused as refused:
        fail(refused.diagnostics, texts)
