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
"""Keys of a spec that no layer takes for an argument."""

METHODS = {"compile": "compile", "train": "fit"}
"""The sections of a spec that are arguments of a method of `keras.Model`."""
