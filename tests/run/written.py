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
        pairs = [f"{flow(key)}: {flow(one)}" for key, one in value.items()]
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(flow, value))}]"
    return json.dumps(value, ensure_ascii=False)


def line(value: Any) -> str:
    """Writes a value as line notation has it: `{"L2": 0.02}` is `L2(0.02)`."""
    if isinstance(value, Mapping):
        if len(value) == 1 and str(next(iter(value)))[:1].isupper():
            ((name, given),) = value.items()
            return call_of(name, given)
        return f"{{{', '.join(f'{key!r}: {line(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(line, value))}]"
    return repr(value)


def call_of(name: str, given: Any) -> str:
    """Writes a call in line notation; `given` is as in keyed notation."""
    if isinstance(given, Mapping):
        return (
            f"{name}({', '.join(f'{key}={line(one)}' for key, one in given.items())})"
        )
    listed = given if isinstance(given, list) else [given]
    return f"{name}({', '.join(map(line, listed))})"
