"""docs/diagrams.md and its picture are what the tool gives today."""

from __future__ import annotations

import re

from scaffold.output import is_untouched
from tests.diagrams_page import PATH, SVG, drawing, page


def test_the_page_is_current() -> None:
    """`make docs` would change nothing."""
    assert PATH.read_text(encoding="utf-8") == page()


def test_the_picture_is_current() -> None:
    """The picture is that of the preset, and nobody edited it."""
    text = SVG.read_text(encoding="utf-8")
    assert text == drawing("resnet", "svg")
    assert is_untouched(text)


def test_the_page_shows_what_it_says() -> None:
    """The picture is where the page looks for it; the Mermaid text is in a fence."""
    text = PATH.read_text(encoding="utf-8")
    (place,) = re.findall(r"!\[.*\]\((.*)\)", text)
    assert PATH.parent / place == SVG
    (fenced,) = re.findall("```mermaid\n(.*?)```", text, re.DOTALL)
    assert is_untouched(fenced) and "flowchart TB" in fenced
