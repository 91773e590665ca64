"""A picture as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from scaffold.diagram import colours, sizes
from scaffold.diagram.layout import Layout, Link, Point, Route, Size, arrange
from scaffold.diagram.packing import pack
from scaffold.diagram.types import Box, Cluster, Direction, Edge, Picture

_MARGIN = 16
_TITLE = 34
"""How much room there is above what a block holds, for its title."""


class _Panel(NamedTuple):
    """A group with places for all that is in it."""

    group: Cluster
    boxes: tuple[Size, ...]
    layout: Layout

    @property
    def size(self) -> Size:
        """How much room it takes."""
        width, height = self.layout.size
        if not self.group.number:
            return Size(width, height)
        title = sizes.width_of(self.group.title, sizes.TITLE)
        return Size(max(width, title) + 2 * _MARGIN, height + _TITLE + _MARGIN)


def to_svg(picture: Picture, first: str, direction: Direction) -> str:
    """Write a picture as SVG.

    Args:
        picture: The picture.
        first: The text of the comment in the first line.
        direction: Where data flows.

    Raises:
        Refused: What finds places for boxes is not installed.
    """
    panels = [_panel(group, direction) for group in picture.groups]
    whole, places = pack([panel.size for panel in panels], direction)
    width, height = whole.width + 2 * _MARGIN, whole.height + 2 * _MARGIN
    lines = [
        f"<!-- {first} -->",
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_at(width)}" '
        f'height="{_at(height)}" viewBox="0 0 {_at(width)} {_at(height)}" role="img" '
        f'font-family="{sizes.FONTS}" font-size="{sizes.TEXT}">',
        f"  <title>{_text(picture.name)}</title>",
    ]
    if picture.description:
        lines.append(f"  <desc>{_text(picture.description)}</desc>")
    lines.append('  <rect width="100%" height="100%" fill="#ffffff"/>')
    for panel, (x, y) in zip(panels, places, strict=True):
        lines += _drawn(panel, (x + _MARGIN, y + _MARGIN))
    return "\n".join([*lines, "</svg>"]) + "\n"


def _panel(group: Cluster, direction: Direction) -> _Panel:
    boxes = tuple(map(sizes.size_of, group.boxes))
    places = {box.key: number for number, box in enumerate(group.boxes)}
    lines = tuple(
        Link(places[edge.tail], places[edge.head], _room(edge), edge.is_shared)
        for edge in group.edges
    )
    return _Panel(group, boxes, arrange(boxes, lines, direction))


def _room(edge: Edge) -> Size | None:
    """Return the room for a label; between boxes side by side it is all there is."""
    if not edge.label:
        return None
    width, height = _label_size(edge)
    return Size(width + 10, height)


def _label_size(edge: Edge) -> Size:
    return Size(sizes.width_of(edge.label, sizes.SMALL) + 4, sizes.SMALL + 4)


def _drawn(panel: _Panel, corner: Point) -> Iterator[str]:
    """Draw a group, its frame first where it is a block's."""
    group, (left, top) = panel.group, corner
    yield f"  <g id={quoteattr(f'group{group.number}')}>"
    if group.number:
        colour, (width, height) = colours.of_block(group.number), panel.size
        yield (
            f'    <rect class="frame" x="{_at(left)}" y="{_at(top)}" '
            f'width="{_at(width)}" height="{_at(height)}" rx="8" fill="#f6f8fa" '
            f'stroke="{colour.line}"/>'
        )
        middle = (left + width / 2, top + 22)
        style = f'class="title" font-size="{sizes.TITLE}" font-weight="bold"'
        yield f"    {_written(group.title, middle, colour.line, style)}"
        left += (width - panel.layout.size.width) / 2
        top += _TITLE
    moved = (left, top)
    under = "#f6f8fa" if group.number else "#ffffff"
    for edge, route in zip(group.edges, panel.layout.routes, strict=True):
        yield from (f"    {line}" for line in _route(edge, route, moved, under))
    for box, size, place in zip(
        group.boxes, panel.boxes, panel.layout.boxes, strict=True
    ):
        yield from (f"    {line}" for line in _box(box, size, _moved(place, moved)))
    yield "  </g>"


