"""`keras-scaffold diagram`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
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
"""The output format for each file suffix."""


@click.command()
@click.argument("spec", shell_complete=completers.specs)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    shell_complete=completers.files,
    help="Output file: .svg, .mmd (Mermaid) or .dot (Graphviz), or - for standard "
    "output.  [default: -]",
)
@click.option(
    "--format",
    "written_as",
    type=click.Choice(get_args(PictureFormat)),
    help="Output format.  [default: from the suffix of FILE, else mermaid]",
)
@click.option(
    "--direction",
    type=click.Choice(get_args(Direction)),
    default="down",
    show_default=True,
    help="Direction of the data flow.",
)
@click.option(
    "--shapes", is_flag=True, help="Use Keras to infer the shapes that are not known."
)
@writes_files(replaces="an edited file", checks="the file")
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
    """Draw a model with its blocks and known shapes.

    SPEC is a file (YAML, JSON or TOML), the name of a preset, or - for standard input.
    Without --shapes, neither Keras nor TensorFlow is needed.
    """
    check_usage(output, mode)
    kind = written_as or _kind(output)
    text = _drawn(spec, params, kind, direction, output, shapes)
    if output == "-":
        print_source(text)
        return
    path = Path(output)
    if diagnostics := [*overwritten_specs(path, [spec], "the diagram")]:
        fail(diagnostics)
    write_files([Target(path, text)], mode)


def _kind(output: str) -> PictureFormat:
    if output == "-":
        return "mermaid"
    suffix = Path(output).suffix.lower()
    if suffix not in SUFFIXES:
        raise click.UsageError(
            f"the suffix of {output} is not one of {', '.join(SUFFIXES)}; use --format."
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
    """Draw a spec; exit with 1 if it has errors or cannot be drawn."""
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
    more = _inferred_shapes(source.path, checked) if shapes else {}
    try:
        return draw(checked.model, catalogue, kind, direction=direction, more=more)
    except Refused as refused:
        span = Span(output)
        fail([diagnostic._replace(span=span) for diagnostic in refused.diagnostics])


def _inferred_shapes(path: str, checked: Checked) -> Mapping[Origin, str]:
    """Infer shapes with Keras; exit with 1 if some do not match."""
    (inferred,) = infer([(path, checked)])
    if has_errors(inferred.diagnostics):
        fail(inferred.diagnostics, {path: checked.text})
    print_findings(inferred.diagnostics, {path: checked.text})
    return inferred.shapes
