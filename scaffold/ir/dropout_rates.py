"""Layers that draw random numbers only if they are given a rate of dropout."""

from __future__ import annotations

from scaffold.ir.types import Object


def has_rate(layer: Object) -> bool:
    """Return whether one of these layers is given a rate of dropout."""
    return any("dropout" in bound.name for bound in layer.arguments)
