"""`keras-scaffold presets`."""

from __future__ import annotations

import click

from scaffold.cli.console import fail
from scaffold.cli.sources import find_preset
from scaffold.diagnostics import Refused
from scaffold.pipeline import check
from scaffold.spec import preset_names


@click.command()
@click.argument("name", required=False)
def presets(name: str | None) -> None:
    """List the presets, or print the spec of one, to start from."""
    if name is not None:
        try:
            source = find_preset(name)
        except Refused as refused:
            fail(refused.found)
        click.echo(source.data.decode(), nl=False)
        return
    width = max(map(len, preset_names()))
    for preset in preset_names():
        model = check(find_preset(preset)).model
        assert model is not None
        click.echo(f"{preset:{width}}  {model.graph.description}")
