"""The families of Keras objects: their strings, and the calls of each."""

from __future__ import annotations

from scaffold.catalogue import Catalogue, Registry
from scaffold.catalogue.facts.dtypes import DTYPES
from scaffold.checks.argument_match import string_registries
from scaffold.checks.scope import is_usable
from scaffold.editor.schema.calls import call_schema, own_schema
from scaffold.editor.schema.completions import callables, one_of
from scaffold.editor.schema.definitions import Definitions, Schema
from scaffold.editor.schema.texts import of_string
from scaffold.ir.values import REGISTRIES

FAMILIES: tuple[Registry, ...] = tuple(
    dict.fromkeys(
        family
        for families in REGISTRIES.values()
        for family in families
        if family != "activations"
    )
)
"""The families whose objects a spec can call."""


def add_families(pieces: Definitions) -> None:
    """Add the definitions that arguments refer to.

    For each family: the calls of its objects, and the strings that Keras accepts for
    them (or the class names, for a family without strings).
    """
    catalogue = pieces.catalogue
    pieces.add("own", own_schema())
    for registry in (*FAMILIES, "ops"):
        for _, target in callables(catalogue, registry):
            if is_usable(target):
                call_schema(pieces, target)
    for registry in FAMILIES:
        pieces.add(registry, {"type": "object", **one_of(pieces, registry)})
    for registry in {
        family: None for kind in REGISTRIES for family in string_registries(kind)
    }:
        pieces.add(f"{registry}.strings", _strings(catalogue, registry))
    pieces.add(
        "callbacks.names",
        {"type": "string", "enum": _without_arguments(catalogue, "callbacks")},
    )
    # A pattern, since a list of all layers would not help to complete an activation.
    names = "|".join(_without_arguments(catalogue, "layers"))
    pieces.add("layers.names", {"pattern": f"^(?:{names})$"})
    pieces.add("dtypes", {"type": "string", "enum": list(DTYPES)})


def _strings(catalogue: Catalogue, registry: Registry) -> Schema:
    """Return the strings that Keras accepts for the objects of a family."""
    strings = list(catalogue.strings(registry))
    targets = [catalogue.find_string(registry, string) for string in strings]
    texts = [of_string(target) for target in targets if target is not None]
    plain_texts = [text.split(".[")[0] for text in texts]
    return {
        "type": "string",
        "enum": strings,
        "enumDescriptions": plain_texts,
        "markdownEnumDescriptions": texts,
    }


def _without_arguments(catalogue: Catalogue, registry: Registry) -> list[str]:
    """Return the classes without required arguments: their name alone is a call."""
    return [
        name
        for name, target in callables(catalogue, registry)
        if is_usable(target)
        and not any(argument.required for argument in target.arguments)
    ]
