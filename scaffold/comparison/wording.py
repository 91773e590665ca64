"""The sentences of a comparison that do not depend on its format."""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.comparison.types import Comparison
from scaffold.styles import Fit

_MOST = 3
"""The most obstacles of a style that are shown."""


def summary(comparison: Comparison) -> str:
    """Return the first line of a comparison."""
    styles = listed(comparison.styles)
    if len(comparison.styles) == 1:
        return f"`{comparison.name}` in the {styles} style, the only possible style"
    return f"`{comparison.name}` in the {styles} styles"


def why_unfit(unfit: Fit) -> list[str]:
    """Return a sentence on a style that cannot express the spec, and its reasons."""
    first = f"The {unfit.style} style cannot express this spec:"
    shown = [
        f"{obstacle.span}: {obstacle.message} [{obstacle.code}]"
        for obstacle in unfit.obstacles[:_MOST]
    ]
    more = len(unfit.obstacles) - _MOST
    if more > 0:
        shown.append(f"and {more} more: `keras-scaffold styles` lists them")
    return [first, *shown]


def what_is_common(comparison: Comparison) -> str:
    """Return the sentence on what is not shown."""
    if not comparison.common:
        return "Docstrings are not shown."
    parts = listed([f"`{name}`" for name in comparison.common])
    is_one = len(comparison.common) == 1
    verb, depend = ("is", "does") if is_one else ("are", "do")
    text = f"nor {verb} {parts}, which {depend} not depend on the style"
    return f"Docstrings are not shown, {text}."


def listed(parts: Sequence[str]) -> str:
    """List words: `a, b and c`."""
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last
