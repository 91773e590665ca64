"""A file that is being typed: never finished, and answered at once."""

from __future__ import annotations

import statistics
from functools import partial

import pytest

from tests.editor.hovered import SPECS
from tests.editor.servers import Editor, Kind
from tests.editor.typed import COMPLETION_SECONDS, FINDINGS_SECONDS, LAST, hundred
from tests.tools.cpu import used_by
from tests.tools.snippets import place_after

pytestmark = pytest.mark.slow

GENEROUS = 10
"""How many times that a slow machine may take; `tests.bench_servers` looks closer."""

HOVERED: tuple[Kind, ...] = ("yaml", "json")
"""Servers that can be asked anywhere what they show: tombi 1.9.6 falls over `[{` at the
end of a file, with any schema and with none."""

EVERY = 3
"""Of so many characters typed, the server is asked after one."""


def test_unfinished_text_is_no_fault(editing: Editor) -> None:
    """With any part of a spec there, the server answers and does not stumble."""
    text = SPECS[editing.kind]
    uri = editing.open("")
    for end in range(1, len(text), EVERY):
        editing.server.change(uri, text[:end])
        place = place_after(text[:end])
        editing.server.complete(uri, place)
        if editing.kind in HOVERED:
            editing.server.hover(uri, place)
    editing.server.change(uri, text)
    assert editing.server.findings(uri) == []


def seconds_of(editing: Editor) -> tuple[float, float]:
    """Gives the processor time of the first findings of a file, and of a completion.

    The file has a hundred layers.
    """
    text = hundred(editing.kind)
    used = partial(used_by, editing.server.process)
    start = used()
    uri = editing.open(text)
    assert editing.server.findings(uri) == []
    findings = used() - start
    text = hundred(editing.kind, LAST[editing.kind])
    place = place_after(text.removesuffix("]}"))
    times = []
    for number in range(5):
        # Each time another text, as it is while someone types.
        editing.server.change(uri, f"{text}\n" + " " * number)
        start = used()
        assert len(editing.server.complete(uri, place)) > 100
        times.append(used() - start)
    return findings, statistics.median(times)


def test_answers_come_at_once(editing: Editor) -> None:
    """Findings and completions of a hundred layers, on a server that is warm."""
    findings, completion = seconds_of(editing)
    assert findings < FINDINGS_SECONDS * GENEROUS
    assert completion < COMPLETION_SECONDS * GENEROUS
