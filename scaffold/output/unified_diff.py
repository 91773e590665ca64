"""Show the changes of a step as a unified diff."""

from __future__ import annotations

from scaffold.output.digest import with_plain_line_ends
from scaffold.output.errors import file_span
from scaffold.output.types import PlannedStep

_NO_END = "\n\\ No newline at end of file\n"


def diff(step: PlannedStep) -> str:
    r"""Return the changes of a step as a unified diff that `patch -p0` can apply.

    Args:
        step: The step. If all line ends of the file on disk are `\r\n`, they are
            compared as `\n`.

    Returns:
        The diff from the file on disk to the target, empty if they are the same.
    """
    from difflib import unified_diff  # only --diff needs it

    if step.action == "identical":
        return ""
    path = file_span(step.target.path).path
    name = "".join(
        character if character.isprintable() else ascii(character)[1:-1]
        for character in path
    )
    if step.target.data is not None:
        return f"Binary file {name} differs\n"
    lines = unified_diff(
        _lines(step.before or ""),
        _lines(step.target.text),
        fromfile="/dev/null" if step.before is None else name,
        tofile=name,
    )
    return "".join(line if line.endswith("\n") else line + _NO_END for line in lines)


def _lines(text: str) -> list[str]:
    r"""Split a text at `\n` only, not at form feeds or U+2028 as `splitlines` does."""
    lines = with_plain_line_ends(text).split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
