"""KS207: an entry that has the name of another entry, or of an input."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.types import Graph, Node


class KS207(Code):
    """A name is taken by another entry or an input.

    What it does:
        Reports the second of two steps with one name. A row of layers called `stage`
        has the names `stage_0`, `stage_1`...; and in the functional style, a layer
        `norm` inside of a block `encoder` is `encoder_norm`.

    Why:
        Keras wants the names of a model's layers to differ, and so do those who refer
        to them.

    Example:
        inputs: [4]
        layers:
          - hidden = Dense(8)
          - hidden = Dense(8)

    Instead:
        inputs: [4]
        layers:
          - hidden = Dense(8)
          - output = Dense(8)
    """

    name = "repeated-name"


_HELP = "a name is one step's: choose another"


@rule(KS207, early=True)
def repeated_name(context: RuleContext) -> Iterator[Diagnostic]:
    """Report entries that have the name of another entry or of an input."""
    first = {
        graph_input.name: graph_input.span.line for graph_input in context.graph.inputs
    }
    if len(first) < len(context.graph.inputs):
        yield from _inputs(context.graph)
    for node in context.graph.nodes:
        if node.name in first:
            line = first[node.name]
            where = f", in line {line}" if line else ""
            message = f"the name `{node.name}` is taken{where}"
            yield Diagnostic("KS207", message, node.name_span, _HELP)
        else:
            first[node.name] = node.name_span.line
    yield from _in_rows(context.graph)
    for node, loop in context.loops:
        if len(set(loop.names)) < len(loop.names):
            message = f"two values in the loop of `{node.name}` have one name"
            yield Diagnostic("KS207", message, loop.span, _HELP)


def _inputs(graph: Graph) -> Iterator[Diagnostic]:
    """Report inputs of a block that have one name; a model's are a mapping's keys."""
    seen = set()
    for graph_input in graph.inputs:
        if graph_input.name in seen:
            message = f"there is another input `{graph_input.name}`"
            yield Diagnostic("KS207", message, graph_input.span, _HELP)
        seen.add(graph_input.name)


def _in_rows(graph: Graph) -> Iterator[Diagnostic]:
    """Report names that the layers of a row have: `stage_0`, `stage_1`..."""
    rows = {node.name: node for node in graph.nodes if is_named_row(node)}
    if not rows:
        return
    singles = [
        (node.name, node.name_span)
        for node in graph.nodes
        if node.is_named and not node.is_row and not node.is_op
    ]
    if not graph.is_block:
        singles += [
            (model_input.name, model_input.span) for model_input in graph.inputs
        ]
    for name, span in singles:
        row = rows.get(re.sub(r"_(0|[1-9][0-9]*)$", "", name))
        if row is not None and row.name != name:
            message = f"the name `{name}` is one of the row `{row.name}`'s"
            help_ = f"the layers of a row are `{row.name}_0`, `{row.name}_1`..."
            yield Diagnostic("KS207", message, span, help_)


def is_named_row(node: Node) -> bool:
    """Return whether a node is a row whose layers its author named."""
    is_given = node.name_span != node.layer.name_span
    return node.is_row and node.is_named and is_given and not node.is_op
