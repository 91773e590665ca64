"""A spec of a hundred layers, and how soon an editor is to answer in it."""

from __future__ import annotations

from tests.editor.servers import Kind

FINDINGS_SECONDS, COMPLETION_SECONDS = 1.0, 0.1
"""What first findings and a completion are meant to take."""


def hundred(kind: Kind, last: str = "") -> str:
    """Gives a spec of a hundred layers, and another one behind them."""
    number = range(100)
    if kind == "yaml":
        entry = "  - Conv2D: {{filters: {}, kernel_size: 3, activation: relu}}\n"
        entries = "".join(entry.format(item + 1) for item in number)
        return f"inputs: [8, 8, 1]\nlayers:\n{entries}{last}"
    if kind == "json":
        entry = '{{"Conv2D": {{"filters": {}, "kernel_size": 3}}}},\n'
        entries = "".join(entry.format(item + 1) for item in number)
        end = last or '"Flatten"'
        return f'{{"inputs": [8, 8, 1], "layers": [\n{entries}{end}]}}'
    entry = "[[layers]]\nConv2D = {{filters = {}, kernel_size = 3}}\n"
    entries = "".join(entry.format(item + 1) for item in number)
    return f"inputs = [8, 8, 1]\n{entries}{last}"


LAST = {"yaml": "  - ", "json": '{"', "toml": "[[layers]]\n"}
"""What is typed of the entry behind them when the list is asked for."""
