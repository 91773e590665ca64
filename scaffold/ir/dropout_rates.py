"""Layers that draw random numbers only if they have a dropout rate."""

from __future__ import annotations

from scaffold.ir.types import Object


def has_rate(layer: Object) -> bool:
    """Return whether a layer has an argument for a dropout rate."""
    return any("dropout" in bound.name for bound in layer.arguments)
