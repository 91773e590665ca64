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
"""The families whose objects a spec calls."""


def add_families(pieces: Definitions) -> None:
    """Keep the pieces that arguments refer to.

    For each family: what a call of one of its objects is, and the strings that Keras
    takes for them (or the names of the classes that it takes no strings for).
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
        "callbacks.names", {"type": "string", "enum": _bare(catalogue, "callbacks")}
    )
    # A list of all layers would be of no help where an activation stands.
    names = "|".join(_bare(catalogue, "layers"))
    pieces.add("layers.names", {"pattern": f"^(?:{names})$"})
    pieces.add("dtypes", {"type": "string", "enum": list(DTYPES)})


def _strings(catalogue: Catalogue, registry: Registry) -> Schema:
    """Return the strings that Keras takes for the objects of a family."""
    strings = list(catalogue.strings(registry))
    targets = [catalogue.find_string(registry, string) for string in strings]
    texts = [of_string(target) for target in targets if target is not None]
    plain = [text.split(".[")[0] for text in texts]
    return {
        "type": "string",
        "enum": strings,
        "enumDescriptions": plain,
        "markdownEnumDescriptions": texts,
    }


def _bare(catalogue: Catalogue, registry: Registry) -> list[str]:
    """Return the classes whose bare name is a call: they need no arguments."""
    return [
        name
        for name, target in callables(catalogue, registry)
        if is_usable(target)
        and not any(argument.required for argument in target.arguments)
    ]
