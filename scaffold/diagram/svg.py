"""Write a diagram as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from scaffold.diagram import colours, sizes
from scaffold.diagram.layout import Layout, Link, Point, Route, Size, arrange
from scaffold.diagram.packing import pack
from scaffold.diagram.types import Box, Cluster, Diagram, Direction, Edge

_MARGIN = 16
_TITLE = 34
"""The height of the title of a block."""


class _Panel(NamedTuple):
    """A group with its layout."""

    group: Cluster
    boxes: tuple[Size, ...]
    layout: Layout

    @property
    def size(self) -> Size:
        """Its size, including the frame and title."""
        width, height = self.layout.size
        if not self.group.number:
            return Size(width, height)
        title = sizes.width_of(self.group.title, sizes.TITLE)
        return Size(max(width, title) + 2 * _MARGIN, height + _TITLE + _MARGIN)


def to_svg(diagram: Diagram, first: str, direction: Direction) -> str:
    """Write a diagram as SVG.

    Args:
        diagram: The diagram.
        first: The text of the comment in the first line.
        direction: The direction of the data flow.

    Raises:
        Refused: Graphviz is not installed, does not work, or the diagram is too large.
    """
    panels = [_panel(group, direction) for group in diagram.groups]
    total, corners = pack([panel.size for panel in panels], direction)
    width, height = total.width + 2 * _MARGIN, total.height + 2 * _MARGIN
    lines = [
        f"<!-- {first} -->",
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_number(width)}" '
        f'height="{_number(height)}" '
        f'viewBox="0 0 {_number(width)} {_number(height)}" role="img" '
        f'font-family="{sizes.FONTS}" font-size="{sizes.TEXT}">',
        f"  <title>{_text(diagram.name)}</title>",
    ]
    if diagram.description:
        lines.append(f"  <desc>{_text(diagram.description)}</desc>")
    lines.append('  <rect width="100%" height="100%" fill="#ffffff"/>')
    for panel, (x, y) in zip(panels, corners, strict=True):
        lines += _draw(panel, (x + _MARGIN, y + _MARGIN))
    return "\n".join([*lines, "</svg>"]) + "\n"


def _panel(group: Cluster, direction: Direction) -> _Panel:
    boxes = tuple(map(sizes.size_of, group.boxes))
    numbers = {box.key: number for number, box in enumerate(group.boxes)}
    lines = tuple(
        Link(numbers[edge.tail], numbers[edge.head], _reserved(edge), edge.is_shared)
        for edge in group.edges
    )
    return _Panel(group, boxes, arrange(boxes, lines, direction))


def _reserved(edge: Edge) -> Size | None:
    """Return the size to reserve for a label, with a margin between adjacent boxes."""
    if not edge.label:
        return None
    width, height = _label_size(edge)
    return Size(width + 10, height)


def _label_size(edge: Edge) -> Size:
    return Size(sizes.width_of(edge.label, sizes.SMALL) + 4, sizes.SMALL + 4)


def _draw(panel: _Panel, corner: Point) -> Iterator[str]:
    """Draw a group; for a block, draw its frame first."""
    group, (left, top) = panel.group, corner
    yield f"  <g id={quoteattr(f'group{group.number}')}>"
    if group.number:
        colour, (width, height) = colours.of_block(group.number), panel.size
        yield (
            f'    <rect class="frame" x="{_number(left)}" y="{_number(top)}" '
            f'width="{_number(width)}" height="{_number(height)}" rx="8" '
            f'fill="#f6f8fa" stroke="{colour.line}"/>'
        )
        middle = (left + width / 2, top + 22)
        style = f'class="title" font-size="{sizes.TITLE}" font-weight="bold"'
        yield f"    {_text_element(group.title, middle, colour.line, style)}"
        left += (width - panel.layout.size.width) / 2
        top += _TITLE
    offset = (left, top)
    background = "#f6f8fa" if group.number else "#ffffff"
    for edge, route in zip(group.edges, panel.layout.routes, strict=True):
        yield from (f"    {line}" for line in _route(edge, route, offset, background))
    for box, size, center in zip(
        group.boxes, panel.boxes, panel.layout.boxes, strict=True
    ):
        yield from (f"    {line}" for line in _box(box, size, _shift(center, offset)))
    yield "  </g>"


def _box(box: Box, size: Size, middle: Point) -> Iterator[str]:
    """Draw a box with its text."""
    colour = colours.of_box(box)
    x, y = middle[0] - size.width / 2, middle[1] - size.height / 2
    is_end = box.kind in ("input", "output")
    dashes = ' stroke-dasharray="5 3"' if box.is_again else ""
    yield f'<g class="box {box.kind}" id={quoteattr(box.key)}>'
    yield (
        f'  <rect x="{_number(x)}" y="{_number(y)}" width="{_number(size.width)}" '
        f'height="{_number(size.height)}" rx="{14 if is_end else 4}" '
        f'fill="{colour.fill}" stroke="{colour.line}"{dashes}/>'
    )
    if box.kind == "block":
        for at in (x + 4, x + size.width - 4):
            yield (
                f'  <path d="M{_number(at)},{_number(y)}v{_number(size.height)}" '
                f'stroke="{colour.line}" stroke-width="0.6"/>'
            )
    first = middle[1] - (len(box.lines) - 1) * sizes.LEADING / 2 + 4
    for number, line in enumerate(box.lines):
        position = (middle[0], first + number * sizes.LEADING)
        is_faint = line.role in ("more", "shape")
        style = 'font-weight="bold"' if line.role == "name" else ""
        ink = colours.FAINT if is_faint else colours.TEXT
        yield f"  {_text_element(line.text, position, ink, style)}"
    yield "</g>"


def _route(edge: Edge, route: Route, offset: Point, background: str) -> Iterator[str]:
    """Draw an edge with its arrow and label; the label has the background colour."""
    points = [_shift(point, offset) for point in route.points]
    start, *rest = (f"{_number(x)},{_number(y)}" for x, y in points)
    dashes = ' stroke-dasharray="3 3"' if edge.is_shared else ""
    ends = f"data-from={quoteattr(edge.tail)} data-to={quoteattr(edge.head)}"
    yield (
        f'<path class="edge" {ends} d="M{start}C{" ".join(rest)}" fill="none" '
        f'stroke="{colours.FAINT}"{dashes}/>'
    )
    if route.tip is not None:
        yield _arrow(points[-1], _shift(route.tip, offset))
    if route.label is not None:
        size = _label_size(edge)
        x, y = _shift(route.label, offset)
        yield (
            f'<rect class="under" x="{_number(x - size.width / 2)}" '
            f'y="{_number(y - size.height / 2)}" width="{_number(size.width)}" '
            f'height="{_number(size.height)}" fill="{background}"/>'
        )
        style = f'class="label" font-size="{sizes.SMALL}"'
        yield _text_element(edge.label, (x, y + 4), colours.FAINT, style)


def _arrow(end: Point, tip: Point) -> str:
    """Draw the arrow from the end of an edge to its tip."""
    along = (tip[0] - end[0], tip[1] - end[1])
    length = max((along[0] ** 2 + along[1] ** 2) ** 0.5, 1e-6)
    normal = (-along[1] / length * 3.5, along[0] / length * 3.5)
    corners = (
        tip,
        (end[0] + normal[0], end[1] + normal[1]),
        (end[0] - normal[0], end[1] - normal[1]),
    )
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in corners)
    return f'<polygon class="tip" points="{points}" fill="{colours.FAINT}"/>'


def _text_element(text: str, middle: Point, ink: str, style: str) -> str:
    more = f" {style}" if style else ""
    return (
        f'<text x="{_number(middle[0])}" y="{_number(middle[1])}" text-anchor="middle" '
        f'fill="{ink}"{more} xml:space="preserve">{_text(text)}</text>'
    )


def _text(text: str) -> str:
    return escape(text)


def _shift(point: Point, by: Point) -> Point:
    return point[0] + by[0], point[1] + by[1]


def _number(number: float) -> str:
    """Write a number with at most one decimal."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
