"""The rules, one a file: what it reports, the page of its code, and its check.

A rule is found by its file being here. Rules run in the order of their codes, and none
depends on another.
"""

from __future__ import annotations

from scaffold.checks.rule import declared
from scaffold.modules import modules_in

MODULES = tuple(modules_in(__name__))
"""The module of every rule."""

RULES, BY_SHAPE = declared()
"""What looks at one graph after the other, and what looks at shapes afterwards."""

__all__ = ["BY_SHAPE", "MODULES", "RULES"]
