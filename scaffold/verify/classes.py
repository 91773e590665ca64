"""The classes that a candidate defines, and what of the spec they come from."""

from __future__ import annotations

import inspect
from typing import Any

import keras

from scaffold.diagnostics import Span
from scaffold.ir.names import camel_case
from scaffold.ir.types import Graph
from scaffold.verify.subject import Subject

_OF_EVERY_LAYER = ("name", "trainable", "dtype")


def classes(subject: Subject) -> list[Any]:
    """Gives the layers and models that a module defines."""
    return [
        one
        for one in vars(subject.module).values()
        if inspect.isclass(one)
        and issubclass(one, keras.layers.Layer)
        and one.__module__ == subject.code.module
    ]


def arguments(one: Any) -> list[str]:
    """Gives the arguments that a class's constructor has of its own."""
    if "__init__" not in vars(one):
        return []
    named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return [
        name
        for name, given in inspect.signature(one).parameters.items()
        if given.kind in named and name not in _OF_EVERY_LAYER
    ]


def of_class(subject: Subject, one: Any) -> Span:
    """Gives the place of a class: its block in the spec, or its first line."""
    graph = _graph(subject, one)
    if graph is not None:
        return graph.name_span
    if one.__module__ != subject.code.module:
        return subject.whole
    return subject.code.of_definition(f"class {one.__name__}")


def of_argument(subject: Subject, one: Any, name: str) -> Span:
    """Gives the place of a constructor's argument: its param's in the spec."""
    graph = _graph(subject, one)
    for param in graph.params if graph else ():
        if param.name == name:
            return param.span
    return of_class(subject, one)


def _graph(subject: Subject, one: Any) -> Graph | None:
    """Finds what a class is generated from."""
    model = subject.code.job.model
    for graph in model.graphs if model else ():
        if camel_case(graph.name) == one.__name__:
            return graph
    return None
