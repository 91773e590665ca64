"""Whatever a spec says, the code of each style is the same network."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from scaffold.diagnostics import has_errors, report
from scaffold.ir import ModelIR
from scaffold.pipeline import Source, check, generate
from tests.styles.interpret import run
from tests.styles.random_specs import random_spec
from tests.styles.stand_ins import Keras, KerasOfClasses, Module, Tensor, network

pytestmark = pytest.mark.slow


def meaning(model: ModelIR) -> list[str]:
    """Gives the network that a model is."""
    graph = model.graph
    inputs = [Tensor("input") for _ in graph.inputs]
    return network(run(graph, [*inputs]), inputs)


def written(text: str, style: str, names: list[str]) -> list[str]:
    """Runs code with stand-ins, and gives the network that comes out."""
    keras: Any = KerasOfClasses() if style == "subclass" else Keras()
    layers, ops = Module(of_functions=False), Module(of_functions=True)
    scope: dict[str, Any] = {"keras": keras, "layers": layers, "ops": ops}
    tree = ast.parse(text)
    tree.body = [item for item in tree.body if not isinstance(item, ast.ImportFrom)]
    tree.body = [item for item in tree.body if not isinstance(item, ast.Import)]
    exec(compile(tree, "model.py", "exec"), scope)
    if style == "functional":
        model = scope["build_model"]()
        return network(model.outputs, model.inputs)
    inputs = [Tensor("input") for _ in names]
    arguments: Any = inputs[0]
    if len(names) > 1:
        arguments = dict(zip(names, inputs, strict=True))
    return network(scope["M"]()(arguments), inputs)


@pytest.mark.parametrize("seed", range(60))
def test_network(seed: int) -> None:
    """Each style calls the layers of the spec on the tensors of the spec.

    Stand-ins take the place of Keras: what code means is all that they look at.
    """
    spec = random_spec(seed)
    source = Source(spec.encode(), "model.yaml")
    checked = check(source)
    assert checked.model is not None
    assert not has_errors(
        checked.diagnostics
    ), f"{report(checked.diagnostics, 'short')}\n{spec}"
    wanted = meaning(checked.model)
    names = [item.name for item in checked.model.graph.inputs]
    for style in ("functional", "subclass"):
        result, _ = generate(source, style)
        assert result is not None
        assert written(result.text, style, names) == wanted, f"{style}\n{spec}"


def test_stand_ins_tell_networks_apart() -> None:
    """Other layers, other tensors, and weights that are not shared are seen."""
    head = "name: m\ninputs: {a: [4], b: [4]}\nlayers:\n"
    texts = [
        "  - d = Dense(3) <- a\n  - e = reuse(d) <- b\n  - Add() <- d, e\n",
        "  - d = Dense(3) <- a\n  - e = Dense(3) <- b\n  - Add() <- d, e\n",
        "  - d = Dense(3) <- a\n  - e = Dense(4) <- b\n  - Add() <- d, e\n",
        "  - d = Dense(3) <- a\n  - e = reuse(d) <- b\n  - Add() <- e, d\n",
        "  - d = Dense(3) <- b\n  - e = reuse(d) <- a\n  - Add() <- e, e, d\n",
    ]
    networks = []
    for text in texts:
        model = check(Source((head + text).encode(), "model.yaml")).model
        assert model is not None
        networks.append(tuple(meaning(model)))
    assert len(set(networks)) == len(texts)
