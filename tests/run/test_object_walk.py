"""Every argument of all that is made inside of a layer, of `compile` and of `fit`.

As in the walk of the layers, the values come from the catalogue, go through a spec to
code, and must mean what they mean by hand.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import keras
import pytest

from scaffold.catalogue import Argument, KerasCallable, Registry
from scaffold.diagnostics import Diagnostic
from scaffold.render.source import source
from scaffold.styles.types import Sequential
from tests.run.argument_values import (
    REQUIRED,
    companies,
    disguises,
    other_clothes,
    pool,
)
from tests.run.by_hand import (
    CATALOGUE,
    FAMILIES,
    MODULES,
    all_of,
    by_name,
    difference,
    make,
    outcome,
    plain,
    run,
    value_of_kind,
)
from tests.run.uses import Use, idle_kinds
from tests.run.written import module_of

# These are tests of arguments: the models need not learn anything.
pytestmark = pytest.mark.usefixtures("no_shapes")

IN_DENSE = {
    "initializers": "kernel_initializer",
    "regularizers": "kernel_regularizer",
    "constraints": "kernel_constraint",
}
"""Where a layer takes the objects of a family."""

NOT_PLAIN = {
    "CallbackList": "is what `fit` makes of its callbacks",
    "LambdaCallback": "takes functions, and nothing else",
    "LearningRateScheduler": "takes a function",
    "MeanMetricWrapper": "takes a function",
    "MultiOptimizer": "takes a dictionary by variables",
    "OptimizerMap": "is refused by `compile`: it is no optimizer itself",
    "OrbaxCheckpoint": "needs a package that is not among the tests' own",
}
"""Classes for which a spec has no value that would be of use."""

BESIDE = {"optimizer": "sgd", "loss": "mse"}
TRAIN = {"x": [[1, 2, 3, 4]], "y": [[1]]}

OBJECTS = [
    target
    for registry in MODULES
    for name in CATALOGUE.names(registry)
    if (target := CATALOGUE.find(registry, name)) and registry != "layers"
    if not target.abstract and name not in NOT_PLAIN
]
every_object = pytest.mark.parametrize(
    "described", OBJECTS, ids=lambda item: f"{item.registry}.{item.name}"
)


@pytest.fixture(autouse=True)
def _scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets callbacks make their directories where nobody minds."""
    monkeypatch.chdir(tmp_path)


def spec_of(registry: Registry, arguments: Any) -> dict[str, Any]:
    """Makes a spec with an object where it belongs."""
    dense = {"units": 2}
    if registry in IN_DENSE:
        dense[IN_DENSE[registry]] = arguments
    spec: dict[str, Any] = {"inputs": [4], "layers": [{"Dense": dense}]}
    if registry == "optimizers":
        spec["compile"] = {"optimizer": arguments}
    elif registry == "schedules":
        spec["compile"] = {"optimizer": {"SGD": {"learning_rate": arguments}}}
    elif registry == "losses":
        spec["compile"] = {"loss": arguments}
    elif registry == "metrics":
        spec["compile"] = {"metrics": [arguments]}
    elif registry == "callbacks":
        spec |= {"compile": BESIDE, "train": {**TRAIN, "callbacks": [arguments]}}
    return spec


def written(registry: Registry, arguments: Any) -> str | Diagnostic:
    """Gives the code around an object, or the finding that stands in its way."""
    module = module_of(spec_of(registry, arguments))
    if isinstance(module, Diagnostic):
        return module
    if registry in IN_DENSE:
        assert isinstance(module.body, Sequential)
        return source(module.body.items[1].value)
    section = module.training if registry == "callbacks" else module.compiling
    assert section is not None
    sources = [source(argument.value) for argument in section.arguments]
    assert len(sources) < 2
    # The only one that may be left out, as a default, is the optimizer.
    return sources[0] if sources else repr(default_of(keras.Model.compile, "optimizer"))


def read(described: KerasCallable, code: str) -> Any:
    """Makes of code the object in it, as the layer, `compile` or `fit` would."""
    result = run(code)
    if described.registry in IN_DENSE:
        return getattr(result, IN_DENSE[described.registry])
    if isinstance(result, list):
        (result,) = result
    if described.registry in ("optimizers", "schedules"):
        return keras.optimizers.get(result)
    if isinstance(result, str):
        # Keras's string is a function, and the class is what `compile` makes of it.
        by_default = getattr(keras.losses, described.name)()
        assert by_default.fn is keras.losses.get(result)
        return by_default
    return result


