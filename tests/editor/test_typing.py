"""A file that is being typed: never finished, and answered at once."""

from __future__ import annotations

import statistics
import time

from tests.editor.servers import Editor
from tests.editor.test_hover import SPECS
from tests.tools.snippets import place_after

FINDINGS_SECONDS, COMPLETION_SECONDS = 1.0, 0.1
"""What first findings and a completion are meant to take, in a file of 100 layers."""

GENEROUS = 5
"""How many times that a busy machine may take; `python -m tests.bench_servers` times."""

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
        editing.server.hover(uri, place)
    editing.server.change(uri, text)
    assert editing.server.findings(uri) == []


def hundred_layers(kind: str, last: str = "") -> str:
    """Gives a spec of a hundred layers, and another one behind them."""
    number = range(100)
    if kind == "yaml":
        entry = "  - Conv2D: {{filters: {}, kernel_size: 3, activation: relu}}\n"
        entries = "".join(entry.format(one + 1) for one in number)
        return f"inputs: [8, 8, 1]\nlayers:\n{entries}{last}"
    if kind == "json":
        entry = '{{"Conv2D": {{"filters": {}, "kernel_size": 3}}}},\n'
        entries = "".join(entry.format(one + 1) for one in number)
        end = last or '"Flatten"'
        return f'{{"inputs": [8, 8, 1], "layers": [\n{entries}{end}]}}'
    entry = "[[layers]]\nConv2D = {{filters = {}, kernel_size = 3}}\n"
    return "inputs = [8, 8, 1]\n" + "".join(entry.format(one + 1) for one in number) + last


LAST = {"yaml": "  - ", "json": '{"', "toml": "[[layers]]\n"}
"""What is typed of the entry behind them when the list is asked for."""


def seconds_of(editing: Editor) -> tuple[float, float]:
    """Times the first findings of a file of a hundred layers, and a completion."""
    text = hundred_layers(editing.kind)
    start = time.perf_counter()
    uri = editing.open(text)
    assert editing.server.findings(uri) == []
    findings = time.perf_counter() - start
    text = hundred_layers(editing.kind, LAST[editing.kind])
    place = place_after(text.removesuffix("]}"))
    times = []
    for number in range(5):
        # Each time another text, as it is while someone types.
        editing.server.change(uri, f"{text}\n" + " " * number)
        start = time.perf_counter()
        assert len(editing.server.complete(uri, place)) > 100
        times.append(time.perf_counter() - start)
    return findings, statistics.median(times)


def test_answers_come_at_once(editing: Editor) -> None:
    """Findings and completions of a hundred layers, on a server that is warm."""
    findings, completion = seconds_of(editing)
    assert findings < FINDINGS_SECONDS * GENEROUS
    assert completion < COMPLETION_SECONDS * GENEROUS
