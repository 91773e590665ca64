"""Shapes in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scaffold.shapes.types import Shape


def text(calls: Sequence[Sequence[Shape]]) -> str:
    """Write what an entry gives, in all of its calls.

    Args:
        calls: The calls, each with a shape for every tensor that it gave.

    Returns:
        `(None, 26, 26, 64)`, or several of these with commas. An axis that is not the
        same in all calls is `...`; where nothing is the same, there is nothing to say.
    """
    counts = {len(gave) for gave in calls}
    if len(counts) != 1:
        return ""
    merged = [_merged(shapes) for shapes in zip(*calls, strict=True)]
    return ", ".join(merged) if all(merged) else ""


def _merged(shapes: Iterable[Shape]) -> str:
    alike = list(dict.fromkeys(shapes))
    if len({len(shape) for shape in alike}) != 1:
        return ""
    axes = [
        str(sizes[0]) if len(set(sizes)) == 1 else "..."
        for sizes in zip(*alike, strict=True)
    ]
    if len(axes) > 1 and set(axes[1:]) == {"..."}:
        return ""
    return f"({', '.join(axes)}{',' * (len(axes) == 1)})"