def by_hand(described: KerasCallable, values: Mapping[str, Any]) -> Any:
    """Makes an object by hand, and puts it where it belongs."""
    result = make(described, values)
    if described.registry == "schedules":
        return keras.optimizers.SGD(learning_rate=result)
    if described.registry in IN_DENSE:
        layer = keras.layers.Dense(2, **{IN_DENSE[described.registry]: result})
        return getattr(layer, IN_DENSE[described.registry])
    return result


def nothing(result: object) -> None:
    """Does not use an object."""


def required(described: KerasCallable) -> dict[str, Any]:
    """Gives the arguments without which a class cannot be called."""
    names = [argument.name for argument in described.arguments if argument.required]
    return {name: REQUIRED.get(name, 0.5) for name in names}


@cache
def uses(registry: Registry, name: str) -> list[Use]:
    """Makes an object with all values for all arguments, alone and in company."""
    described = CATALOGUE.find(registry, name)
    assert described is not None
    return list(_uses(described))


def _uses(described: KerasCallable) -> Iterator[Use]:
    base = required(described)
    for argument in described.arguments:
        values = _values_of(described, argument) + disguises(argument)
        if argument.nullable and argument.default is not None:
            values.append(None)
        for value in values:
            for more in companies(described.name, argument.name):
                arguments = {**base, **more, argument.name: value}
                results = outcome(partial(by_hand, described, arguments), nothing)
                if results.error and _is_refused_whole(argument, value):
                    hand = {**arguments, argument.name: float(value)}
                    results = outcome(partial(by_hand, described, hand), nothing)
                yield Use(argument, value, arguments, results)
                if not results.error:
                    break


def _is_refused_whole(argument: Argument, value: Any) -> bool:
    """Tells whether a value is a whole number where Keras wants `1.0`.

    Optimizers refuse a learning rate of `1`, and it is written as they want it.
    """
    only_float = "float" in argument.kinds and "integer" not in argument.kinds
    return only_float and isinstance(value, int) and not isinstance(value, bool)


@every_object
def test_values(described: KerasCallable) -> None:
    """Every value that Keras takes is written, and means what it means by hand."""
    wrong = []
    for use in uses(described.registry, described.name):
        code = written(described.registry, {described.name: use.arguments})
        if isinstance(code, Diagnostic):
            if not use.by_hand.error:
                wrong.append(f"{use.arguments}: {code.code} {code.message}")
            continue
        ours = outcome(partial(read, described, code), nothing)
        if differs := difference(ours, use.by_hand):
            wrong.append(f"{use.arguments} is written {code}: {differs}")
    assert not wrong, "\n".join(wrong)


@every_object
def test_each_kind_is_tried(described: KerasCallable) -> None:
    """For every kind of every argument there is a value that Keras takes."""
    assert idle_kinds(described, uses(described.registry, described.name)) == []


@every_object
def test_defaults_are_kept(described: KerasCallable) -> None:
    """A default in the spec is in the code, and changes nothing."""
    base = required(described)
    code = written(described.registry, {described.name: base})
    assert isinstance(code, str)
    ours = outcome(partial(read, described, code), nothing)
    theirs = outcome(partial(by_hand, described, base), nothing)
    assert ours.error == "" and difference(ours, theirs) == ""
    for argument in described.arguments:
        for value in other_clothes(argument) if not argument.required else ():
            more = {**base, argument.name: value}
            longer = written(described.registry, {described.name: more})
            assert isinstance(longer, str) and len(longer) > len(code), longer
            theirs = outcome(partial(by_hand, described, more), nothing)
            # `SGD(momentum=0)` is an error, and 0.0 is not.
            if not (theirs.error and isinstance(value, int)):
                assert difference(ours, theirs) == "", more
                read_again = outcome(partial(read, described, longer), nothing)
                assert difference(read_again, theirs) == "", longer


