"""Diagnostics, collected while a stage goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from scaffold.diagnostics.diagnostic import Diagnostic, Refused
from scaffold.diagnostics.span import Span

T = TypeVar("T")


class Collector:
    """Keeps diagnostics, and tries what may be refused."""

    def __init__(self, most: int | None = None) -> None:
        """Begin without diagnostics.

        Args:
            most: How many there may be; by default any number.
        """
        self.diagnostics: list[Diagnostic] = []
        self._most = most

    def keep(self, *diagnostics: Diagnostic) -> None:
        """Keep diagnostics.

        Raises:
            Refused: There are too many of them to go on.
        """
        self.diagnostics.extend(diagnostics)
        if self._most is not None and len(self.diagnostics) > self._most:
            raise Refused(*self.diagnostics[: self._most])

    def fault(self, code: str, message: str, span: Span, help_: str) -> None:
        """Keep one error."""
        self.keep(Diagnostic(code, message, span, help_))

    def attempt(self, make: Callable[[], T], at: Span | None = None) -> T | None:
        """Make something, or return `None` where it is refused.

        Args:
            make: Makes it; the diagnostics that it is refused with are kept.
            at: The place that these get; by default they keep their own.
        """
        try:
            return make()
        except Refused as refused:
            kept = refused.diagnostics
            if at is not None:
                kept = tuple(diagnostic._replace(span=at) for diagnostic in kept)
            self.keep(*kept)
            return None
