"""Findings, kept while the building goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from scaffold.diagnostics import Diagnostic, Refused

T = TypeVar("T")


class Attempts:
    """Tries to make things, and keeps what stood in the way."""

    def __init__(self) -> None:
        """Begins without findings."""
        self.found: list[Diagnostic] = []

    def make(self, make: Callable[[], T]) -> T | None:
        """Makes a thing, or `None` where it is refused."""
        try:
            return make()
        except Refused as refused:
            self.found.extend(refused.found)
            return None
