"""The functional style: a graph of calls, from inputs to outputs."""

from __future__ import annotations

import ast

from scaffold.ir import ModelIR
from scaffold.ir.types import Node
from scaffold.styles.flow import Flow, by_input, local_names, variables
from scaffold.styles.inputs import input_call
from scaffold.styles.syntax import name
from scaffold.styles.types import Assignment, Functional
from scaffold.styles.values import Writer


def write(model: ModelIR, writer: Writer) -> Functional:
    """Writes a model as calls, each on the results of others."""
    only = len(model.inputs) == 1
    space = local_names(model)
    holders = {
        given.id: "inputs" if only else space.take(given.name.lower())
        for given in model.inputs
    }
    shared = {node.again for node in model.nodes if node.again is not None}
    makers = {
        node.id: space.take(node.name.lower())
        for node in model.nodes
        if node.id in shared
    }
    holders |= variables(model, *holders.values(), *makers.values())
    values: dict[int, ast.expr] = {key: name(held) for key, held in holders.items()}
    flow = Flow(writer, values)
    steps = [
        Assignment(values[given.id], input_call(given, writer, say_name=not only))
        for given in model.inputs
    ]
    for node in model.nodes:
        if node.id in shared:
            steps.append(Assignment(name(makers[node.id]), _made(node, writer)))
        result = _called(node, flow, writer, makers)
        steps.append(Assignment(values[node.id], result))
    inputs = by_input(model, [values[given.id] for given in model.inputs])
    return Functional(tuple(steps), inputs, flow.outputs(model))


def _made(node: Node, writer: Writer) -> ast.Call:
    return writer.layer(node.layer, node.name if node.is_named else None)


def _called(node: Node, flow: Flow, writer: Writer, makers: dict[int, str]) -> ast.Call:
    """Writes a node's call: of a layer made on the spot, of a shared one, of an op."""
    if node.is_op:
        return flow.operation(node)
    number = node.id if node.again is None else node.again
    if number in makers:
        return flow.call(name(makers[number]), node)
    return flow.call(_made(node, writer), node)
