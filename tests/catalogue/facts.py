"""The names in the catalogue's facts, held against a catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from scaffold.catalogue import Catalogue, Registry
from scaffold.catalogue.facts import (
    activations,
    examples,
    functions,
    layers,
    losses,
    shapes,
)
from scaffold.catalogue.families import description_of, families

_MODULES = (activations, examples, functions, layers, losses, shapes)
_CLASS = re.compile(r"\b[A-Z]\w*")
_OWN = {"Block", "Step", "Halt", "True", "False", "None"}
"""Classes of a spec's own in examples, and constants of Python's."""


def unknown_names(catalogue: Catalogue) -> list[str]:
    """Find the facts about what a version of Keras does not have.

    Args:
        catalogue: That version's catalogue.

    Returns:
        The place and the name of each: `layers.CELLS: GRUCell`.
    """
    families: tuple[Registry, ...] = get_args(Registry)
    known = {
        name
        for family in families
        for name in (*catalogue.names(family), *catalogue.aliases(family))
    }
    return [f"{place}: {name}" for place, name in _names() if name not in known]


def undescribed(catalogue: Catalogue) -> list[str]:
    """Find the layers of a version of Keras that `layers` knows no line about.

    Args:
        catalogue: That version's catalogue.
    """
    layers = [catalogue.find("layers", name) for name in catalogue.names("layers")]
    return [layer.name for layer in layers if layer and not description_of(layer).about]


def _names() -> Iterator[tuple[str, str]]:
    """Give the places and names of classes and functions in all facts."""
    for module in _MODULES:
        short = module.__name__.rpartition(".")[2]
        for constant, value in vars(module).items():
            if constant.isupper() and not constant.startswith("_"):
                for string in strings_in(value):
                    for name in _CLASS.findall(string):
                        if name not in _OWN:
                            yield f"{short}.{constant}", name
    for constant in ("OPS", "AXIS_OF_RESULT"):
        for name in getattr(shapes, constant):
            yield f"shapes.{constant}", name
    for family in families():
        for name in family.layers:
            yield f"families.{family.name}", name
    for name in functions.INSTEAD:
        yield "functions.INSTEAD", name


def strings_in(value: Any) -> Iterator[str]:
    """Give all strings in a constant, those of keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for pair in value.items():
            yield from strings_in(pair)
    elif isinstance(value, tuple | frozenset):
        for item in value:
            yield from strings_in(item)
