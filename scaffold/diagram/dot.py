"""Write a diagram in the DOT language of Graphviz."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.diagram.colours import FAINT, TEXT, of_block, of_box
from scaffold.diagram.types import Box, Cluster, Diagram, Direction, Edge


def to_dot(diagram: Diagram, first: str, direction: Direction) -> str:
    """Write a diagram for Graphviz.

    Args:
        diagram: The diagram.
        first: The text of the comment in the first line.
        direction: The direction of the data flow.
    """
    rankdir = "TB" if direction == "down" else "LR"
    tooltip = ": ".join(filter(None, (diagram.name, diagram.description)))
    lines = [
        f"// {first}",
        f"digraph {quoted(diagram.name)} {{",
        f"  graph [rankdir={rankdir}, tooltip={quoted(tooltip)}]",
        f'  node [shape=box, style=filled, fontname="Courier", fontcolor="{TEXT}"]',
        f'  edge [fontname="Courier", fontcolor="{FAINT}", color="{FAINT}"]',
    ]
    for group in diagram.groups:
        lines += _group(group)
    return "\n".join([*lines, "}"]) + "\n"


def _group(group: Cluster) -> Iterator[str]:
    inside = [*map(_box, group.boxes), *map(_edge, group.edges)]
    if not group.number:
        yield from (f"  {line}" for line in inside)
        return
    yield f"  subgraph cluster_{group.number} {{"
    line = of_block(group.number).line
    yield f'    graph [label={quoted(group.title)}, fontname="Courier", color="{line}"]'
    yield from (f"    {line}" for line in inside)
    yield "  }"


def _box(box: Box) -> str:
    colour = of_box(box)
    attributes = {
        "label": quoted("\n".join(line.text for line in box.lines)),
        "fillcolor": f'"{colour.fill}"',
        "color": f'"{colour.line}"',
    }
    style = "filled"
    if box.kind in ("input", "output"):
        style += ",rounded"
    if box.is_again:
        style += ",dashed"
    if style != "filled":
        attributes["style"] = f'"{style}"'
    listed = ", ".join(f"{name}={value}" for name, value in attributes.items())
    return f"{box.key} [{listed}]"


def _edge(edge: Edge) -> str:
    attributes = ""
    if edge.is_shared:
        attributes = " [style=dashed, dir=none, constraint=false]"
    elif edge.label:
        attributes = f" [label={quoted(edge.label)}]"
    return f"{edge.tail} -> {edge.head}{attributes}"


def quoted(text: str) -> str:
    """Write a text as a quoted string that is shown literally."""
    shown = text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return '"' + shown.replace("\n", "\\n") + '"'
