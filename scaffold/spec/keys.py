"""The keys of a spec."""

from __future__ import annotations

SPEC_KEYS = (
    "$schema",
    "name",
    "description",
    "params",
    "inputs",
    "blocks",
    "imports",
    "layers",
    "outputs",
    "compile",
    "train",
    "override",
)
"""The keys of a spec."""

SECTIONS = ("compile", "train", "layers", "outputs", "blocks", "imports", "override")
"""Keys of a spec that are not an argument of any layer."""

METHODS = {"compile": "compile", "train": "fit"}
"""The method of `keras.Model` that each of these sections has arguments for."""
