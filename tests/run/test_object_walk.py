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
    made,
    make,
    outcome,
    plain,
    run,
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
    found
    for registry in MODULES
    for name in CATALOGUE.names(registry)
    if (found := CATALOGUE.find(registry, name)) and registry != "layers"
    if not found.abstract and name not in NOT_PLAIN
]
every_object = pytest.mark.parametrize(
    "described", OBJECTS, ids=lambda one: f"{one.registry}.{one.name}"
)


@pytest.fixture(autouse=True)
def _scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets callbacks make their directories where nobody minds."""
    monkeypatch.chdir(tmp_path)


def spec_of(registry: Registry, given: Any) -> dict[str, Any]:
    """Makes a spec with an object where it belongs."""
    dense = {"units": 2}
    if registry in IN_DENSE:
        dense[IN_DENSE[registry]] = given
    spec: dict[str, Any] = {"inputs": [4], "layers": [{"Dense": dense}]}
    if registry == "optimizers":
        spec["compile"] = {"optimizer": given}
    elif registry == "schedules":
        spec["compile"] = {"optimizer": {"SGD": {"learning_rate": given}}}
    elif registry == "losses":
        spec["compile"] = {"loss": given}
    elif registry == "metrics":
        spec["compile"] = {"metrics": [given]}
    elif registry == "callbacks":
        spec |= {"compile": BESIDE, "train": {**TRAIN, "callbacks": [given]}}
    return spec


def written(registry: Registry, given: Any) -> str | Diagnostic:
    """Gives the code around an object, or the finding that stands in its way."""
    module = module_of(spec_of(registry, given))
    if isinstance(module, Diagnostic):
        return module
    if registry in IN_DENSE:
        assert isinstance(module.body, Sequential)
        return source(module.body.items[1].value)
    section = module.training if registry == "callbacks" else module.compiling
    assert section is not None
    found = [source(one.value) for one in section.arguments]
    assert len(found) < 2
    # The only one that may be left out, as a default, is the optimizer.
    return found[0] if found else repr(default_of(keras.Model.compile, "optimizer"))


def read(described: KerasCallable, code: str) -> Any:
    """Makes of code the object in it, as the layer, `compile` or `fit` would."""
    found = run(code)
    if described.registry in IN_DENSE:
        return getattr(found, IN_DENSE[described.registry])
    if isinstance(found, list):
        (found,) = found
    if described.registry in ("optimizers", "schedules"):
        return keras.optimizers.get(found)
    if isinstance(found, str):
        # Keras's string is a function, and the class is what `compile` makes of it.
        by_default = getattr(keras.losses, described.name)()
        assert by_default.fn is keras.losses.get(found)
        return by_default
    return found


def by_hand(described: KerasCallable, given: Mapping[str, Any]) -> Any:
    """Makes an object by hand, and puts it where it belongs."""
    found = make(described, given)
    if described.registry == "schedules":
        return keras.optimizers.SGD(learning_rate=found)
    if described.registry in IN_DENSE:
        layer = keras.layers.Dense(2, **{IN_DENSE[described.registry]: found})
        return getattr(layer, IN_DENSE[described.registry])
    return found


def nothing(found: object) -> None:
    """Does not use an object."""


def required(described: KerasCallable) -> dict[str, Any]:
    """Gives the arguments without which a class cannot be called."""
    names = [one.name for one in described.arguments if one.required]
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
                given = {**base, **more, argument.name: value}
                found = outcome(partial(by_hand, described, given), nothing)
                if found.error and _is_refused_whole(argument, value):
                    hand = {**given, argument.name: float(value)}
                    found = outcome(partial(by_hand, described, hand), nothing)
                yield Use(argument, value, given, found)
                if not found.error:
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
    for one in uses(described.registry, described.name):
        code = written(described.registry, {described.name: one.given})
        if isinstance(code, Diagnostic):
            if not one.by_hand.error:
                wrong.append(f"{one.given}: {code.code} {code.message}")
            continue
        ours = outcome(partial(read, described, code), nothing)
        if differs := difference(ours, one.by_hand):
            wrong.append(f"{one.given} is written {code}: {differs}")
    assert not wrong, "\n".join(wrong)


@every_object
def test_each_kind_is_tried(described: KerasCallable) -> None:
    """For every kind of every argument there is a value that Keras takes."""
    assert idle_kinds(described, uses(described.registry, described.name)) == []


@every_object
def test_defaults_are_left_out(described: KerasCallable) -> None:
    """A default that is said is not written, and changes nothing."""
    base = required(described)
    code = written(described.registry, {described.name: base})
    assert isinstance(code, str)
    ours = outcome(partial(read, described, code), nothing)
    theirs = outcome(partial(by_hand, described, base), nothing)
    assert ours.error == "" and difference(ours, theirs) == ""
    for argument in described.arguments:
        for value in other_clothes(argument) if not argument.required else ():
            said = {**base, argument.name: value}
            assert written(described.registry, {described.name: said}) == code, said
            theirs = outcome(partial(by_hand, described, said), nothing)
            # `SGD(momentum=0)` is an error, and 0.0 is not.
            if not (theirs.error and isinstance(value, int)):
                assert difference(ours, theirs) == "", said


def test_every_object_is_accounted_for() -> None:
    """An object is walked, is a base class, or is in a table with its reason."""
    walked = {(one.registry, one.name) for one in OBJECTS}
    everything = [
        found
        for registry in MODULES
        for name in CATALOGUE.names(registry)
        if (found := CATALOGUE.find(registry, name)) and registry != "layers"
    ]
    left = {
        one.name
        for one in everything
        if not one.abstract and (one.registry, one.name) not in walked
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
            given = {"shape": [4], argument.name: value}
            module = module_of({"inputs": {"given": given}, "layers": ["Identity"]})
            plainly = {
                name: made(one, known[name].kinds) for name, one in given.items()
            }
            make_it = partial(keras.Input, name="given", **plainly)
            theirs = outcome(make_it, _input_config)
            if isinstance(module, Diagnostic):
                assert theirs.error or -1 in given["shape"], (given, module)
                continue
            assert isinstance(module.body, Sequential)
            written = source(module.body.items[0].value)
            ours = outcome(partial(run, written), _input_config)
            assert difference(ours, theirs) == "", given
            if not theirs.error and value != argument.default:
                worked.add(argument.name)
    assert worked == set(known)


def _input_config(tensor: Any) -> Any:
    return plain(tensor._keras_history.operation.get_config())


def _values_of(described: KerasCallable, argument: Argument) -> list[Any]:
    """Gives values of all of an argument's kinds."""
    return [one for kind in argument.kinds for one in pool(described, argument, kind)]


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
            theirs = made(value, argument.kinds)
            if isinstance(ours, list) and not isinstance(theirs, list):
                # Keras refuses a metric that is not in a list.
                theirs = [theirs]
            found, wanted = (settled(one, argument) for one in (ours, theirs))
            assert difference(found, wanted) == "", value
        for value in other_clothes(argument):
            assert argument.name not in keywords(name, {argument.name: value})


