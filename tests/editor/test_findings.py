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
    marked, message = WRONG[what]
    text, within, place = unmarked(marked[editing.kind])
    diagnostics = editing.findings(text)
    assert diagnostics, "nothing is underlined"
    assert {(diagnostic.text, diagnostic.place) for diagnostic in diagnostics} == {
        (within, place)
    }
    messages = " / ".join(diagnostic.message for diagnostic in diagnostics)
    assert re.search(message, messages), messages
    assert readable(diagnostics)


@pytest.mark.parametrize("running", ["yaml", "json"], indirect=True)
@pytest.mark.parametrize("what", EXPLAINED)
def test_mistake_is_explained(editing: Editor, what: str) -> None:
    """What no server has good words for has a message of our own."""
    marked, message = EXPLAINED[what]
    text, within, place = unmarked(marked[editing.kind])
    (diagnostics,) = editing.findings(text)
    assert (diagnostics.text, diagnostics.place) == (within, place)
    assert message in diagnostics.message


def readable(items: list[Finding]) -> bool:
    """Says whether messages are short, and show no pattern but that of names."""
    messages = (diagnostic.message.replace(NAMES, "") for diagnostic in items)
    return all(len(message) < 800 and "^" not in message for message in messages)


def test_mistake_that_is_mended_is_gone(editing: Editor) -> None:
    """The same file, edited: what was underlined no longer is, and again is."""
    text = SPOILT[editing.kind]
    uri = editing.open(text)
    assert len(editing.server.findings(uri)) == 1
    editing.server.change(uri, text.replace("bias", "use_bias").replace("1}", "true}"))
    assert editing.server.findings(uri) == []
    editing.server.change(uri, text)
    assert len(editing.server.findings(uri)) == 1
