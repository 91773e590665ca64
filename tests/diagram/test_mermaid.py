"""Pictures as Mermaid text, read by Mermaid itself."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scaffold.diagram.mermaid import escaped
from tests.diagram.pictures import HOSTILE, SPECS, drawn_of, picture, read_svg
from tests.tools.find import node_modules, program

SCRIPT = Path(__file__).with_name("parse.mjs")


HOSTILE_NAME, BROKEN = "hostile", "broken"


@cache
def parsed() -> dict[str, dict[str, Any]]:
    """Has Mermaid read every preset and case, hostile text, and what is no Mermaid."""
    texts = {name: picture(name, "mermaid") for name in SPECS}
    texts[HOSTILE_NAME] = drawn_of(HOSTILE, "mermaid")
    texts[BROKEN] = picture("presets/cnn", "mermaid").replace("-->", "--)")
    done = subprocess.run(
        [program("node"), str(SCRIPT), str(node_modules())],
        input=json.dumps(list(texts.values())),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return dict(zip(texts, json.loads(done.stdout), strict=True))


def shown(text: str) -> str:
    """Gives a text as it is shown: Mermaid's codes are read last of all."""
    return re.sub("ﬂ°°([0-9]+)¶ß", lambda code: chr(int(code[1])), text)


def compare(values: dict[str, Any], svg: str, title: str) -> None:
    """Compares what Mermaid read with the picture as SVG, which has the same boxes."""
    assert values.get("error") is None and values["type"] == "flowchart-v2"
    assert values["title"] == title
    panels = read_svg(svg).panels
    texts = {key: shown(text).split("<br>") for key, text in values["boxes"]}
    wanted = {box.key: [*box.texts] for panel in panels for box in panel.boxes}
    assert {key: texts[key] for key in wanted} == wanted
    lines = [
        (edge.tail, edge.head)
        for panel in panels
        for edge in panel.edges
        if edge.tip is not None
    ]
    assert sorted((tail, head) for tail, head, _ in values["lines"]) == sorted(lines)
    assert [count for _, _, count in values["groups"]] == [
        len(panel.boxes) for panel in panels if panel.frame is not None
    ]


@pytest.mark.slow
def test_mermaid_reads_every_picture() -> None:
    """It finds the boxes, texts, lines and groups of all presets and cases."""
    results = parsed()
    for name in SPECS:
        title = re.search("accTitle: (.*)", picture(name, "mermaid"))
        assert title is not None
        compare(results[name], picture(name, "svg"), title[1])


def test_mermaid_reads_hostile_text_as_text() -> None:
    """Words and signs of Mermaid, HTML and Markdown are shown as they stand."""
    results = parsed()[HOSTILE_NAME]
    compare(results, drawn_of(HOSTILE, "svg"), "end")
    ((_, title, _),) = results["groups"]
    assert shown(title) == (
        "Subgraph(end=']]\">', text='a\\\\nb\\\\', wide='日本語の長いテキスト')"
    )
    assert "script" in results["description"] and "<" not in results["description"]


def test_a_fault_is_found() -> None:
    """The parser that is asked does refuse what is no Mermaid."""
    assert "error" in parsed()[BROKEN]


def test_only_what_means_something_is_a_code() -> None:
    """Plain code stays readable."""
    assert escaped("Dense(num_classes, activation='relu')") == (
        "Dense(num_classes, activation='relu')"
    )
    assert escaped("filters * 2: (None, 3)") == "filters * 2: (None, 3)"
    assert escaped("_a_ *b*") == "#95;a#95; #42;b#42;"
    assert escaped("style: #") == "style#58; #35;"
    assert escaped("a\n- b\n1) * 2\n1.5\n-1") == (
        "a<br/>#45; b<br/>1#41; * 2<br/>1.5<br/>-1"
    )


def test_a_description_of_signs_is_left_out() -> None:
    """Without a text, `accDescr` would take the line below it for one."""
    for text in ("#", "<>", "%%", "{", "```", '""', " ; "):
        spec = {"description": text, "inputs": [4], "layers": [{"Dense": 3}]}
        assert "accDescr" not in drawn_of(json.dumps(spec), "mermaid")


def test_an_output_without_a_name_has_a_text() -> None:
    """Mermaid refuses a box without any."""
    for key, shown in (("", "''"), (" ", "' '"), ("\t\n", "'#92;t#92;n'")):
        spec = {"inputs": [4], "layers": [{"Dense": 3}], "outputs": {key: "dense"}}
        assert f'n0out(["{shown}"])' in drawn_of(json.dumps(spec), "mermaid")


def test_lines_are_few_enough_for_github() -> None:
    """Mermaid refuses 500 lines and 50,000 characters where nobody allows it more."""
    for name in SPECS:
        text = picture(name, "mermaid")
        assert text.count("-->") < 500 and len(text) < 50_000