def keywords(method: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Gives what a method is called with, of what a spec says."""
    layers = [{"Dense": 1, "name": "last"}]
    spec: dict[str, Any] = {"inputs": [4], "layers": layers, "compile": BESIDE}
    if any(isinstance(one, dict) and "score" in one for one in given.values()):
        spec["outputs"] = {"score": "last"}
    if method == "compile":
        spec["compile"] = {**BESIDE, **given}
    else:
        spec["train"] = {**TRAIN, **given}
    module = module_of(spec, "functional")
    assert not isinstance(module, Diagnostic), (given, module)
    section = module.compiling if method == "compile" else module.training
    assert section is not None
    return {str(one.arg): run(source(one.value)) for one in section.arguments}


def settled(value: Any, argument: Argument) -> Any:
    """Gives plain data in which a string is as the object that it stands for."""
    if isinstance(value, list):
        return [settled(one, argument) for one in value]
    if isinstance(value, dict):
        return {key: settled(one, argument) for key, one in value.items()}
    for kind in argument.kinds:
        if isinstance(value, str) and kind in ("loss", "optimizer"):
            described = CATALOGUE.find_string(FAMILIES[kind], value)
            assert described is not None
            value = getattr(MODULES[described.registry], described.name)()
    return all_of(value) if hasattr(value, "__dict__") else plain(value)


def default_of(method: Any, name: str) -> Any:
    """Gives the default of an argument of a method."""
    return inspect.signature(method).parameters[name].default
