"""The types of rules."""

from __future__ import annotations

from collections.abc import Callable

from scaffold.shapes.types import CallShapes, OutputShapes

Rule = Callable[[CallShapes], OutputShapes]
"""Returns the output shapes of a call; may raise `NotConstant` if not known."""

NumberedRule = Callable[[int, CallShapes], OutputShapes]
"""A rule for a family of layers; the number is, for example, that of spatial axes."""
