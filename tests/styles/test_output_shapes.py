"""The docstring of `build_model` states the shape of the output, for all params."""

from __future__ import annotations

import re

from scaffold.catalogue import load
from scaffold.ir.types import Constant, Origin
from scaffold.pipeline import Source, check
from scaffold.shapes import infer
from scaffold.styles.output_shapes import describe_outputs
from scaffold.styles.values import Writer
from tests.goldens import specs

CATALOGUE = load()
HEAD = "params: {n: 3}\ninputs: [8, 4]\nlayers:\n"


def described(layers: list[str], more: str = "", head: str = HEAD) -> str:
    """Return the sentence about a spec with some layers."""
    text = head + "".join(f"  - {layer}\n" for layer in layers) + more
    checked = check(Source(text.encode(), "m.yaml"), CATALOGUE)
    assert checked.model is not None and not checked.diagnostics, checked.diagnostics
    return describe_outputs(checked.model, Writer(CATALOGUE))


def test_sizes_are_those_of_the_code() -> None:
    """The last size is written as in the code, and known sizes are numbers."""
    flat = "Flatten"
    shape = "Its output has the shape"
    assert described([flat, "Dense(2 * n)", "Softmax"]) == f"{shape} (batch, 2 * n)."
    assert described([flat, "Dense(n)", "Dense(5)"]) == f"{shape} (batch, 5)."
    fixed = "inputs: [8, 4]\nlayers:\n"
    assert described(["Conv1D(5, 3)"], head=fixed) == f"{shape} (batch, 6, 5)."
    several = described(
        ["Flatten", "a = Dense(n)", "b = Dense(1)"], "outputs: {x: a, y: b}\n"
    )
    assert several == (
        "Its output is a dictionary with `x` of shape (batch, n) and `y` of shape "
        "(batch, 1)."
    )


def test_unknown_shapes_are_not_described() -> None:
    """Nothing is said if params may change the shape in another way."""
    for layers in (
        ["Conv1D(5, n)"],
        ["Flatten", "Dense(n) if n > 3 else Dense(2)"],
        ["Flatten", "Dense(4) * n"],
        ["ops.reshape([-1, 4])", "Dense(n)"],
        ["Flatten() if n > 2", "Dense(n)"],
    ):
        assert described(layers) == "", layers


def test_other_values_of_params() -> None:
    """With other values, the shapes of all cases are those that are described."""
    count = 0
    for path in specs():
        source = Source(path.read_bytes(), path.name)
        model = check(source, CATALOGUE).model
        assert model is not None
        text = describe_outputs(model, Writer(CATALOGUE))
        defaults = {
            param.name: param.default.value * 2
            for param in model.graph.params
            if isinstance(param.default, Constant) and type(param.default.value) is int
        }
        changed = source._replace(
            params=tuple((n, str(v)) for n, v in defaults.items())
        )
        other = check(changed, CATALOGUE)
        if other.model is None or other.diagnostics:
            continue
        known = infer(other.model, CATALOGUE).descriptions
        graph = other.model.graph
        for tensor, shape in zip(
            graph.outputs.tensors, re.findall(r"\(batch, [^)]+\)", text), strict=False
        ):
            sizes = eval(shape, {"batch": None, **defaults})
            inferred = known.get(Origin("", tensor.node), str(sizes))
            assert inferred == str(sizes), (path.name, text)
            count += 1
    assert count > 30
