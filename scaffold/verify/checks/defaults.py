"""Checks that functions and classes have the defaults of the spec's params."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from typing import Any

from scaffold.diagnostics import Diagnostic
from scaffold.ir.names import camel_case, snake_case
from scaffold.ir.types import Graph
from scaffold.verify.checks.subject import CandidateModel
from scaffold.verify.recording.plain_config import is_alike


def defaults(subject: CandidateModel) -> Iterator[Diagnostic]:
    """Find params whose defaults differ from the spec."""
    if subject.baseline is None:
        return
    reference = subject.baseline.reference
    for graph in reference.model.graphs:
        expected = reference.defaults(graph)
        spans = {param.name: param.span for param in graph.params}
        for holder in _holders(subject, graph):
            for name, param in inspect.signature(holder).parameters.items():
                if name not in expected or is_alike(expected[name], param.default):
                    continue
                message = (
                    f"`{name}` of `{holder.__name__}` defaults to {param.default!r}, "
                    f"and should default to {expected[name]!r}"
                )
                if param.default is param.empty:
                    message = f"`{name}` of `{holder.__name__}` has no default, "
                    message += f"and should default to {expected[name]!r}"
                help_ = f"write `{name}={expected[name]!r}` in the signature"
                yield Diagnostic("KS711", message, spans[name], help_)


def _holders(subject: CandidateModel, graph: Graph) -> Sequence[Any]:
    """Return the functions and the class that take the params of a graph."""
    names = [camel_case(graph.name), snake_case(graph.name)]
    if not graph.is_block:
        names = [names[0], "build_model", "compile_model", "main"]
    holders = (vars(subject.module).get(name) for name in names)
    return [
        holder
        for holder in holders
        if callable(holder) and holder.__module__ == subject.code.module
    ]
