"""What an editor offers where a Keras object stands: the names of its family."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scaffold.catalogue import Catalogue, KerasCallable, Registry
from scaffold.checks.scope import is_usable
from scaffold.editor.schema.definitions import Definitions, Schema, reference
from scaffold.editor.schema.patterns import CAMEL_CASE
from scaffold.editor.schema.texts import of_key


def callables(
    catalogue: Catalogue, registry: Registry
) -> Iterator[tuple[str, KerasCallable]]:
    """Return all names of a family, aliases included, with what they mean."""
    for name in sorted((*catalogue.names(registry), *catalogue.aliases(registry))):
        target = catalogue.find(registry, name)
        if target is not None:
            yield name, target


def piece_of(target: KerasCallable) -> str:
    """Return the name of the piece that has a callable's arguments."""
    family = "" if target.registry == "layers" else f"{target.registry}."
    return f"{family}{target.name}"


def named(pieces: Definitions, registry: Registry) -> dict[str, Schema]:
    """Return the schema of the arguments of each object of a family, by its names.

    A key in small letters is no call, though Keras has such names: `l2`.
    """
    return {
        name: reference(piece_of(target)) if is_usable(target) else unusable(target)
        for name, target in callables(pieces.catalogue, registry)
        if registry == "ops" or re.fullmatch(CAMEL_CASE, name)
    }


def one_of(pieces: Definitions, registry: Registry) -> Schema:
    """Return what a mapping has whose one key is an object of a family.

    How many keys it has is said apart from them: what is being typed counts as a key,
    and would rule out what is there to complete it.
    """
    schema: Schema = {
        "properties": named(pieces, registry),
        "additionalProperties": False,
        "allOf": [{"minProperties": 1, "maxProperties": 1}],
    }
    if registry == "layers":
        schema["patternProperties"] = {CAMEL_CASE: reference("own")}
    return schema


def unusable(target: KerasCallable) -> Schema:
    """Return the schema that refuses a name, and says why."""
    why = "takes Python code, which a spec cannot hold"
    if target.abstract:
        why = "is a base class: by itself it does nothing"
    return refusal(f"{target.name} {why}.")


def refusal(text: str) -> Schema:
    """Return the schema that refuses a name, with a text; editors do not offer it."""
    nothing = [
        {"type": json_type, "errorMessage": text} for json_type in ("object", "null")
    ]
    return {**of_key(text), "doNotSuggest": True, "allOf": nothing}
