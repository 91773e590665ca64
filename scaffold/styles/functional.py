"""The functional style: a graph of calls, from inputs to outputs."""

from __future__ import annotations

from scaffold.ir import ModelIR
from scaffold.styles.inputs import input_call
from scaffold.styles.syntax import call, name
from scaffold.styles.types import Assignment, Functional
from scaffold.styles.values import Writer


def write(model: ModelIR, writer: Writer) -> Functional:
    """Writes a chain as calls that hand on `x`."""
    inputs = name("inputs")
    steps = [Assignment(inputs, input_call(model.inputs[0], writer))]
    before = inputs
    for node in model.nodes:
        after = name("outputs" if node is model.nodes[-1] else "x")
        layer = writer.layer(node.layer, node.name if node.is_named else None)
        steps.append(Assignment(after, call(layer, before)))
        before = after
    return Functional(tuple(steps), inputs, before)
