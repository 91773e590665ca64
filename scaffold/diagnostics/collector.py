"""Collect diagnostics while a stage runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from scaffold.diagnostics.diagnostic import Diagnostic, Refused
from scaffold.diagnostics.span import Span

T = TypeVar("T")


class Collector:
    """Collects diagnostics, also those of calls that raise `Refused`."""

    def __init__(self, most: int | None = None) -> None:
        """Start without diagnostics.

        Args:
            most: The maximum number of diagnostics; no limit by default.
        """
        self.diagnostics: list[Diagnostic] = []
        self._most = most

    def add(self, *diagnostics: Diagnostic) -> None:
        """Add diagnostics.

        Raises:
            Refused: There are more than the maximum.
        """
        self.diagnostics.extend(diagnostics)
        if self._most is not None and len(self.diagnostics) > self._most:
            raise Refused(*self.diagnostics[: self._most])

    def add_error(self, code: str, message: str, span: Span, help_: str) -> None:
        """Add an error."""
        self.add(Diagnostic(code, message, span, help_))

    def attempt(self, make: Callable[[], T], at: Span | None = None) -> T | None:
        """Call a function; if it raises `Refused`, add its diagnostics.

        Args:
            make: The function.
            at: The span to set in these diagnostics; by default they keep theirs.

        Returns:
            The result of the function, or `None`.
        """
        try:
            return make()
        except Refused as refused:
            diagnostics = refused.diagnostics
            if at is not None:
                diagnostics = tuple(
                    diagnostic._replace(span=at) for diagnostic in diagnostics
                )
            self.add(*diagnostics)
            return None
