"""The families of Keras objects: their strings, and the calls of each."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import Catalogue, KerasCallable, Registry
from scaffold.checks.matching import DTYPES, string_registries
from scaffold.checks.scope import is_usable
from scaffold.editor.schema.calls import call_schema, own_schema
from scaffold.editor.schema.definitions import Definitions, Schema, reference
from scaffold.editor.schema.patterns import CAMEL_CASE
from scaffold.editor.schema.texts import of_string
from scaffold.ir.values import REGISTRIES

FAMILIES: tuple[Registry, ...] = tuple(
    dict.fromkeys(
        one for found in REGISTRIES.values() for one in found if one != "activations"
    )
)
"""The families whose objects a spec calls."""


def add_families(pieces: Definitions, catalogue: Catalogue) -> None:
    """Keeps the pieces that arguments refer to.

    For each family: what a call of one of its objects is, and the strings that Keras
    takes for them (or the names of the classes that it takes no strings for).
    """
    pieces.add("own", own_schema())
    for registry in FAMILIES:
        pieces.add(registry, _one_of(pieces, catalogue, registry))
    for registry in {
        one: None for kind in REGISTRIES for one in string_registries(kind)
    }:
        pieces.add(f"{registry}.strings", _strings(catalogue, registry))
    for registry in ("schedules", "callbacks"):
        pieces.add(f"{registry}.names", {"enum": _bare(catalogue, registry)})
    # A list of all layers would be of no help where an activation stands.
    names = "|".join(_bare(catalogue, "layers"))
    pieces.add("layers.names", {"type": "string", "pattern": f"^(?:{names})$"})
    pieces.add("dtypes", {"enum": list(DTYPES)})


def callables(
    catalogue: Catalogue, registry: Registry
) -> Iterator[tuple[str, KerasCallable]]:
    """Gives all names of a family, aliases included, with what they mean."""
    for name in sorted((*catalogue.names(registry), *catalogue.aliases(registry))):
        target = catalogue.find(registry, name)
        if target is not None:
            yield name, target


def named(
    pieces: Definitions, catalogue: Catalogue, registry: Registry
) -> dict[str, Schema]:
    """Gives the schema of the arguments of each object of a family, by its names."""
    return {
        name: call_schema(pieces, target) if is_usable(target) else unusable(target)
        for name, target in callables(catalogue, registry)
    }


def unusable(target: KerasCallable) -> Schema:
    """Gives the schema that refuses a name, and says why."""
    why = "takes Python code, which a spec cannot hold"
    if target.abstract:
        why = "is a base class: by itself it does nothing"
    return refusal(f"{target.name} {why}.")


def refusal(text: str) -> Schema:
    """Gives the schema that refuses a name, with a text; editors do not offer it."""
    return {"description": text, "errorMessage": text, "doNotSuggest": True, "not": {}}


def _one_of(pieces: Definitions, catalogue: Catalogue, registry: Registry) -> Schema:
    """Gives the schema of a mapping whose one key is an object of a family."""
    found: Schema = {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "properties": named(pieces, catalogue, registry),
        "additionalProperties": False,
    }
    if registry == "layers":
        found["patternProperties"] = {CAMEL_CASE: reference("own")}
    return found


def _strings(catalogue: Catalogue, registry: Registry) -> Schema:
    """Gives the strings that Keras takes for the objects of a family."""
    strings = list(catalogue.strings(registry))
    found = [catalogue.find_string(registry, one) for one in strings]
    texts = [
        of_string(target, string)
        for target, string in zip(found, strings, strict=True)
        if target is not None
    ]
    return {"enum": strings, "enumDescriptions": texts}


def _bare(catalogue: Catalogue, registry: Registry) -> list[str]:
    """Gives the classes whose bare name is a call: they need no arguments."""
    return [
        name
        for name, target in callables(catalogue, registry)
        if is_usable(target) and not any(one.required for one in target.arguments)
    ]
