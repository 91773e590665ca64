"""Format generated code with Black."""

from __future__ import annotations


def format_source(text: str) -> str:
    """Format Python source at 88 columns."""
    # Importing Black takes 50 ms, so only commands that write code import it.
    from black import Mode, format_str
    from black.mode import TargetVersion

    mode = Mode(line_length=88, target_versions={TargetVersion.PY310})
    return format_str(text, mode=mode)


def formatter() -> str:
    """Return the name of the formatter with its version, such as `Black 26.1.0`."""
    from importlib.metadata import version

    return f"Black {version('black')}"
