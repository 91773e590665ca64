"""`keras-scaffold layers`."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import click

from scaffold.catalogue import Catalogue, KerasCallable, load, suggest
from scaffold.catalogue.families import Family, by_family, families, families_named
from scaffold.cli import completers
from scaffold.cli.console import fail, print_status
from scaffold.cli.layer_pages import family_lines, page
from scaffold.diagnostics import Diagnostic, Span, did_you_mean


@click.command()
@click.argument("name", required=False, shell_complete=completers.layers)
def layers(name: str | None) -> None:
    """List Keras layers by family, or describe one.

    NAME is a layer, such as Conv2D, or a family, such as pooling. For a layer, show
    what it does, its arguments, its inputs, and an example in both notations.
    """
    catalogue = load()
    if name is None:
        _list(by_family(catalogue))
        count, aliases = len(catalogue.names("layers")), catalogue.aliases("layers")
        print_status(
            f"{count} layers and {len(aliases)} aliases in Keras {catalogue.version}"
        )
        return
    layer = catalogue.find("layers", name)
    if layer is not None:
        for line in page(layer, catalogue):
            click.echo(line)
        return
    named = families_named(name)
    if not named:
        fail([_unknown(name, catalogue)])
    _list(group for group in by_family(catalogue) if group[0] in named)


def _list(groups: Iterable[tuple[Family, list[KerasCallable]]]) -> None:
    for number, (family, members) in enumerate(groups):
        if number:
            click.echo()
        for line in family_lines(family, members):
            click.echo(line)


def _unknown(name: str, catalogue: Catalogue) -> Diagnostic:
    names = (*catalogue.names("layers"), *catalogue.aliases("layers"))
    words = chain.from_iterable((family.name, *family.words) for family in families())
    # A name in lower case can be either; in CamelCase, it is meant as a layer.
    known = (*names, *words) if name.islower() else names
    near = did_you_mean(suggest(name, known))
    help_ = near or "`keras-scaffold layers` lists all layers and families"
    message = f"Keras {catalogue.version} has no layer `{name}`"
    return Diagnostic("KS201", message, Span(name), help_)
