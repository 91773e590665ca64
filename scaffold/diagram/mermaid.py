"""Write a diagram in Mermaid, as GitHub renders it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scaffold.diagram.colours import KINDS, TEXT, Colour, of_block
from scaffold.diagram.types import Box, Cluster, Diagram, Direction, Edge

_SHAPES = {
    "input": ('(["', '"])'),
    "layer": ('["', '"]'),
    "block": ('[["', '"]]'),
    "output": ('(["', '"])'),
}
_SPECIAL = frozenset('"#&<>%`\\*_~$')
"""Characters with a meaning in Mermaid, HTML or Markdown: a label is all three."""

_ITEM = re.compile(r"[0-9]*(?=[-+.)]\s)")
"""The start of a list item in Markdown, up to its marker."""


def to_mermaid(diagram: Diagram, first: str, direction: Direction) -> str:
    """Write a diagram in Mermaid.

    Args:
        diagram: The diagram.
        first: The text of the comment in the first line.
        direction: The direction of the data flow.
    """
    rankdir = "TB" if direction == "down" else "LR"
    lines = [
        f"%% {first}",
        f"flowchart {rankdir}",
        f"  accTitle: {_plain(diagram.name)}",
    ]
    # Mermaid reads the next line as the description if there is none.
    if text := _plain(diagram.description):
        lines.append(f"  accDescr: {text}")
    for group in diagram.groups:
        lines += _group(group, rankdir)
    lines += _colours(diagram)
    return "\n".join(lines) + "\n"


def _group(group: Cluster, rankdir: str) -> Iterator[str]:
    inside = [*map(_box, group.boxes)]
    inside += [_edge(edge) for edge in group.edges if not edge.is_shared]
    if not group.number:
        yield from (f"  {line}" for line in inside)
        return
    yield f'  subgraph b{group.number}["{escaped(group.title)}"]'
    yield f"    direction {rankdir}"
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


def _colours(diagram: Diagram) -> Iterator[str]:
    """Return the styles of the box classes in use, and of the blocks."""
    kinds = KINDS | {
        f"block{group.number}": of_block(group.number)
        for group in diagram.groups
        if group.number
    }
    boxes = [box for group in diagram.groups for box in group.boxes]
    used = {(f"block{b.block}" if b.block else b.kind, b.is_again) for b in boxes}
    for name, colour in kinds.items():
        for again in (False, True):
            if (name, again) in used:
                dashes = ",stroke-dasharray:5 3" if again else ""
                yield f"  classDef {name}{'again' * again} {_style(colour)}{dashes}"
    for group in diagram.groups:
        if group.number:
            line = of_block(group.number).line
            yield f"  style b{group.number} fill:#f6f8fa,stroke:{line},color:{TEXT}"


def _style(colour: Colour) -> str:
    return f"fill:{colour.fill},stroke:{colour.line},color:{TEXT}"


def escaped(text: str) -> str:
    """Escape a text so that Mermaid shows it literally between double quotes.

    Mermaid replaces its codes, such as `#35;`, in its last step.
    """
    # On a line with these keywords, Mermaid reads a code after a colon as a colour.
    is_style = "style" in text or "classDef" in text
    lines = [_escaped(line, ":" if is_style else "") for line in text.split("\n")]
    return "<br/>".join(lines)


def _escaped(line: str, more: str) -> str:
    """Replace special characters, and those in `more`, by codes."""
    item = _ITEM.match(line)
    shown = []
    for index, character in enumerate(line):
        context = line[max(index - 1, 0) : index + 2]
        # `_` between letters and `*` between spaces have no meaning in Markdown.
        is_inside_name = (
            character == "_"
            and len(context) == 3
            and (context[0] + context[2]).isalnum()
        )
        is_code = character in _SPECIAL and not is_inside_name and context != " * "
        is_code = (
            is_code or character in more or (item is not None and index == item.end())
        )
        shown.append(f"#{ord(character)};" if is_code else character)
    return "".join(shown)


def _plain(text: str) -> str:
    """Remove special characters from a text that cannot be escaped."""
    return "".join(
        character for character in text if character not in '#;{}<>&%\\"`'
    ).strip()
