"""The snippets that an editor offers for a new entry, besides all layer names."""

from __future__ import annotations

from scaffold.catalogue.facts import examples
from scaffold.editor.schema.definitions import Schema

_LAYER, _MERGE = (f"${{1:{layer}}}" for layer in (examples.DENSE, examples.MERGE))

SNIPPETS: list[Schema] = [
    {
        "label": "layer with a name",
        "description": "A layer that entries below refer to.",
        "body": {_LAYER: {"${2:units}": "^${3:8}"}, "name": "${4:hidden}"},
    },
    {
        "label": "layer called on several",
        "description": "A layer that merges the outputs of entries above.",
        "body": {_MERGE: {}, "from": ["${2:left}", "${3:right}"]},
    },
    {
        "label": "repeated layer",
        "description": "Equal layers in sequence, each with its own weights.",
        "body": {_LAYER: {"${2:units}": "^${3:8}"}, "repeat": "^${4:3}"},
    },
    {
        "label": "layers in a loop",
        "description": "One layer for each value, in sequence.",
        "body": {
            _LAYER: {"${2:units}": '^"\\$${3:size}"'},
            "for": {"${3:size}": ["^${4:64}", "^${5:32}"]},
        },
    },
    {
        "label": "conditional layer",
        "description": "A layer that is created if a condition on params is true.",
        "body": {_LAYER: {"${2:units}": "^${3:8}"}, "if": '^"\\$${4:wide}"'},
    },
    {
        "label": "reused layer",
        "description": "The layer of an entry above again, with the same weights.",
        "body": {"reuse": "${1:encoder}", "from": "${2:right}"},
    },
]
"""Snippets in the notation of language servers; `^` removes the quotes of a value."""
