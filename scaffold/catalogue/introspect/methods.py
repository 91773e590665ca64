"""Describe the calls around a model: `keras.Input`, `Model.compile`, `Model.fit`.

Their arguments take values of so many kinds that the kinds are in a table, whose values
are tried. Names, order and defaults are read from Keras.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from scaffold.catalogue.introspect.installed import keras, numpy
from scaffold.catalogue.introspect.signatures import own_arguments
from scaffold.catalogue.introspect.trials import works
from scaffold.catalogue.types import Argument, KerasCallable, Kind


class AcceptedArgument(NamedTuple):
    """The accepted values of an argument.

    Attributes:
        kinds: Its kinds.
        shown: Values that must work.
        choices: Its choices.
    """

    kinds: tuple[Kind, ...]
    shown: tuple[Any, ...]
    choices: tuple[Any, ...] = ()


_FLAG = AcceptedArgument(("boolean",), (True, False))
_COUNT = AcceptedArgument(("integer",), (1,))
_METRICS = AcceptedArgument(("metric", "list", "dict"), (["mae"], {"one": ["mae"]}))
"""Keras requires a list or a dict here; `metric` is the kind of its items."""

INPUT: dict[str, AcceptedArgument] = {
    "shape": AcceptedArgument(("shape",), ((8, None),)),
    "batch_size": _COUNT,
    "dtype": AcceptedArgument(("dtype",), ("int32",)),
    "sparse": _FLAG,
    "ragged": _FLAG,
    "optional": _FLAG,
}
"""Without `batch_shape`, `name` and `tensor`, for which a spec has other syntax."""

COMPILE: dict[str, AcceptedArgument] = {
    "optimizer": AcceptedArgument(("optimizer",), ("sgd",)),
    "loss": AcceptedArgument(
        ("loss", "list", "dict"), ("mse", ["mse"], {"one": "mse"})
    ),
    "loss_weights": AcceptedArgument(
        ("float", "list", "dict"), (0.5, [0.5], {"one": 0.5})
    ),
    "metrics": _METRICS,
    "weighted_metrics": _METRICS,
    "run_eagerly": _FLAG,
    "steps_per_execution": _COUNT,
    "jit_compile": AcceptedArgument(("boolean", "choice"), (False, "auto"), ("auto",)),
    "auto_scale_loss": _FLAG,
}

FIT: dict[str, AcceptedArgument] = {
    "batch_size": _COUNT,
    "epochs": _COUNT,
    "verbose": AcceptedArgument(("integer", "choice"), (0, "auto"), ("auto", 0, 1, 2)),
    "callbacks": AcceptedArgument(("callback", "list"), ()),
    "validation_split": AcceptedArgument(("float",), (0.5,)),
    "shuffle": _FLAG,
    "class_weight": AcceptedArgument(("dict",), ({0: 1.0, 1: 2.0},)),
    "initial_epoch": _COUNT,
    "steps_per_epoch": _COUNT,
    "validation_steps": _COUNT,
    "validation_batch_size": _COUNT,
    "validation_freq": AcceptedArgument(("integer", "list"), (1, [1])),
}
"""Without the data, for which `train` in a spec has its own keys."""


URLS: dict[str, str] = {
    "Input": "https://keras.io/api/layers/core_layers/input/",
    "compile": "https://keras.io/api/models/model_training_apis/",
    "fit": "https://keras.io/api/models/model_training_apis/",
}


def describe_methods() -> list[KerasCallable]:
    """Describe `Input`, `compile` and `fit`."""
    package = keras()
    return [
        _describe("Input", package.Input, INPUT, _make_input, positional=1),
        _describe("compile", package.Model.compile, COMPILE, _compile),
        _describe("fit", package.Model.fit, FIT, _fit),
    ]


def _describe(
    name: str,
    target: Callable[..., Any],
    table: dict[str, AcceptedArgument],
    run: Callable[..., None],
    positional: int = 0,
) -> KerasCallable:
    arguments = [
        _argument(argument, table[argument.name], run)
        for argument in own_arguments(target)
        if argument.name in table
    ]
    return KerasCallable(
        name,
        "methods",
        arguments=tuple(arguments),
        positional=positional,
        url=URLS[name],
    )


def _argument(
    argument: Argument, accepted: AcceptedArgument, run: Callable[..., None]
) -> Argument:
    for value in accepted.shown:
        if not works(partial(run, **{argument.name: value})):
            print(f"{run.__name__}({argument.name}={value!r}) fails", file=sys.stderr)
    return argument._replace(
        kinds=accepted.kinds,
        choices=accepted.choices,
        nullable=argument.default is None,
    )


def _make_input(**arguments: Any) -> None:
    keras().Input(**{"shape": (8,), **arguments})


def _compile(**arguments: Any) -> None:
    """Compile and train, as `compile` alone checks nothing."""
    inputs, outputs = _ends()
    # The output has a name, so that it can have a loss by name.
    model = keras().Model(inputs, {"one": outputs})
    model.compile(
        **{"optimizer": "sgd", "loss": "mse", "run_eagerly": True, **arguments}
    )
    _train(model, {"one": _ones()})


def _fit(**arguments: Any) -> None:
    model = keras().Model(*_ends())
    model.compile(optimizer="sgd", loss="mse", run_eagerly=True)
    _train(model, _ones(), **arguments)


def _ends() -> tuple[Any, Any]:
    inputs = keras().Input((1,))
    return inputs, keras("keras.layers").Dense(1)(inputs)


def _ones() -> Any:
    return numpy().ones((2, 1))


def _train(model: Any, labels: Any, **arguments: Any) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        model.fit(_ones(), labels, **{"verbose": 0, **arguments})
