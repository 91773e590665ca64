"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable

from scaffold.shapes.types import CallShapes, Gave

Rule = Callable[[CallShapes], Gave]
"""Gives what a call gives. It may raise `Unknown`, where its rule does not reach."""

NumberedRule = Callable[[int, CallShapes], Gave]
"""The same for a family of layers, told apart by a number: how many axes of places."""
