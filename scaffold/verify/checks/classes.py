"""The classes that a candidate defines, and their locations in the spec."""

from __future__ import annotations

import inspect
from typing import Any

import keras

from scaffold.diagnostics import Span
from scaffold.ir.names import camel_case
from scaffold.ir.types import Graph
from scaffold.verify.checks.subject import CandidateModel

_OF_EVERY_LAYER = ("name", "trainable", "dtype")


def classes(subject: CandidateModel) -> list[Any]:
    """Return the layers and models that a module defines."""
    return [
        value
        for value in vars(subject.module).values()
        if inspect.isclass(value)
        and issubclass(value, keras.layers.Layer)
        and value.__module__ == subject.code.module
    ]


def arguments(layer_class: Any) -> list[str]:
    """Return the arguments of a class's own constructor."""
    if "__init__" not in vars(layer_class):
        return []
    keyword_kinds = (
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        inspect.Parameter.KEYWORD_ONLY,
    )
    return [
        name
        for name, parameter in inspect.signature(layer_class).parameters.items()
        if parameter.kind in keyword_kinds and name not in _OF_EVERY_LAYER
    ]


def of_class(subject: CandidateModel, layer_class: Any) -> Span:
    """Return the location of a class: its block in the spec, or its first line."""
    graph = _graph(subject, layer_class)
    if graph is not None:
        return graph.name_span
    if layer_class.__module__ != subject.code.module:
        return subject.model_span
    return subject.code.of_definition(f"class {layer_class.__name__}")


def of_argument(subject: CandidateModel, layer_class: Any, name: str) -> Span:
    """Return the location of a constructor's argument: its param in the spec."""
    graph = _graph(subject, layer_class)
    for param in graph.params if graph else ():
        if param.name == name:
            return param.span
    return of_class(subject, layer_class)


def _graph(subject: CandidateModel, layer_class: Any) -> Graph | None:
    """Return the graph that a class is generated from."""
    model = subject.code.job.model
    for graph in model.graphs if model else ():
        if camel_case(graph.name) == layer_class.__name__:
            return graph
    return None
