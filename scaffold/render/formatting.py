"""Format generated code with Black."""

from __future__ import annotations

WIDTH = 88
"""The columns of a line of generated code."""


def format_source(text: str, width: int = WIDTH) -> str:
    """Format Python source at 88 columns, or another width."""
    # Importing Black takes 50 ms, so only commands that write code import it.
    from black import Mode, format_str
    from black.mode import TargetVersion

    mode = Mode(line_length=width, target_versions={TargetVersion.PY310})
    return format_str(text, mode=mode)


def formatter() -> str:
    """Return the name of the formatter with its version, such as `Black 26.1.0`."""
    from importlib.metadata import version

    return f"Black {version('black')}"
