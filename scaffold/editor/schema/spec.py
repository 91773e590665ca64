"""The schema of a spec, in JSON Schema draft-07."""

from __future__ import annotations

from scaffold.catalogue import Catalogue
from scaffold.catalogue.facts import examples
from scaffold.editor.schema import sections
from scaffold.editor.schema.definitions import Definitions, Schema
from scaffold.editor.schema.entries import add_entry
from scaffold.editor.schema.families import add_families
from scaffold.editor.schema.metadata import head
from scaffold.editor.schema.patterns import name_schema
from scaffold.editor.schema.texts import of_key
from scaffold.editor.schema.training import compile_schema, train_schema
from scaffold.spec.keys import SPEC_KEYS
from scaffold.spec.reader import NEEDED

_TEXTS = {
    "$schema": "The location of this schema, for editors.",
    "name": "The name of the model, `wide_deep` or `WideDeep`; by default the file "
    "name without its suffix.",
    "description": "Describes the model; its first sentence starts the docstring.",
    "params": "Names and defaults, or `{default, description}`; each param is an "
    "argument of the generated functions and of the class. Refer to its value as "
    "`$name`.",
    "inputs": "A shape without the batch axis, `[28, 28, 1]`, or names and shapes.",
    "imports": "Your own layers: a name, and `package.module:Class`.",
    "layers": "The entries, each called on the one before it: "
    f"`{examples.KEYED_LAYER}`.",
    "compile": "The arguments of `Model.compile`: the optimizer, the loss, metrics.",
    "train": "Data, and the arguments of `Model.fit`; with it, the file trains the "
    "model when run as a script.",
    "outputs": "The outputs of the model: the name of an entry, a list of names, or a "
    "mapping of keys to names; by default the last entry.",
    "blocks": "Reusable blocks: a name in CamelCase, and the layers of the block.",
    "override": "Methods of the model that are written out, so that you can edit them.",
}


def spec_schema(catalogue: Catalogue) -> Schema:
    """Return the schema of a spec.

    It describes each value separately; `check` also compares values with each other.

    Args:
        catalogue: The catalogue of Keras.

    Returns:
        Plain data for a JSON file, in the same order each time.
    """
    pieces = Definitions(catalogue)
    add_families(pieces)
    add_entry(pieces)
    pieces.add("plain", sections.default_schema())
    schemas = _sections(pieces)
    return {
        **head(f", for Keras {catalogue.version}"),
        "type": "object",
        "properties": {
            key: {**of_key(_TEXTS[key]), **schemas[key]} for key in SPEC_KEYS
        },
        "required": list(NEEDED),
        "additionalProperties": False,
        "dependencies": {"train": ["compile"]},
        "definitions": pieces.schemas,
    }


def _sections(pieces: Definitions) -> dict[str, Schema]:
    """Return the schema of the value of each key of a spec."""
    text: Schema = {"type": "string"}
    return {
        "$schema": {"type": ["string", "number", "boolean", "null", "array", "object"]},
        "name": name_schema(),
        "description": text,
        "params": sections.params_schema(pieces),
        "inputs": sections.inputs_schema(pieces),
        "imports": sections.imports_schema(),
        "layers": sections.layers_schema(),
        "compile": compile_schema(pieces),
        "train": train_schema(pieces),
        "outputs": {**sections.outputs_schema(), **sections.losses_schema()},
        "blocks": sections.blocks_schema(pieces),
        "override": sections.override_schema(),
    }
