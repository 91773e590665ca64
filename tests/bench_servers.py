"""Measures language servers on a spec of a hundred layers: `make bench`.

The file is changed before each request, as if someone were typing. Most of the time of
yaml-language-server's findings is a fixed delay of 200 ms.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scaffold.catalogue import load
from scaffold.editor.schema import spec_schema
from tests.editor.servers import Editor, Kind, editor
from tests.editor.typed import COMPLETION_SECONDS, FINDINGS_SECONDS, LAST, hundred
from tests.tools.snippets import place_after

ROUNDS = 15
KINDS: tuple[Kind, ...] = ("yaml", "json", "toml")
INSIDE = {
    "yaml": "  - Conv2D:\n      ",
    "json": '{"Conv2D": {"',
    "toml": "[[layers]]\n[layers.Conv2D]\n",
}
"""The text before the cursor for completions of a layer's arguments."""


def seconds(ask: Callable[[], Any]) -> float:
    """Return the time of one request."""
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


def completion(editing: Editor, last: str) -> list[float]:
    """Return the times of completions at the end of a hundred layers."""
    text = hundred(editing.kind, last)
    place = place_after(text.removesuffix("]}"))
    uri = editing.open(text)
    editing.server.findings(uri)
    times = []
    for number in range(ROUNDS):
        editing.server.change(uri, f"{text}\n" + " " * number)
        times.append(seconds(lambda: editing.server.complete(uri, place)))
    return times


def findings(editing: Editor) -> list[float]:
    """Return the times until the first findings of a hundred layers."""
    text = hundred(editing.kind)
    return [
        seconds(lambda: editing.server.findings(editing.open(text)))
        for _ in range(ROUNDS)
    ]


def bench(kind: Kind, schema: dict[str, Any]) -> None:
    """Print the times of one server."""
    with tempfile.TemporaryDirectory() as directory:
        start = time.perf_counter()
        with editor(kind, Path(directory), schema) as editing:
            editing.server.findings(editing.open(hundred(kind)))
            cold = time.perf_counter() - start
            times = {
                "from its start to first findings": ([cold], None),
                "first findings": (findings(editing), FINDINGS_SECONDS),
                "completion of a layer": (
                    completion(editing, LAST[kind]),
                    COMPLETION_SECONDS,
                ),
                "completion of an argument": (
                    completion(editing, INSIDE[kind]),
                    COMPLETION_SECONDS,
                ),
            }
    for what, (taken, aim) in times.items():
        wanted = f"{aim * 1e3:.0f} ms" if aim else ""
        median, best = statistics.median(taken) * 1e3, min(taken) * 1e3
        print(f"{kind:6}{what:34}{median:7.0f} ms {best:7.0f} ms {wanted:>8}")


def main() -> None:
    """Print the times of all servers that can run here."""
    schema = spec_schema(load())
    print(f"{'':6}{'100 layers':34}{'median':>10} {'best':>10} {'aim':>8}")
    for kind in KINDS:
        try:
            bench(kind, schema)
        except pytest.skip.Exception as missing:
            print(f"{kind:6}{missing}")


if __name__ == "__main__":
    main()
