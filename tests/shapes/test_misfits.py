"""A shape is refused if Keras refuses it, and not otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from scaffold.ir import ModelIR
from scaffold.pipeline import Checked, Source, check
from tests.shapes.misfits import Case, cases

MOST = 200
"""So many entries has each spec."""

LATEST = 120
"""Of so many misfits at most, Keras says only when the model runs."""

UNKNOWN = (
    # What these refuse has to do with more than a shape.
    "RandomColorDegeneration",
    "RandomCrop",
    "STFTSpectrogram",
    'EinsumDense("abc,cd->abd", output_shape=[None, 5])',
)
"""Entries that Keras may refuse, and of which nothing is known."""


@pytest.mark.keras
def test_what_is_found_is_what_keras_refuses() -> None:
    """No call that works is refused, and no other one passes."""
    every = list(dict.fromkeys(cases()))
    agreed = refused = late = 0
    wrong: list[str] = []
    for start in range(0, len(every), MOST):
        part = every[start : start + MOST]
        text, lines = spec_of(part)
        checked = check(Source(text.encode(), "misfits.yaml"))
        ours = {
            diagnostic.span.line
            for diagnostic in checked.diagnostics
            if diagnostic.code == "KS402"
        }
        broken = {
            diagnostic.span.line
            for diagnostic in checked.diagnostics
            if diagnostic.code in ("KS302",)
        }
        for line, theirs in _answers(checked, lines):
            case = lines[line]
            is_known = not case[1].startswith(UNKNOWN)
            if line in broken or (line in ours) == theirs:
                agreed, refused = agreed + 1, refused + theirs
            elif line in ours and not _runs(case):
                late += 1
            elif line in ours or is_known:
                wrong.append(
                    f"{case[1]} <- {case[0]}: {'' if theirs else 'not '}refused"
                )
    assert wrong == []
    assert (agreed > 2_000, refused > 800, late < LATEST) == (True, True, True)


def spec_of(part: Sequence[Case]) -> tuple[str, dict[int, Case]]:
    """Write a spec of many entries, each called on inputs, and their lines."""
    shapes = list(dict.fromkeys(shape for item, _ in part for shape in item))
    names = {shape: f"in{number}" for number, shape in enumerate(shapes)}
    text = [
        "inputs:",
        *(f"  {names[shape]}: {_input(shape)}" for shape in shapes),
        "layers:",
    ]
    lines: dict[int, Case] = {}
    for number, (item, line) in enumerate(part):
        sources = ", ".join(names[shape] for shape in item)
        text.append(f"  - 'e{number} = {line} <- {sources}'")
        lines[len(text)] = (item, line)
    return "\n".join(text) + "\n", lines


def _input(shape: str) -> str:
    sizes, _, dtype = shape.partition(":")
    return f"{{shape: {sizes}, dtype: {dtype or 'float32'}}}"


def _answers(checked: Checked, lines: dict[int, Case]) -> Iterator[tuple[int, bool]]:
    """Tell for each line whether Keras refuses its call."""
    from scaffold.verify.reference.model import trace

    assert checked.model is not None
    refused = {diagnostic.span.line for diagnostic in trace(checked.model).diagnostics}
    for line in lines:
        yield line, line in refused


def _runs(case: Case) -> bool:
    """Tell whether a call works on numbers."""
    import keras

    from scaffold.verify.reference.model import ReferenceModel

    text, _ = spec_of([case])
    model = check(Source(text.encode(), "misfit.yaml")).model
    assert isinstance(model, ModelIR)
    data: dict[str, Any] = {}
    for number, shape in enumerate(dict.fromkeys(case[0])):
        sizes, _, dtype = shape.partition(":")
        known = [8 if size is None else size for size in json.loads(sizes)]
        data[f"in{number}"] = keras.ops.ones([2, *known], dtype or "float32")
    try:
        reference = ReferenceModel(model)
        return not reference.diagnostics and (
            reference.run(data if len(data) > 1 else data["in0"]) is not None
        )
    # Keras and its backends raise many sorts.
    except Exception:
        return False
