"""Locations in a source file."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A range in a source file, with lines and columns as in editors.

    Attributes:
        path: The file as the user named it; `-` for standard input.
        line: First line, from 1. 0 for the whole file.
        column: First column, from 1, in characters. 0 for a whole line.
        end_line: Last line, from 1.
        end_column: The column after the last character.
    """

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        """Return `path:line:column`, or `path` for a whole file."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}"
