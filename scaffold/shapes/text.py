"""Formatting of shapes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scaffold.shapes.types import Shape


def text(calls: Sequence[Sequence[Shape]]) -> str:
    """Format the output shapes of an entry, over all of its calls.

    Args:
        calls: The calls, each with the shapes of its outputs.

    Returns:
        `(None, 26, 26, 64)`, or several shapes separated by commas. An axis that
        differs between calls is `...`. `""` if the number of outputs or axes differs,
        or if all axes after the batch axis differ.
    """
    counts = {len(outputs) for outputs in calls}
    if len(counts) != 1:
        return ""
    merged = [_merged(shapes) for shapes in zip(*calls, strict=True)]
    return ", ".join(merged) if all(merged) else ""


def _merged(shapes: Iterable[Shape]) -> str:
    distinct = list(dict.fromkeys(shapes))
    if len({len(shape) for shape in distinct}) != 1:
        return ""
    axes = [
        str(sizes[0]) if len(set(sizes)) == 1 else "..."
        for sizes in zip(*distinct, strict=True)
    ]
    if len(axes) > 1 and set(axes[1:]) == {"..."}:
        return ""
    return f"({', '.join(axes)}{',' * (len(axes) == 1)})"
