"""The rules, one per file: the page of its code, and its check.

Every module of this package is a rule. Rules run in the order of their codes, and none
depends on another.
"""

from __future__ import annotations

from scaffold.checks.rule import declared
from scaffold.modules import modules_in

MODULES = tuple(modules_in(__name__))
"""The module of every rule."""

RULES, BY_SHAPE = declared()
"""The rules that check one graph after the other, and those that check shapes."""

__all__ = ["BY_SHAPE", "MODULES", "RULES"]
