"""What an editor offers for a new entry, besides the names of all layers."""

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
        "label": "layer called on others",
        "description": "A layer that merges what entries above give.",
        "body": {_MERGE: {}, "from": ["${2:left}", "${3:right}"]},
    },
    {
        "label": "layers in a row",
        "description": "The same layer several times, each with weights of its own.",
        "body": {_LAYER: {"${2:units}": "^${3:8}"}, "repeat": "^${4:3}"},
    },
    {
        "label": "layers in a loop",
        "description": "One layer for each value, in a row.",
        "body": {
            _LAYER: {"${2:units}": '^"\\$${3:size}"'},
            "for": {"${3:size}": ["^${4:64}", "^${5:32}"]},
        },
    },
    {
        "label": "layer by a condition",
        "description": "A layer that is made if a param says so.",
        "body": {_LAYER: {"${2:units}": "^${3:8}"}, "if": '^"\\$${4:wide}"'},
    },
    {
        "label": "the same layer again",
        "description": "The layer of an entry above, with the same weights.",
        "body": {"reuse": "${1:encoder}", "from": "${2:right}"},
    },
]
"""Snippets in the notation of language servers; `^` takes the quotes off a value."""
