"""The names that an editor offers for a Keras object: those of its family."""

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
    """Return all names of a family, including aliases, with their callables."""
    for name in sorted((*catalogue.names(registry), *catalogue.aliases(registry))):
        target = catalogue.find(registry, name)
        if target is not None:
            yield name, target


def piece_of(target: KerasCallable) -> str:
    """Return the name of the definition with the arguments of a callable."""
    family = "" if target.registry == "layers" else f"{target.registry}."
    return f"{family}{target.name}"


def named(pieces: Definitions, registry: Registry) -> dict[str, Schema]:
    """Return the schema of the arguments of each object of a family, by its names.

    A key in lower case is not a call, although Keras has such names: `l2`.
    """
    return {
        name: reference(piece_of(target)) if is_usable(target) else unusable(target)
        for name, target in callables(pieces.catalogue, registry)
        if registry == "ops" or re.fullmatch(CAMEL_CASE, name)
    }


def one_of(pieces: Definitions, registry: Registry) -> Schema:
    """Return the schema of a mapping whose single key is an object of a family.

    The number of keys is separate from the keys: the key being typed counts, too, and
    would exclude its own completions.
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
    """Return a schema that rejects a name with a reason."""
    why = "takes Python code, which a spec cannot contain"
    if target.abstract:
        why = "is a base class, which cannot be used directly"
    return refusal(f"{target.name} {why}.")


def refusal(text: str) -> Schema:
    """Return a schema that rejects a name with a text; editors do not offer it."""
    impossible = [
        {"type": json_type, "errorMessage": text} for json_type in ("object", "null")
    ]
    return {**of_key(text), "doNotSuggest": True, "allOf": impossible}
