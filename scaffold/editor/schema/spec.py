"""The schema of a spec, as JSON Schema of draft-07."""

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
    "$schema": "Where this schema is; for editors.",
    "name": "The model's name, `wide_deep` or `WideDeep`; by default the file's stem.",
    "description": "What the model is: its first sentence begins the docstring.",
    "params": "Names and defaults: each is an argument of the generated functions and "
    "of the class. Write `$name` where its value is wanted.",
    "inputs": "A shape without the batch axis, `[28, 28, 1]`, or names and shapes.",
    "imports": "Layers of your own: a name, and `package.module:Class`.",
    "layers": "The entries, each called on the one before it: "
    f"`{examples.KEYED_LAYER}`.",
    "compile": "What `Model.compile` takes: the optimizer, the loss, metrics.",
    "train": "Data, and what `Model.fit` takes; with it, the file trains as a script.",
    "outputs": "What the model gives: an entry's name, a list of them, or a mapping of "
    "keys and names; by default the last entry.",
    "blocks": "Reusable pieces: a name in CamelCase, and the layers it is made of.",
    "override": "Methods of the model that are written out, ready to change.",
}


def spec_schema(catalogue: Catalogue) -> Schema:
    """Return the schema of a spec.

    It says what editors can know without reading all of the file: `check` finds more.

    Args:
        catalogue: What Keras offers.

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
    """Return the schema of what stands under each key of a spec."""
    text: Schema = {"type": "string"}
    return {
        "$schema": {"type": ["string", "number", "boolean", "null", "array", "object"]},
        "name": name_schema(),
        "description": text,
        "params": sections.params_schema(),
        "inputs": sections.inputs_schema(pieces),
        "imports": sections.imports_schema(),
        "layers": sections.layers_schema(),
        "compile": compile_schema(pieces),
        "train": train_schema(pieces),
        "outputs": {**sections.outputs_schema(), **sections.losses_schema()},
        "blocks": sections.blocks_schema(pieces),
        "override": sections.override_schema(),
    }