def test_every_object_is_accounted_for() -> None:
    """An object is walked, is a base class, or is in a table with its reason."""
    walked = {(item.registry, item.name) for item in OBJECTS}
    everything = [
        target
        for registry in MODULES
        for name in CATALOGUE.names(registry)
        if (target := CATALOGUE.find(registry, name)) and registry != "layers"
    ]
    left = {
        item.name
        for item in everything
        if not item.abstract and (item.registry, item.name) not in walked
    }
    assert len(everything) == 137 and left == set(NOT_PLAIN)


def test_input() -> None:
    """What `keras.Input` takes comes to it as it is given, defaults or not."""
    described = CATALOGUE.find("methods", "Input")
    assert described is not None
    known = by_name(described)
    worked = set()
    for argument in described.arguments:
        values = [*_values_of(described, argument), argument.default]
        for value in values if argument.name != "shape" else values[:-1]:
            arguments = {"shape": [4], argument.name: value}
            module = module_of({"inputs": {"given": arguments}, "layers": ["Identity"]})
            plainly = {
                name: value_of_kind(value, known[name].kinds)
                for name, value in arguments.items()
            }
            make_it = partial(keras.Input, name="given", **plainly)
            theirs = outcome(make_it, _input_config)
            if isinstance(module, Diagnostic):
                assert theirs.error or -1 in arguments["shape"], (arguments, module)
                continue
            assert isinstance(module.body, Sequential)
            written = source(module.body.items[0].value)
            ours = outcome(partial(run, written), _input_config)
            assert difference(ours, theirs) == "", arguments
            if not theirs.error and value != argument.default:
                worked.add(argument.name)
    assert worked == set(known)


def _input_config(tensor: Any) -> Any:
    return plain(tensor._keras_history.operation.get_config())


def _values_of(described: KerasCallable, argument: Argument) -> list[Any]:
    """Gives values of all of an argument's kinds."""
    return [item for kind in argument.kinds for item in pool(described, argument, kind)]


@pytest.mark.parametrize("name", ["compile", "fit"])
def test_methods(name: str) -> None:
    """What `compile` and `fit` take comes to them as it is given."""
    described = CATALOGUE.find("methods", name)
    assert described is not None
    for argument in described.arguments:
        default = default_of(getattr(keras.Model, name), argument.name)
        values = _values_of(described, argument)
        assert values
        for value in values:
            ours = keywords(name, {argument.name: value}).get(argument.name, default)
            theirs = value_of_kind(value, argument.kinds)
            if isinstance(ours, list) and not isinstance(theirs, list):
                # Keras refuses a metric that is not in a list.
                theirs = [theirs]
            actual, wanted = (settled(side, argument) for side in (ours, theirs))
            assert difference(actual, wanted) == "", value
        for value in other_clothes(argument):
            assert argument.name in keywords(name, {argument.name: value})


def keywords(method: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Gives what a method is called with, of what a spec says."""
    layers = [{"Dense": 1, "name": "last"}]
    spec: dict[str, Any] = {"inputs": [4], "layers": layers, "compile": BESIDE}
    if any(isinstance(value, dict) and "score" in value for value in values.values()):
        spec["outputs"] = {"score": "last"}
    if method == "compile":
        spec["compile"] = {**BESIDE, **values}
    else:
        spec["train"] = {**TRAIN, **values}
    module = module_of(spec, "functional")
    assert not isinstance(module, Diagnostic), (values, module)
    section = module.compiling if method == "compile" else module.training
    assert section is not None
    return {
        str(argument.arg): run(source(argument.value)) for argument in section.arguments
    }


def settled(value: Any, argument: Argument) -> Any:
    """Gives plain data in which a string is as the object that it stands for."""
    if isinstance(value, list):
        return [settled(item, argument) for item in value]
    if isinstance(value, dict):
        return {key: settled(item, argument) for key, item in value.items()}
    for kind in argument.kinds:
        if isinstance(value, str) and kind in ("loss", "optimizer"):
            described = CATALOGUE.find_string(FAMILIES[kind], value)
            assert described is not None
            value = getattr(MODULES[described.registry], described.name)()
    return all_of(value) if hasattr(value, "__dict__") else plain(value)


def default_of(method: Any, name: str) -> Any:
    """Gives the default of an argument of a method."""
    return inspect.signature(method).parameters[name].default
