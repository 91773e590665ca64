"""How many arguments a Keras author writes by position."""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.catalogue.types import Argument

SIZES = frozenset(
    {"pool_size", "size", "padding", "cropping", "factor", "mode"}
)
"""First arguments that are written by position though they have a default."""

EXCEPTIONS: dict[str, int] = {}
"""What the rule gets wrong."""


def positional(name: str, arguments: Sequence[Argument]) -> int:
    """Counts the leading arguments that are written by position.

    These are the required ones, or else a first one that is a size.
    """
    if name in EXCEPTIONS:
        return EXCEPTIONS[name]
    required = 0
    for argument in arguments:
        if not argument.required:
            break
        required += 1
    if required or not arguments:
        return required
    return int(arguments[0].name in SIZES)
