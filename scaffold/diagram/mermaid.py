"""A picture as Mermaid text, as GitHub renders it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scaffold.diagram.colours import KINDS, TEXT, Colour, of_block
from scaffold.diagram.types import Box, Cluster, Direction, Edge, Picture

_SHAPES = {
    "input": ('(["', '"])'),
    "layer": ('["', '"]'),
    "block": ('[["', '"]]'),
    "output": ('(["', '"])'),
}
_MEANINGFUL = frozenset('"#&<>%`\\*_~$')
"""What means something to Mermaid, to HTML or to Markdown: a label is all three."""

_ITEM = re.compile(r"[0-9]*(?=[-+.)]\s)")
"""How an item of a list begins in Markdown, up to its sign."""


def to_mermaid(picture: Picture, first: str, direction: Direction) -> str:
    """Write a picture as Mermaid text.

    Args:
        picture: The picture.
        first: The text of the comment in the first line.
        direction: Where data flows.
    """
    way = "TB" if direction == "down" else "LR"
    lines = [f"%% {first}", f"flowchart {way}", f"  accTitle: {_plain(picture.name)}"]
    if text := _plain(picture.description):  # without a text, it takes the next line
        lines.append(f"  accDescr: {text}")
    for group in picture.groups:
        lines += _group(group, way)
    lines += _colours(picture)
    return "\n".join(lines) + "\n"


def _group(group: Cluster, way: str) -> Iterator[str]:
    inside = [*map(_box, group.boxes)]
    inside += [_edge(edge) for edge in group.edges if not edge.is_shared]
    if not group.number:
        yield from (f"  {line}" for line in inside)
        return
    yield f'  subgraph b{group.number}["{escaped(group.title)}"]'
    yield f"    direction {way}"
    yield from (f"    {line}" for line in inside)
    yield "  end"


def _box(box: Box) -> str:
    start, end = _SHAPES[box.kind]
    text = escaped("\n".join(line.text for line in box.lines))
    name = f"block{box.block}" if box.block else box.kind
    if box.is_again:
        name += "again"
    return f"{box.key}{start}{text}{end}:::{name}"


def _edge(edge: Edge) -> str:
    label = f'|"{escaped(edge.label)}"|' if edge.label else ""
    return f"{edge.tail} -->{label} {edge.head}"


def _colours(picture: Picture) -> Iterator[str]:
    """Return the classes of boxes that there are, and the colours of blocks."""
    kinds = KINDS | {
        f"block{group.number}": of_block(group.number)
        for group in picture.groups
        if group.number
    }
    boxes = [box for group in picture.groups for box in group.boxes]
    used = {(f"block{b.block}" if b.block else b.kind, b.is_again) for b in boxes}
    for name, colour in kinds.items():
        for again in (False, True):
            if (name, again) in used:
                dashes = ",stroke-dasharray:5 3" if again else ""
                yield f"  classDef {name}{'again' * again} {_style(colour)}{dashes}"
    for group in picture.groups:
        if group.number:
            line = of_block(group.number).line
            yield f"  style b{group.number} fill:#f6f8fa,stroke:{line},color:{TEXT}"


def _style(colour: Colour) -> str:
    return f"fill:{colour.fill},stroke:{colour.line},color:{TEXT}"


def escaped(text: str) -> str:
    """Write a text so that Mermaid shows it as it is, between double quotes.

    Mermaid reads its own codes, `#35;`, last of all.
    """
    # On a line with these words, Mermaid takes a code behind a colon for a colour.
    is_split = "style" in text or "classDef" in text
    lines = [_escaped(line, ":" if is_split else "") for line in text.split("\n")]
    return "<br/>".join(lines)


def _escaped(line: str, more: str) -> str:
    """Write codes for what means something, and for some characters more."""
    item = _ITEM.match(line)
    shown = []
    for place, character in enumerate(line):
        around = line[max(place - 1, 0) : place + 2]
        # A sign between letters, or between spaces, is no Markdown.
        is_word = (
            character == "_" and len(around) == 3 and (around[0] + around[2]).isalnum()
        )
        is_code = character in _MEANINGFUL and not is_word and around != " * "
        is_code = (
            is_code or character in more or (item is not None and place == item.end())
        )
        shown.append(f"#{ord(character)};" if is_code else character)
    return "".join(shown)


def _plain(text: str) -> str:
    """Write a text for a line of its own, where nothing can be escaped."""
    return "".join(
        character for character in text if character not in '#;{}<>&%\\"`'
    ).strip()
