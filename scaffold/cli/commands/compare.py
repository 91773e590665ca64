"""`keras-scaffold compare`."""

from __future__ import annotations

from shutil import get_terminal_size
from typing import get_args

import click

from scaffold.catalogue import load
from scaffold.cli import completers
from scaffold.cli.console import fail
from scaffold.cli.documents import check_spec, format_of, write_document
from scaffold.cli.param_types import sets_params
from scaffold.cli.write_files import Mode, check_usage, writes_files
from scaffold.comparison import ComparisonFormat
from scaffold.comparison import compare as compare_styles
from scaffold.diagnostics import Refused

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
    help="Output file: .txt, .md or .html, or - for standard output.  [default: -]",
)
@click.option(
    "--format",
    "written_as",
    type=click.Choice(get_args(ComparisonFormat)),
    help="Output format.  [default: from the suffix of FILE, else text]",
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
    form = written_as or format_of(output, SUFFIXES, "text")
    width = width or max(get_terminal_size().columns, NARROWEST)
    sealed = output != "-" or form != "text"
    catalogue = load()
    checked = check_spec(spec, params, catalogue)
    try:
        text = compare_styles(
            checked.model, catalogue, form, width=width, sealed=sealed
        )
    except Refused as refused:
        fail(refused.diagnostics, checked.texts)
    write_document(text, output, spec, "a comparison", mode)
