"""KS207: an entry that has the name of another entry, or of an input."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.layer_names import layer_name_span
from scaffold.ir.output_names import layer_names
from scaffold.ir.types import Graph, Node


class KS207(Code):
    """A name is already used by another entry or an input.

    What it does:
        Reports the second of two steps with the same name, and the second of two layers
        with the same argument `name`. The layers of a repeat named `stage` have the
        names `stage_0`, `stage_1`...; and in the functional style, a layer
        `Dense(8, name="norm")` inside a block `encoder` has the name `encoder_norm`.

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
    yield from _in_keras(context.graph)
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


def _in_keras(graph: Graph) -> Iterator[Diagnostic]:
    """Report layers with the same name in Keras, but with different names in the spec.

    The layers of a repeat have the names `stage_0`, `stage_1`...
    """
    names = layer_names(graph)
    repeats = {names[node.id] for node in graph.nodes if _is_repeat_in(names, node)}
    taken = {} if graph.is_block else {own.name: own.name for own in graph.inputs}
    singles = [
        (names[node.id], node.name, layer_name_span(node))
        for node in graph.nodes
        if node.id in names and not node.is_repeat
    ]
    for name, value, span in singles:
        if taken.setdefault(name, value) != value:
            message = f"the layer name `{name}` is already used"
            yield Diagnostic("KS207", message, span, _HELP)
    if not graph.is_block:
        singles += [(own.name, own.name, own.span) for own in graph.inputs]
    for name, _, span in singles:
        repeat = re.sub(r"_(0|[1-9][0-9]*)$", "", name)
        if repeat in repeats and repeat != name:
            message = f"the name `{name}` is also the name of a layer of the repeat "
            message += f"`{repeat}`"
            help_ = f"the layers of the repeat have the names `{repeat}_0`, "
            help_ += f"`{repeat}_1`...: choose another name"
            yield Diagnostic("KS207", message, span, help_)


def _is_repeat_in(names: dict[int, str], node: Node) -> bool:
    """Return whether an entry is a repeat whose layers are passed names of the spec."""
    is_from_spec = node.is_named or node.keras_name is not None
    return node.is_repeat and is_from_spec and node.id in names
