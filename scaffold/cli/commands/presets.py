"""`keras-scaffold presets`."""

from __future__ import annotations

import click

from scaffold.cli import completers
from scaffold.cli.console import fail
from scaffold.cli.sources import find_preset
from scaffold.cli.write_files import print_source
from scaffold.diagnostics import Refused
from scaffold.pipeline import advise
from scaffold.spec import preset_names
from scaffold.styles import Advice


@click.command()
@click.argument("name", required=False, shell_complete=completers.presets)
def presets(name: str | None) -> None:
    """List presets, or print the spec of one.

    The list shows the description of each preset and the styles that can express it.
    """
    if name is not None:
        try:
            source = find_preset(name)
        except Refused as refused:
            fail(refused.diagnostics)
        print_source(source.data.decode())
        return
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
