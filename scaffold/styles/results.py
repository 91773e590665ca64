"""Decide what `main` prints after training, besides the results of `evaluate`."""

from __future__ import annotations

from typing import Any

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts.activations import LINEAR
from scaffold.catalogue.facts.layers import DENSE, DENSE_WITH_MORE_WEIGHTS
from scaffold.catalogue.facts.losses import METRICS_BY_CLASS
from scaffold.ir.fold import folded
from scaffold.ir.names import Namespace, snake_case
from scaffold.ir.reserved import GLOBALS, IN_MAIN, IN_MAIN_WHERE_FREE
from scaffold.ir.types import (
    Constant,
    Graph,
    ModelIR,
    Object,
    Training,
    Value,
)
from scaffold.ir.walk import within
from scaffold.styles.types import FunctionParameter, LineWeights

_FEW = 10
"""The most epochs of which all are printed, and the number printed of more."""

_FEW_OF_FIT = 20
"""The most epochs that `fit` prints where `main` does not print them again."""

_WITH_MORE_NUMBERS = frozenset(
    (
        "callbacks",
        "initial_epoch",
        "metrics",
        "validation_data",
        "validation_split",
        "weighted_metrics",
    )
)
"""The arguments that add numbers to the history, or numbers of epochs."""

_UNKNOWN = object()
"""The value of an argument that depends on a param or is an object."""


def step_to_print(section: Training) -> int | None:
    """Decide which epochs of the history `main` prints.

    `fit` itself prints each epoch unless `verbose` is 0, which is enough for a few.

    Returns:
        A step from one epoch to the next, 0 if the number of epochs is not known, or
        `None` if no epoch is printed.
    """
    epochs, verbose = _of_fit(section, "epochs", 1), _of_fit(section, "verbose", "auto")
    # A param may have another value when `main` is called.
    if not isinstance(epochs, int):
        return 0
    if verbose in ("auto", 1, 2) and epochs <= _FEW_OF_FIT:
        return None
    if any(bound.name == "callbacks" for bound in section.fit.arguments):
        return 0  # a callback may end training early
    return 1 if epochs <= _FEW else round(epochs / _FEW)


def has_only_loss(model: ModelIR) -> bool:
    """Return whether training logs no number but the loss, from the first epoch on."""
    assert model.train is not None
    compiling = model.compile.arguments if model.compile else ()
    arguments = {bound.name for bound in (*compiling, *model.train.fit.arguments)}
    is_single = model.graph.gives == 1 and not model.hooks
    return is_single and not arguments & _WITH_MORE_NUMBERS


def starts_later(section: Training) -> bool:
    """Return whether training may start after the first epoch."""
    return any(bound.name == "initial_epoch" for bound in section.fit.arguments)


def _of_fit(section: Training, name: str, otherwise: Any) -> Any:
    """Return an argument of `fit`, `None` if it depends on a param."""
    for bound in section.fit.arguments:
        if bound.name == name:
            return folded(bound.value, {})
    return otherwise


def has_gaps(section: Training) -> bool:
    """Return whether validation may not run in every epoch."""
    return any(bound.name == "validation_freq" for bound in section.fit.arguments)


def has_vectors(section: Object | None) -> bool:
    """Return whether a metric in `compile` may have a value for each class."""
    return any(
        _is_by_class(value)
        for bound in (section.arguments if section else ())
        if bound.name in ("metrics", "weighted_metrics")
        for value in within(bound.value)
    )


def _is_by_class(value: Value) -> bool:
    by_class = {snake_case(name) for name in METRICS_BY_CLASS}
    match value:
        case Object(name=name) | Constant(value=str() as name):
            return snake_case(name) in by_class
    return False


def line_of(graph: Graph) -> LineWeights | None:
    """Return the weights of a model that is one linear layer with one unit."""
    if len(graph.nodes) != 1 or len(graph.inputs) != 1:
        return None
    (node,), (model_input,) = graph.nodes, graph.inputs
    target = node.layer.target
    is_dense = isinstance(target, KerasCallable) and target.name == DENSE
    if not is_dense or node.is_repeat or node.choice is not None:
        return None
    # A param may have another value when `build_model` is called.
    arguments = {
        bound.name: folded(bound.value, {}, _UNKNOWN) for bound in node.layer.arguments
    }
    is_line = arguments.get("units") == 1
    is_line &= arguments.get("activation") in (None, LINEAR)
    is_line &= not arguments.keys() & DENSE_WITH_MORE_WEIGHTS
    shape = folded(model_input.shape, {}) if model_input.shape is not None else None
    has_bias = arguments.get("use_bias", True)
    if not is_line or has_bias is _UNKNOWN or not isinstance(shape, list):
        return None
    return LineWeights(shape[-1:] == [1], bool(has_bias))


def free_names(params: tuple[FunctionParameter, ...]) -> dict[str, str]:
    """Return names for variables of `main` that are not the names of its params."""
    space = Namespace(*(param.name for param in params), *GLOBALS, *IN_MAIN)
    return {name: space.take(name) for name in IN_MAIN_WHERE_FREE}
