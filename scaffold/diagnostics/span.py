"""Places in a file that a user wrote."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a source file, counted as editors count.

    Attributes:
        path: The file as the user named it; `-` for standard input.
        line: First line, from 1. 0 where the whole file is meant.
        column: First column, from 1, in characters. 0 where a whole line is meant.
        end_line: Last line, from 1.
        end_column: The column after the last character.
    """

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        """Return `path:line:column`, as far as it is known."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}"
