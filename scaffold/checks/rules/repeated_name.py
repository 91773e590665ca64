"""KS207: an entry that has the name of another entry, or of an input."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.types import Graph, Node


class KS207(Code):
    """A name is already used by another entry or an input.

    What it does:
        Reports the second of two steps with the same name. The layers of a repeat named
        `stage` have the names `stage_0`, `stage_1`...; and in the functional style, a
        layer `norm` inside a block `encoder` has the name `encoder_norm`.

    Why:
        Keras requires unique layer names in a model, and a reference to a name must be
        unambiguous.

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


_HELP = "names must be unique: choose another one"


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
            where = f" in line {line}" if line else ""
            message = f"the name `{node.name}` is already used{where}"
            yield Diagnostic("KS207", message, node.name_span, _HELP)
        else:
            first[node.name] = node.name_span.line
    yield from _in_repeats(context.graph)
    for node, loop in context.loops:
        if len(set(loop.names)) < len(loop.names):
            message = f"two variables in the loop of `{node.name}` have the same name"
            yield Diagnostic("KS207", message, loop.span, _HELP)


def _inputs(graph: Graph) -> Iterator[Diagnostic]:
    """Report inputs of a block that have the same name.

    The inputs of a model are the keys of a mapping, so they differ.
    """
    seen = set()
    for graph_input in graph.inputs:
        if graph_input.name in seen:
            message = f"another input has the name `{graph_input.name}`"
            yield Diagnostic("KS207", message, graph_input.span, _HELP)
        seen.add(graph_input.name)


def _in_repeats(graph: Graph) -> Iterator[Diagnostic]:
    """Report names that the layers of a repeat have: `stage_0`, `stage_1`..."""
    repeats = {node.name: node for node in graph.nodes if is_named_repeat(node)}
    if not repeats:
        return
    singles = [
        (node.name, node.name_span)
        for node in graph.nodes
        if node.is_named and not node.is_repeat and not node.is_op
    ]
    if not graph.is_block:
        singles += [
            (model_input.name, model_input.span) for model_input in graph.inputs
        ]
    for name, span in singles:
        repeat = repeats.get(re.sub(r"_(0|[1-9][0-9]*)$", "", name))
        if repeat is not None and repeat.name != name:
            message = f"the name `{name}` is also the name of a layer of the repeat "
            message += f"`{repeat.name}`"
            help_ = f"the layers of the repeat have the names `{repeat.name}_0`, "
            help_ += f"`{repeat.name}_1`...: choose another name"
            yield Diagnostic("KS207", message, span, help_)


def is_named_repeat(node: Node) -> bool:
    """Return whether a node is a repeat with a name in the spec."""
    has_name = node.name_span != node.layer.name_span
    return node.is_repeat and node.is_named and has_name and not node.is_op
