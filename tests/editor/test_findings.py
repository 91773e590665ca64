"""What is underlined where someone writes: the place, and what is said of it."""

from __future__ import annotations

import re

import pytest

from tests.editor.mistakes import EXPLAINED, SPOILT, WRONG
from tests.editor.servers import Editor, Finding
from tests.tools.lsp import Place
from tests.tools.snippets import place_after

pytestmark = pytest.mark.slow

NAMES = r"^[A-Z][A-Za-z0-9_]*$"
"""What tombi says of a name that begins with a small letter."""


def unmarked(marked: str) -> tuple[str, str, Place]:
    """Gives the text without its marks, what is between them, and where."""
    before, rest = marked.split("«")
    within, after = rest.split("»")
    return before + within + after, within, place_after(before)


@pytest.mark.parametrize("what", WRONG)
def test_mistake_is_underlined(editing: Editor, what: str) -> None:
    """There is nothing else underlined, and the message is one for people."""
    marked, said = WRONG[what]
    text, within, place = unmarked(marked[editing.kind])
    found = editing.findings(text)
    assert found, "nothing is underlined"
    assert {(one.text, one.place) for one in found} == {(within, place)}
    messages = " / ".join(one.message for one in found)
    assert re.search(said, messages), messages
    assert readable(found)


@pytest.mark.parametrize("running", ["yaml", "json"], indirect=True)
@pytest.mark.parametrize("what", EXPLAINED)
def test_mistake_is_explained(editing: Editor, what: str) -> None:
    """What no server has good words for has a message of our own."""
    marked, said = EXPLAINED[what]
    text, within, place = unmarked(marked[editing.kind])
    (found,) = editing.findings(text)
    assert (found.text, found.place) == (within, place)
    assert said in found.message


def readable(found: list[Finding]) -> bool:
    """Says whether messages are short, and show no pattern but that of names."""
    messages = (one.message.replace(NAMES, "") for one in found)
    return all(len(one) < 800 and "^" not in one for one in messages)


def test_mistake_that_is_mended_is_gone(editing: Editor) -> None:
    """The same file, edited: what was underlined no longer is, and again is."""
    text = SPOILT[editing.kind]
    uri = editing.open(text)
    assert len(editing.server.findings(uri)) == 1
    editing.server.change(uri, text.replace("bias", "use_bias").replace("1}", "true}"))
    assert editing.server.findings(uri) == []
    editing.server.change(uri, text)
    assert len(editing.server.findings(uri)) == 1
