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
