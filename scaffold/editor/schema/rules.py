"""Which keys of an entry can be combined: one for the layer, and its siblings."""

from __future__ import annotations

from itertools import combinations

from scaffold.catalogue.facts import examples
from scaffold.editor.schema.definitions import Definitions, Schema
from scaffold.ir.extensions import EXTENSIONS
from scaffold.spec.keyed import SIBLINGS

_NO_LAYER = f"An entry names a layer: - {examples.KEYED_LAYER}."
_EXCLUSIVE = ("repeat", "for", "if")


def add_rules(pieces: Definitions) -> Schema:
    """Add the rules of an entry, and return the keywords that refer to them.

    Most entries have a single key, for which only one rule is checked, since each rule
    costs an editor time. Through references, an editor compiles the rules once, and not
    for each entry.
    """
    only = {"anyOf": [{"required": [key]} for key in SIBLINGS]}
    together = {"additionalProperties": True, "allOf": _rules_of_several()}
    return {
        "minProperties": 1,
        "dependencies": {"else": ["if"]},
        "if": {"minProperties": 2, "additionalProperties": True},
        "then": pieces.add("together", together),
        "else": pieces.add("alone", _rejected(_NO_LAYER, only)),
    }


def _rules_of_several() -> list[Schema]:
    # Editors would offer the keys of an `enum` here, without what follows a key.
    only_siblings = {"propertyNames": {"pattern": f"^(?:{'|'.join(SIBLINGS)})$"}}
    rules = [_rejected(_NO_LAYER, only_siblings)]
    for pair in combinations(_EXCLUSIVE, 2):
        text = "Use only one of repeat, for and if: put the inner one into a block."
        rules.append(_rejected(text, {"required": [*pair]}))
    alone = "reuse cannot be combined with repeat, for or if."
    exclusive = {"anyOf": [{"required": [key]} for key in _EXCLUSIVE]}
    rules.append(_rejected(alone, {"required": ["reuse"], **exclusive}))
    for name in EXTENSIONS:
        text = f"{name} cannot be combined with if: put it into a separate entry."
        rules.append(_rejected(text, {"required": [name, "if"]}))
    # The maximum: an entry has only one of `repeat`, `for` and `if`.
    most = len(SIBLINGS) - len(_EXCLUSIVE) + 1
    first, *others = [_one_layer(count) for count in range(most + 1)]
    for_more_keys = {"if": {"minProperties": 3}, "then": {"allOf": others}}
    return [*rules, first, _allow_others(for_more_keys)]


def _one_layer(siblings: int) -> Schema:
    """Reject a second layer in an entry with at most this many siblings."""
    text = "An entry names one layer: start each with its own - ."
    more_siblings = [
        {"required": [*keys]} for keys in combinations(SIBLINGS, siblings + 1)
    ]
    too_many: Schema = {"minProperties": siblings + 2, "not": {"anyOf": more_siblings}}
    return _rejected(text, too_many)


def _rejected(text: str, schema: Schema) -> Schema:
    # Editors replace the message of `not`, but not that of a type. An entry in line
    # notation is a string, to which these rules do not apply.
    rejected = {"type": "string", "errorMessage": text}
    return _allow_others({"if": {"type": "object", **schema}, "then": rejected})


def _allow_others(rule: Schema) -> Schema:
    """Extend a rule about some keys so that it allows all other keys."""
    parts = {
        key: {**value, "additionalProperties": True} if key in ("if", "then") else value
        for key, value in rule.items()
    }
    return {**parts, "additionalProperties": True}
