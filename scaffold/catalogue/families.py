"""The families of layers, with one line and an example for each layer."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from scaffold.catalogue.catalogue import BUNDLED, Catalogue
from scaffold.catalogue.types import KerasCallable

SITE = "https://keras.io/api/layers/"


class Description(NamedTuple):
    """What a learner wants to know about a layer first.

    Attributes:
        about: What it does, in one line; `""` for a layer without a description.
        example: An entry in line notation, as a person would write it; `""` for a
            layer that a spec cannot contain.
        instead: What to write instead of such a layer.
    """

    about: str = ""
    example: str = ""
    instead: str = ""


class Family(NamedTuple):
    """A family of layers.

    Attributes:
        name: Its name, `pooling`.
        words: Other names, some of which several families share: `preprocessing`.
        pages: The folders of its layers on keras.io, below `SITE`.
        about: One line about it.
        layers: The layers with a description, in the order for learners.
    """

    name: str
    words: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    about: str = ""
    layers: Mapping[str, Description] = {}


OTHER = Family("other", about="Layers of other families.")
"""The family of layers that have no description and are in no known folder."""


@cache
def families() -> tuple[Family, ...]:
    """Read the families, in the order for learners."""
    data = tomllib.loads((BUNDLED / "families.toml").read_text(encoding="utf-8"))
    return tuple(
        Family(
            name,
            tuple(family["words"]),
            tuple(family["pages"]),
            family["about"],
            {layer: Description(*line) for layer, line in family["layers"].items()},
        )
        for name, family in data.items()
    )


def families_named(word: str) -> tuple[Family, ...]:
    """Return the families that a word names; several for `preprocessing`.

    Args:
        word: The name of a family in any case, or one of its other names.
    """
    plain = word.lower().replace("_", "-").replace(" ", "-")
    plain = plain.removesuffix("-layers")
    named = tuple(
        family for family in families() if plain in (family.name, *family.words)
    )
    return named or ((OTHER,) if plain == OTHER.name else ())


def family_of(layer: KerasCallable) -> Family:
    """Return the family of a layer: of its description, or else of its page.

    Args:
        layer: The layer. It can be of another version of Keras, and unknown here.
    """
    for family in families():
        if layer.name in family.layers:
            return family
    folder = layer.url.removeprefix(SITE)
    for family in families():
        if any(folder.startswith(f"{page}/") for page in family.pages):
            return family
    return OTHER


def description_of(layer: KerasCallable) -> Description:
    """Return the description of a layer, an empty one if there is none.

    Args:
        layer: The layer.
    """
    return family_of(layer).layers.get(layer.name, Description())


def by_family(catalogue: Catalogue) -> list[tuple[Family, list[KerasCallable]]]:
    """Return the layers of a catalogue by family.

    Layers with a description come first, in their order; then new layers, by name.

    Args:
        catalogue: The catalogue.

    Raises:
        CatalogueError: The file of the layers is missing or broken.
    """
    groups: dict[str, list[KerasCallable]] = {}
    for name in catalogue.names("layers"):
        layer = catalogue.find("layers", name)
        assert layer is not None
        groups.setdefault(family_of(layer).name, []).append(layer)
    result = []
    for family in (*families(), OTHER):
        if members := groups.get(family.name):
            order = {name: number for number, name in enumerate(family.layers)}
            last = len(order)
            members.sort(key=lambda layer: (order.get(layer.name, last), layer.name))
            result.append((family, members))
    return result