def _box(box: Box, size: Size, middle: Point) -> Iterator[str]:
    """Draw a box with its text."""
    colour = colours.of_box(box)
    x, y = middle[0] - size.width / 2, middle[1] - size.height / 2
    is_end = box.kind in ("input", "output")
    dashes = ' stroke-dasharray="5 3"' if box.is_again else ""
    yield f'<g class="box {box.kind}" id={quoteattr(box.key)}>'
    yield (
        f'  <rect x="{_at(x)}" y="{_at(y)}" width="{_at(size.width)}" '
        f'height="{_at(size.height)}" rx="{14 if is_end else 4}" '
        f'fill="{colour.fill}" stroke="{colour.line}"{dashes}/>'
    )
    if box.kind == "block":
        for at in (x + 4, x + size.width - 4):
            yield (
                f'  <path d="M{_at(at)},{_at(y)}v{_at(size.height)}" '
                f'stroke="{colour.line}" stroke-width="0.6"/>'
            )
    first = middle[1] - (len(box.lines) - 1) * sizes.LEADING / 2 + 4
    for number, line in enumerate(box.lines):
        place = (middle[0], first + number * sizes.LEADING)
        is_faint = line.role in ("more", "shape")
        style = 'font-weight="bold"' if line.role == "name" else ""
        ink = colours.FAINT if is_faint else colours.TEXT
        yield f"  {_written(line.text, place, ink, style)}"
    yield "</g>"


def _route(edge: Edge, route: Route, moved: Point, under: str) -> Iterator[str]:
    """Draw a line, its arrow, and what is written on it, over the colour `under`."""
    points = [_moved(point, moved) for point in route.points]
    start, *rest = (f"{_at(x)},{_at(y)}" for x, y in points)
    dashes = ' stroke-dasharray="3 3"' if edge.is_shared else ""
    ends = f"data-from={quoteattr(edge.tail)} data-to={quoteattr(edge.head)}"
    yield (
        f'<path class="edge" {ends} d="M{start}C{" ".join(rest)}" fill="none" '
        f'stroke="{colours.FAINT}"{dashes}/>'
    )
    if route.tip is not None:
        yield _arrow(points[-1], _moved(route.tip, moved))
    if route.label is not None:
        size = _label_size(edge)
        x, y = _moved(route.label, moved)
        yield (
            f'<rect class="under" x="{_at(x - size.width / 2)}" '
            f'y="{_at(y - size.height / 2)}" width="{_at(size.width)}" '
            f'height="{_at(size.height)}" fill="{under}"/>'
        )
        style = f'class="label" font-size="{sizes.SMALL}"'
        yield _written(edge.label, (x, y + 4), colours.FAINT, style)


def _arrow(end: Point, tip: Point) -> str:
    """Draw the arrow from the end of a line to its tip."""
    along = (tip[0] - end[0], tip[1] - end[1])
    length = max((along[0] ** 2 + along[1] ** 2) ** 0.5, 1e-6)
    beside = (-along[1] / length * 3.5, along[0] / length * 3.5)
    corners = (
        tip,
        (end[0] + beside[0], end[1] + beside[1]),
        (end[0] - beside[0], end[1] - beside[1]),
    )
    points = " ".join(f"{_at(x)},{_at(y)}" for x, y in corners)
    return f'<polygon class="tip" points="{points}" fill="{colours.FAINT}"/>'


def _written(text: str, middle: Point, ink: str, style: str) -> str:
    more = f" {style}" if style else ""
    return (
        f'<text x="{_at(middle[0])}" y="{_at(middle[1])}" text-anchor="middle" '
        f'fill="{ink}"{more} xml:space="preserve">{_text(text)}</text>'
    )


def _text(text: str) -> str:
    return escape(text)


def _moved(point: Point, by: Point) -> Point:
    return point[0] + by[0], point[1] + by[1]


def _at(number: float) -> str:
    """Write a number with one digit behind the point, where there is any."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
