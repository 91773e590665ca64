"""KS207: an entry that has the name of another entry, or of an input."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic


def repeated_name(scope: Scope) -> Iterator[Diagnostic]:
    """Reports entries that have the name of another entry or of an input."""
    first = {given.name: given.span.line for given in scope.graph.inputs}
    for node in scope.graph.nodes:
        if node.name in first:
            line = first[node.name]
            where = f", in line {line}" if line else ""
            message = f"the name `{node.name}` is taken{where}"
            help_ = "a name is one step's: choose another"
            yield Diagnostic("KS207", message, node.name_span, help_)
        else:
            first[node.name] = node.name_span.line
