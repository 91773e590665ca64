"""What the tool writes for a use of a Keras object: its code, or a finding."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from scaffold.diagnostics import Diagnostic
from scaffold.pipeline import Source, check
from scaffold.styles.types import Module, Style
from scaffold.styles.write import write
from tests.run.by_hand import CATALOGUE


def module_of(
    spec: Mapping[str, Any], style: Style = "sequential"
) -> Module | Diagnostic:
    """Writes the module of a spec, up to where it would be laid out as text.

    Black takes most of the time that a module takes; expressions are read without it.
    """
    # A JSON file has no integers for keys.
    name, text = "walked.yaml", flow(spec)
    checked = check(Source(text.encode(), name), CATALOGUE)
    if checked.diagnostics or checked.model is None:
        return checked.diagnostics[0]
    return write(checked.model, style, CATALOGUE)


def flow(value: Any) -> str:
    """Writes plain data in YAML, all on one line."""
    if isinstance(value, Mapping):
        pairs = [f"{flow(key)}: {flow(item)}" for key, item in value.items()]
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(flow, value))}]"
    return json.dumps(value, ensure_ascii=False)


def line(value: Any) -> str:
    """Writes a value as line notation has it: `{"L2": 0.02}` is `L2(0.02)`."""
    if isinstance(value, Mapping):
        if len(value) == 1 and str(next(iter(value)))[:1].isupper():
            ((name, items),) = value.items()
            return call_of(name, items)
        return (
            f"{{{', '.join(f'{key!r}: {line(item)}' for key, item in value.items())}}}"
        )
    if isinstance(value, list):
        return f"[{', '.join(map(line, value))}]"
    return repr(value)


def call_of(name: str, arguments: Any) -> str:
    """Writes a call in line notation; `arguments` are as in keyed notation."""
    if isinstance(arguments, Mapping):
        named = (f"{key}={line(value)}" for key, value in arguments.items())
        return f"{name}({', '.join(named)})"
    listed = arguments if isinstance(arguments, list) else [arguments]
    return f"{name}({', '.join(map(line, listed))})"
