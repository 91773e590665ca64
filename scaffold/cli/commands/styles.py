"""`keras-scaffold styles`."""

from __future__ import annotations

import sys

import click

from scaffold.cli import completers
from scaffold.cli.console import fail, print_findings
from scaffold.cli.sources import find_source
from scaffold.diagnostics import Refused, report
from scaffold.pipeline import advise as choose_style
from scaffold.styles import Advice


@click.command()
@click.argument("spec", shell_complete=completers.specs)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Output format.",
)
def styles(spec: str, form: str) -> None:
    """Show which styles can express a spec, and which to choose.

    SPEC is a file (YAML, JSON or TOML), the name of a preset, or - for standard input.
    """
    try:
        source = find_source(spec)
    except Refused as refused:
        fail(refused.diagnostics)
    advice, checked = choose_style(source)
    if advice is None:
        fail(checked.diagnostics, {source.path: checked.text})
    print_findings(checked.diagnostics, {source.path: checked.text})
    click.echo(_json(advice) if form == "json" else _table(advice), nl=False)
    sys.exit(0)


def _table(advice: Advice) -> str:
    """Write a line for each style, and one for each obstacle."""
    lines = []
    for fit in advice.fits:
        lines.append(f"{fit.style:12}{'no' if fit.obstacles else 'yes'}")
        for obstacle in sorted(fit.obstacles, key=lambda obstacle: obstacle.span):
            location = f"{obstacle.span.line}:{obstacle.span.column}"
            lines.append(f"  {location:>8}  {obstacle.code}  {obstacle.message}")
    lines.append(f"choose {advice.style}: {advice.reason}")
    return "\n".join(lines) + "\n"


def _json(advice: Advice) -> str:
    import json

    styles = {
        fit.style: {
            "can": not fit.obstacles,
            "obstacles": json.loads(report(fit.obstacles, "json")),
        }
        for fit in advice.fits
    }
    data = {"styles": styles, "choose": advice.style, "reason": advice.reason}
    return json.dumps(data, indent=2) + "\n"
