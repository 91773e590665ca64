"""`keras-scaffold diagram`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import click

from scaffold.catalogue import load
from scaffold.cli import completers
from scaffold.cli.console import fail, print_findings
from scaffold.cli.documents import (
    CheckedSpec,
    check_spec,
    format_of,
    write_document,
)
from scaffold.cli.param_types import sets_params
from scaffold.cli.write_files import Mode, check_usage, writes_files
from scaffold.diagnostics import Refused, Span, has_errors
from scaffold.diagram import Direction, PictureFormat, draw
from scaffold.ir.types import Origin
from scaffold.pipeline import infer

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
    kind = written_as or format_of(output, SUFFIXES, "mermaid")
    catalogue = load()
    checked = check_spec(spec, params, catalogue)
    more = _inferred_shapes(checked) if shapes else {}
    try:
        text = draw(checked.model, catalogue, kind, direction=direction, more=more)
    except Refused as refused:
        span = Span(output)
        fail([diagnostic._replace(span=span) for diagnostic in refused.diagnostics])
    write_document(text, output, spec, "the diagram", mode)


def _inferred_shapes(spec: CheckedSpec) -> Mapping[Origin, str]:
    """Infer shapes with Keras; exit with 1 if some do not match."""
    (inferred,) = infer([(spec.path, spec.checked)])
    if has_errors(inferred.diagnostics):
        fail(inferred.diagnostics, spec.texts)
    print_findings(inferred.diagnostics, spec.texts)
    return inferred.shapes
