"""Specs to draw, and pictures as they are read again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from unicodedata import east_asian_width
from xml.etree import ElementTree

from scaffold.catalogue import load
from scaffold.diagnostics import has_errors
from scaffold.diagram import Direction, PictureFormat, draw
from scaffold.pipeline import Source, check
from tests.goldens import specs

SPECS = {f"{path.parent.name}/{path.stem}": path for path in specs()}
"""Every preset and every case, by a short name."""

HOSTILE = r"""
name: end
description: >
  It ends with "]; <script>alert(1)</script> --> %% {} &amp; `x` end; subgraph {
params:
  words: ["a\"]", "#quot;", "<b>", "*x* _y_ $z$ style:#1;", "-->", "日本語日本語"]
inputs: {end: [4], style: [4], graph: [4]}
imports: {Node: "package:Node"}
blocks:
  Subgraph:
    params: {end: "]]\">", text: "a\\nb\\", wide: "日本語の長いテキスト"}
    layers:
      - Node: ["$end", "%%{init: {}}%%", "$text", "$wide", "\\N<br/>"]
layers:
  - Node: [$words, "it's \"quoted\"", "a\nb\tc"]
    name: click
    from: end
  - linkStyle = Subgraph() <- style
  - Node: ["1. list", "- list", "# head", "`code`", "a &lt; b"]
    name: classDef
    from: graph
  - Concatenate() <- click, linkStyle, classDef
"""
"""A spec in which all that a user can write means something to some format."""


class Rect(NamedTuple):
    """A rectangle in a picture."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Rect) -> bool:
        """Tells whether two have a point in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Rect, slack: float = 0.0) -> bool:
        """Tells whether another is within."""
        return (
            self.left - slack <= other.left
            and self.top - slack <= other.top
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def distance(self, x: float, y: float) -> float:
        """Measures how far a point is from the line around it."""
        if self.left <= x <= self.right and self.top <= y <= self.bottom:
            return min(x - self.left, self.right - x, y - self.top, self.bottom - y)
        across = max(self.left - x, 0, x - self.right)
        along = max(self.top - y, 0, y - self.bottom)
        return float((across**2 + along**2) ** 0.5)


class Box(NamedTuple):
    """A box, its texts, and the rectangles that those take."""

    key: str
    rect: Rect
    texts: tuple[str, ...]
    written: tuple[Rect, ...]


class Edge(NamedTuple):
    """A line: the keys of its boxes, its points, and the tip of its arrow."""

    tail: str
    head: str
    points: tuple[tuple[float, float], ...]
    tip: tuple[float, float] | None


class Panel(NamedTuple):
    """A group as it is drawn."""

    frame: Rect | None
    title: Rect | None
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    labels: tuple[Rect, ...]


class Drawn(NamedTuple):
    """A whole picture."""

    size: Rect
    panels: tuple[Panel, ...]


@cache
def picture(name: str, written_as: PictureFormat, direction: Direction = "down") -> str:
    """Draws a preset or a case."""
    path = SPECS[name]
    return drawn_of(path.read_text(encoding="utf-8"), written_as, direction, path.name)


def drawn_of(
    spec: str,
    written_as: PictureFormat,
    direction: Direction = "down",
    path: str = "spec.yaml",
) -> str:
    """Draws a spec."""
    checked = check(Source(spec.encode(), path))
    assert checked.model is not None and not has_errors(
        checked.diagnostics
    ), checked.diagnostics
    return draw(checked.model, load(), written_as, direction=direction)


def read_svg(text: str) -> Drawn:
    """Reads a picture again."""
    root = ElementTree.fromstring(text)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    size = Rect(0, 0, float(root.attrib["width"]), float(root.attrib["height"]))
    return Drawn(size, tuple(_panel(item) for item in root.findall("g")))


def _panel(group: ElementTree.Element) -> Panel:
    frame = group.find("rect[@class='frame']")
    title = group.find("text[@class='title']")
    tips = iter(group.findall("polygon"))
    edges = []
    for element in group.findall("path[@class='edge']"):
        # What shares weights has no arrow.
        tip = None if "stroke-dasharray" in element.attrib else next(tips)
        edges.append(_edge(element, tip))
    return Panel(
        None if frame is None else _rect(frame),
        None if title is None else _written(title),
        tuple(_box(item) for item in group.findall("g")),
        tuple(edges),
        tuple(_written(item) for item in group.findall("text[@class='label']")),
    )


def _box(group: ElementTree.Element) -> Box:
    rect = group.find("rect")
    assert rect is not None
    texts = group.findall("text")
    message = tuple(text.text or "" for text in texts)
    return Box(group.attrib["id"], _rect(rect), message, tuple(map(_written, texts)))


def _rect(element: ElementTree.Element) -> Rect:
    x, y, width, height = (
        float(element.attrib[name]) for name in ("x", "y", "width", "height")
    )
    return Rect(x, y, x + width, y + height)


def _written(text: ElementTree.Element) -> Rect:
    """Gives what a text takes in a font whose characters take 0.6 of its size."""
    size = float(text.attrib.get("font-size", 12))
    message = text.text or ""
    columns = sum(2 if east_asian_width(item) in "WF" else 1 for item in message)
    x, y = float(text.attrib["x"]), float(text.attrib["y"])
    half = columns * size * 0.6 / 2
    return Rect(x - half, y - size * 0.8, x + half, y + size * 0.25)


def _edge(path: ElementTree.Element, tip: ElementTree.Element | None) -> Edge:
    points = tuple(_points(path.attrib["d"]))
    end = None if tip is None else next(_points(tip.attrib["points"]))
    return Edge(path.attrib["data-from"], path.attrib["data-to"], points, end)


def _points(text: str) -> Iterator[tuple[float, float]]:
    for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", text):
        yield float(x), float(y)
