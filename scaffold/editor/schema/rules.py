"""Which keys of an entry go together: one names the layer, the others are siblings."""

from __future__ import annotations

from itertools import combinations

from scaffold.catalogue.facts import examples
from scaffold.editor.schema.definitions import Definitions, Schema
from scaffold.ir.extensions import BEYOND
from scaffold.spec.keyed import SIBLINGS

_NO_LAYER = f"An entry names a layer: - {examples.KEYED_LAYER}."
_EXCLUSIVE = ("repeat", "for", "if")


def add_rules(pieces: Definitions) -> Schema:
    """Keep the rules of an entry, and return what refers to them.

    An entry of one key, as most are, is asked one question: more take an editor time.
    Behind references it makes its own of them once, and not for each entry.
    """
    only = {"anyOf": [{"required": [key]} for key in SIBLINGS]}
    together = {"additionalProperties": True, "allOf": _rules_of_several()}
    return {
        "minProperties": 1,
        "dependencies": {"else": ["if"]},
        "if": {"minProperties": 2, "additionalProperties": True},
        "then": pieces.add("together", together),
        "else": pieces.add("alone", _refused(_NO_LAYER, only)),
    }


def _rules_of_several() -> list[Schema]:
    # As an `enum` they would be offered from here, without what follows a key.
    only_siblings = {"propertyNames": {"pattern": f"^(?:{'|'.join(SIBLINGS)})$"}}
    rules = [_refused(_NO_LAYER, only_siblings)]
    for pair in combinations(_EXCLUSIVE, 2):
        text = "An entry has one of repeat, for and if: put the inner one into a block."
        rules.append(_refused(text, {"required": [*pair]}))
    alone = "reuse stands alone: no repeat, for or if goes with it."
    anyone = {"anyOf": [{"required": [key]} for key in _EXCLUSIVE]}
    rules.append(_refused(alone, {"required": ["reuse"], **anyone}))
    for name in BEYOND:
        text = f"{name} cannot be one of two: put it into an entry of its own."
        rules.append(_refused(text, {"required": [name, "if"]}))
    # More are no entry: of `repeat`, `for` and `if` there is only one.
    most = len(SIBLINGS) - len(_EXCLUSIVE) + 1
    few, *many = [_one_layer(count) for count in range(most + 1)]
    more = {"if": {"minProperties": 3}, "then": {"allOf": many}}
    return [*rules, few, _open(more)]


def _one_layer(siblings: int) -> Schema:
    """Refuse more keys than a layer and so many siblings, with no more siblings."""
    text = "An entry names one layer: each begins with its own - ."
    more = [{"required": [*keys]} for keys in combinations(SIBLINGS, siblings + 1)]
    too_many: Schema = {"minProperties": siblings + 2, "not": {"anyOf": more}}
    return _refused(text, too_many)


def _refused(text: str, schema: Schema) -> Schema:
    # An editor may have a text of its own for `not`, but not for a type; and to a
    # line, which is a string, such a rule would not say anything: it would hold.
    refused = {"type": "string", "errorMessage": text}
    return _open({"if": {"type": "object", **schema}, "then": refused})


def _open(rule: Schema) -> Schema:
    """Make a rule about some keys that allows all others as well."""
    parts = {
        key: {**value, "additionalProperties": True} if key in ("if", "then") else value
        for key, value in rule.items()
    }
    return {**parts, "additionalProperties": True}
