"""Params that `main` takes cannot have the name of a function that it calls."""

from __future__ import annotations

import pytest

from scaffold.pipeline import Source, check

SPEC = """
params: {NAME: 3}
inputs: [2]
layers: ["Dense(UNITS)"]
compile: {loss: mse}
train: {x: [[1, 2], [3, 4]], y: [[1, 2, 3], [1, 2, 3]], epochs: EPOCHS, verbose: 0}
"""


@pytest.mark.parametrize("name", ["len", "max", "range", "history_size"])
@pytest.mark.parametrize("is_in_main", [True, False])
def test_builtins(name: str, is_in_main: bool) -> None:
    """`len` and `max` are free where `main` does not take the param."""
    spec = SPEC.replace("NAME", name).replace(
        "EPOCHS", f"${name}" if is_in_main else "3"
    )
    spec = spec.replace("UNITS", "3" if is_in_main else name)
    diagnostics = check(Source(spec.encode(), "model.yaml")).diagnostics
    is_taken = name == "range" or (name in ("len", "max") and is_in_main)
    assert [item.code for item in diagnostics] == ["KS211"] * is_taken
