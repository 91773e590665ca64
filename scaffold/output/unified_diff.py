"""The difference that a step would make, to read or to apply."""

from __future__ import annotations

from scaffold.output.digest import with_plain_line_ends
from scaffold.output.errors import place
from scaffold.output.types import PlannedStep

_NO_END = "\n\\ No newline at end of file\n"


def diff(step: PlannedStep) -> str:
    r"""Show what a step would change, as a unified diff that `patch -p0` takes.

    Args:
        step: The step. A file on disk whose line ends are all `\r\n` is compared as if
            they were `\n`.

    Returns:
        The diff from the disk to the target, empty if they are the same.
    """
    from difflib import unified_diff  # only --diff needs it

    if step.action == "identical":
        return ""
    path = place(step.target.path).path
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
    r"""Split a text at `\n` only: a form feed or U+2028 ends no line of a file."""
    lines = with_plain_line_ends(text).split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
