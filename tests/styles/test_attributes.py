"""Attributes of classes keep clear of what Keras, and a backend, have there."""

from __future__ import annotations

import pytest

from scaffold.pipeline import Source, generate


@pytest.mark.parametrize("name", ["output", "half", "children", "training", "to"])
def test_a_name_that_is_taken(name: str) -> None:
    """The layer keeps its name; the attribute has another."""
    layer = f'Dense(2, name="{name}")'
    spec = f"inputs: [4]\nlayers:\n  - {layer}\n  - Dense(1)\n"
    result, checked = generate(Source(spec.encode(), "model.yaml"), "subclass")
    assert result is not None, checked.diagnostics
    assert f'self.{name}_layer = layers.Dense(2, name="{name}")' in result.text
    assert f"self.{name}_layer(" in result.text
    assert f"self.{name} =" not in result.text
