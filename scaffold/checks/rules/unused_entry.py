"""KS305: an entry or an input that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.walk import users


class KS305(Code):
    """Nothing uses an entry, an input or a block.

    What it does:
        Reports entries and inputs that no output of the model or of their block depends
        on, and blocks that nothing calls.

    Why:
        Its weights would never be trained. Usually a name is missing elsewhere.

    Example:
        inputs: [4]
        layers:
          - hidden = Dense(8)
          - other = Dense(8) <- inputs
          - Dense(1) <- hidden

    Instead:
        inputs: [4]
        layers:
          - hidden = Dense(8)
          - other = Dense(8) <- inputs
          - Add() <- hidden, other
          - Dense(1)
    """

    name = "unused-entry"


@rule(KS305)
def unused_entry(context: RuleContext) -> Iterator[Diagnostic]:
    """Report entries and inputs that no output depends on."""
    graph = context.graph
    if not context.model.is_whole or not graph.outputs.tensors:
        return
    nodes = {node.id: node for node in graph.nodes}
    wanted = [tensor.node for tensor in graph.outputs.tensors]
    used: set[int] = set()
    while wanted:
        number = wanted.pop()
        if number not in used:
            used.add(number)
            if number in nodes:
                wanted += [tensor.node for tensor in nodes[number].tensors]
    # Entries that only an unused entry uses are not reported: they follow from it.
    used |= users(graph).keys()
    # Of two inputs with the same name, references mean the last one.
    names = {graph_input.name: graph_input.id for graph_input in graph.inputs}
    for graph_input in graph.inputs:
        is_meant = names[graph_input.name] == graph_input.id
        if graph_input.id not in used and is_meant and graph.nodes:
            message = f"no output depends on the input `{graph_input.name}`"
            help_ = f"use it (`... <- {graph_input.name}`), or remove it"
            yield Diagnostic("KS305", message, graph_input.span, help_)
    for node in graph.nodes:
        if node.id not in used:
            message = f"no output depends on `{node.name}`"
            help_ = "use it, name it under `outputs`, or remove it"
            yield Diagnostic("KS305", message, node.name_span, help_)
