"""Every argument of every layer that takes one tensor, with other values and its own.

The values come from the kinds that the catalogue gives an argument. Each goes through a
spec to code, and the code is run: what comes of it must be what comes of the same class
called by hand. All that the catalogue has is walked; nothing is picked, but for objects
that dozens of layers take alike: an argument has half of those, and the next the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from scaffold.catalogue import Argument, KerasCallable, Kind
from scaffold.diagnostics import Diagnostic
from scaffold.render.source import source
from scaffold.styles import STYLES
from scaffold.styles.types import Sequential
from tests.run.argument_values import companies, disguises, other_clothes, pool
from tests.run.by_hand import (
    CATALOGUE,
    Outcome,
    all_of,
    call,
    difference,
    make,
    outcome,
    run,
)
from tests.run.modules import load_module, source_of
from tests.run.uses import Use, idle_kinds
from tests.run.written import call_of, flow, module_of

# These are tests of arguments: the models need not learn anything.
pytestmark = pytest.mark.usefixtures("no_shapes")

SEVERAL = "several"
"""The name of a layer that gives several tensors."""

TAKEN_ALIKE: frozenset[Kind] = frozenset(("constraint", "initializer", "regularizer"))
"""Kinds of objects that layers only keep, or hand on to their weights."""

WALKED = [
    layer
    for name in CATALOGUE.names("layers")
    if (layer := CATALOGUE.find("layers", name))
    if layer.takes == "one" and layer.example is not None
]
every_layer = pytest.mark.parametrize("layer", WALKED, ids=lambda item: item.name)


@pytest.fixture(autouse=True)
def _vocabularies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the vocabularies that some values name where they are looked for."""
    monkeypatch.chdir(tmp_path)
    Path("words.txt").write_text("c\nd\n", encoding="utf-8")
    Path("numbers.txt").write_text("1\n2\n", encoding="utf-8")


def tried(layer: KerasCallable, make_it: Any) -> Outcome:
    """Makes a layer and calls it on what its example takes."""
    assert layer.example is not None
    example = layer.example
    return outcome(make_it, partial(call, shape=example.shapes[0], dtype=example.dtype))


def use(layer: KerasCallable, argument: Argument, value: Any, **more: Any) -> Use:
    """Uses a layer by hand, as in its example but for an argument and its company."""
    assert layer.example is not None
    arguments = {**layer.example.arguments, **more, argument.name: value}
    results = tried(layer, partial(make, layer, arguments))
    if not results.error and len(results.gives) > 1:
        # A spec has to say which of several tensors it means, and calls them by name.
        arguments["name"] = SEVERAL
        results = tried(layer, partial(make, layer, arguments))
    return Use(argument, value, arguments, results)


@cache
def uses(layer: str) -> list[Use]:
    """Uses a layer with all values for all arguments, alone and in company."""
    described = CATALOGUE.find("layers", layer)
    assert described is not None
    return list(_uses(described))


def _uses(layer: KerasCallable) -> Iterator[Use]:
    for argument in layer.arguments:
        values = [
            item for kind in argument.kinds for item in some(layer, argument, kind)
        ]
        values += disguises(argument)
        if argument.nullable and argument.default is not None:
            values.append(None)
        for value in values:
            for more in companies(layer.name, argument.name):
                results = use(layer, argument, value, **more)
                yield results
                if not results.by_hand.error:
                    break


def some(layer: KerasCallable, argument: Argument, kind: Kind) -> list[Any]:
    """Gives values of a kind: all, or those whose turn it is."""
    values = pool(layer, argument, kind)
    if kind not in TAKEN_ALIKE:
        return values
    turn = WALKED.index(layer) + layer.arguments.index(argument)
    return values[turn % 2 :: 2]


def written(layer: KerasCallable, values: Mapping[str, Any]) -> str | Diagnostic:
    """Gives the code that is written for a use of a layer, or the finding."""
    assert layer.example is not None
    shape = {"shape": layer.example.shapes[0], "dtype": layer.example.dtype}
    entry = {layer.name: values}
    spec = {"inputs": {"given": shape}, "layers": [entry]}
    if values.get("name") == SEVERAL:
        spec["outputs"] = f"{SEVERAL}[0]"
    module = module_of(spec)
    if isinstance(module, Diagnostic):
        return module
    assert isinstance(module.body, Sequential)
    return source(module.body.items[1].value)


@every_layer
def test_values(layer: KerasCallable) -> None:
    """Every value that Keras takes is written, and means what it means by hand."""
    wrong = []
    for use in uses(layer.name):
        code = written(layer, use.arguments)
        if isinstance(code, Diagnostic):
            if not use.by_hand.error:
                wrong.append(f"{dict(use.arguments)}: {code.code} {code.message}")
            continue
        ours = tried(layer, partial(run, code))
        if differs := difference(ours, use.by_hand):
            wrong.append(f"{dict(use.arguments)} is written {code}: {differs}")
    assert not wrong, "\n".join(wrong)


@every_layer
def test_each_kind_is_tried(layer: KerasCallable) -> None:
    """For every kind of every argument there is a value with which the layer works."""
    assert idle_kinds(layer, uses(layer.name)) == []


@every_layer
def test_defaults_are_kept(layer: KerasCallable) -> None:
    """A default in the spec is in the code, and changes nothing."""
    assert layer.example is not None
    for argument in layer.arguments:
        if argument.required:
            continue
        without = dict(layer.example.arguments)
        without.pop(argument.name, None)
        shorter = written(layer, without)
        assert isinstance(shorter, str)
        for value in other_clothes(argument):
            tried_use = use(layer, argument, value)
            code = written(layer, tried_use.arguments)
            assert isinstance(code, str) and len(code) > len(shorter), code
            for text in (code, shorter):
                ours = tried(layer, partial(run, text))
                assert difference(ours, tried_use.by_hand) == "", text


@every_layer
def test_all_at_once(layer: KerasCallable, tmp_path: Path) -> None:
    """With all arguments that go together, in line notation, a module is right."""
    assert layer.example is not None
    arguments = dict(layer.example.arguments)
    taken = set()
    for use in uses(layer.name):
        if use.argument.name in taken or use.by_hand.error:
            continue
        more = {**arguments, use.argument.name: use.value}
        results = tried(layer, partial(make, layer, more))
        if not results.error and len(results.gives) == 1:
            arguments = more
            taken.add(use.argument.name)
    assert len(taken) >= len(layer.arguments) * 0.6
    shape = {"shape": layer.example.shapes[0], "dtype": layer.example.dtype}
    if arguments.get("stateful"):
        shape["batch_size"] = 2
    entry = call_of(layer.name, arguments)
    spec = {"name": "whole", "inputs": {"given": shape}, "layers": [entry]}
    style = STYLES[WALKED.index(layer) % 3] if layer.in_graphs else "subclass"
    model = load_module(source_of(flow(spec), style), tmp_path).build_model()
    by_hand = make(layer, arguments)
    call(by_hand, layer.example.shapes[0], layer.example.dtype)
    ours = model.layers[-1]
    assert difference(all_of(ours)[:2], all_of(by_hand)[:2]) == ""
    assert weights(ours) == weights(by_hand)


def weights(layer: Any) -> list[Any]:
    """Gives shape, dtype and trainability of a layer's weights."""
    return [(tensor.shape, tensor.dtype, tensor.trainable) for tensor in layer.weights]
