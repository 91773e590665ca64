"""`keras-scaffold diagram`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import click

from scaffold.catalogue import load
from scaffold.cli import completers
from scaffold.cli.console import fail, show
from scaffold.cli.param_types import sets_params
from scaffold.cli.sources import find_source
from scaffold.cli.write_files import (
    Mode,
    check_usage,
    over_specs,
    print_source,
    write_files,
    writes_files,
)
from scaffold.diagnostics import Refused, Span, has_errors
from scaffold.diagram import Direction, PictureFormat, draw
from scaffold.ir.types import Origin
from scaffold.output import Target
from scaffold.pipeline import Checked, check, infer

SUFFIXES: dict[str, PictureFormat] = {
    ".dot": "dot",
    ".gv": "dot",
    ".mermaid": "mermaid",
    ".mmd": "mermaid",
    ".svg": "svg",
}
"""What a file is, by the end of its name."""


@click.command()
@click.argument("spec", shell_complete=completers.specs)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    shell_complete=completers.files,
    help="Where to: .svg, .mmd (Mermaid) or .dot (Graphviz).  [default: - for stdout]",
)
@click.option(
    "--format",
    "written_as",
    type=click.Choice(get_args(PictureFormat)),
    help="What it is written as.  [default: by FILE's suffix, else mermaid]",
)
@click.option(
    "--direction",
    type=click.Choice(get_args(Direction)),
    default="down",
    show_default=True,
    help="Where data flows.",
)
@click.option(
    "--shapes", is_flag=True, help="Ask Keras for the shapes that are not known."
)
@writes_files(replaces="a file that was edited", checks="the file")
@sets_params
def diagram(
    spec: str,
    output: str,
    written_as: PictureFormat | None,
    direction: Direction,
    shapes: bool,
    params: tuple[tuple[str, str], ...],
    mode: Mode,
) -> None:
    """Draw a model, its blocks, and the shapes that are known.

    SPEC is a file (YAML, JSON or TOML), a preset's name, or - for standard input.
    Nothing is run: neither Keras nor TensorFlow is needed.
    """
    check_usage(output, mode)
    kind = written_as or _kind(output)
    text = _drawn(spec, params, kind, direction, output, shapes)
    if output == "-":
        print_source(text)
        return
    path = Path(output)
    if diagnostics := [*over_specs(path, [spec], "a picture")]:
        fail(diagnostics)
    write_files([Target(path, text)], mode)


def _kind(output: str) -> PictureFormat:
    if output == "-":
        return "mermaid"
    suffix = Path(output).suffix.lower()
    if suffix not in SUFFIXES:
        raise click.UsageError(
            f"{output} ends in none of {', '.join(SUFFIXES)}; say --format."
        )
    return SUFFIXES[suffix]


def _drawn(
    named: str,
    params: tuple[tuple[str, str], ...],
    kind: PictureFormat,
    direction: Direction,
    output: str,
    shapes: bool,
) -> str:
    """Draw a spec; leaves with 1 where that cannot be."""
    try:
        source = find_source(named)._replace(params=params)
    except Refused as refused:
        fail(refused.diagnostics)
    catalogue = load()
    checked = check(source, catalogue)
    texts = {source.path: checked.text}
    if checked.model is None or has_errors(checked.diagnostics):
        fail(checked.diagnostics, texts)
    show(checked.diagnostics, texts)
    more = _asked(source.path, checked) if shapes else {}
    try:
        return draw(checked.model, catalogue, kind, direction=direction, more=more)
    except Refused as refused:
        span = Span(output)
        fail([diagnostic._replace(span=span) for diagnostic in refused.diagnostics])


def _asked(path: str, checked: Checked) -> Mapping[Origin, str]:
    """Ask Keras for shapes, and exit with 1 if some do not fit."""
    (inferred,) = infer([(path, checked)])
    if has_errors(inferred.diagnostics):
        fail(inferred.diagnostics, {path: checked.text})
    show(inferred.diagnostics, {path: checked.text})
    return inferred.shapes
