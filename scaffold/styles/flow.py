"""How values flow: what the result of each call is named, and what it is called on."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from scaffold.catalogue import KerasCallable
from scaffold.ir import ModelIR
from scaffold.ir.names import Namespace
from scaffold.ir.types import Node, Passed, TensorRef, TensorRefs
from scaffold.styles.syntax import call, constant, name, sequence
from scaffold.styles.values import Writer

_OF_THE_CODE = ("inputs", "outputs", "x", "keras", "layers", "ops", "self", "training")


def variables(model: ModelIR, *taken: str) -> dict[int, str]:
    """Names the variable that holds each node's result.

    A result that only the next call uses is `x`, and `outputs` at the end. One that is
    used later, or more than once, has the name of its node.

    Args:
        model: The model.
        taken: Names that are given away in the scope.
    """
    users: dict[int, list[int]] = {}
    for node in model.nodes:
        for tensor in node.tensors:
            users.setdefault(tensor.node, []).append(node.id)
    results = [tensor.node for tensor in model.outputs.tensors]
    space = local_names(model, *taken)
    found = {}
    for node in model.nodes:
        used = users.get(node.id, [])
        is_result = node.id in results
        if not is_result and used == [node.id + 1]:
            found[node.id] = "x"
        elif is_result and not used and len(results) == 1:
            found[node.id] = "outputs"
        else:
            found[node.id] = space.take(_lower(node.name))
    return found


def local_names(model: ModelIR, *taken: str) -> Namespace:
    """Makes the namespace of a function: what the code and the params are called."""
    return Namespace(*taken, *_OF_THE_CODE, *(param.name for param in model.params))


def _lower(identifier: str) -> str:
    """Writes a name as a local variable's: linters want those in small letters."""
    return identifier.lower()


class Flow:
    """Writes references to tensors, and calls on them."""

    def __init__(self, writer: Writer, values: Mapping[int, ast.expr]) -> None:
        """Keeps what holds the result of each node and the value of each input."""
        self.writer = writer
        self.values = values

    def tensor(self, found: TensorRef) -> ast.expr:
        """Writes a reference to a tensor."""
        value = self.values[found.node]
        if found.output is None:
            return value
        return ast.Subscript(value, constant(found.output), ast.Load())

    def passed(self, found: Passed) -> ast.expr:
        """Writes one argument of a call."""
        if isinstance(found.value, TensorRefs):
            items = [self.tensor(one) for one in found.value.items]
            return sequence(items, as_tuple=False)
        if isinstance(found.value, TensorRef):
            return self.tensor(found.value)
        return self.writer.value(found.value)

    def on(self, node: Node) -> tuple[list[ast.expr], list[ast.keyword]]:
        """Writes what a node is called on: layers that merge take one list."""
        target = node.layer.target
        positional = [self.passed(one) for one in node.passed if not one.keyword]
        keywords = [
            ast.keyword(one.keyword, self.passed(one))
            for one in node.passed
            if one.keyword
        ]
        merges = isinstance(target, KerasCallable) and target.takes == "list"
        is_list = len(node.passed) > 0 and isinstance(node.passed[0].value, TensorRefs)
        if merges and not is_list:
            positional = [sequence(positional, as_tuple=False)]
        return positional, keywords

    def call(self, function: ast.expr | str, node: Node) -> ast.Call:
        """Writes the call of a layer."""
        positional, keywords = self.on(node)
        written = call(function, *positional)
        written.keywords += keywords
        return written

    def operation(self, node: Node) -> ast.Call:
        """Writes the call of a function of `keras.ops`, tensors first."""
        target = node.layer.target
        assert isinstance(target, KerasCallable)
        positional, keywords = self.on(node)
        more, rest = self.writer.arguments(
            node.layer.arguments, target, skip=node.layer.filled
        )
        written = call(f"ops.{target.name}", *positional, *more)
        written.keywords += [*keywords, *rest]
        return written

    def outputs(self, model: ModelIR) -> ast.expr:
        """Writes what the model returns: one tensor, a list or a dictionary."""
        tensors = [self.tensor(one) for one in model.outputs.tensors]
        if model.outputs.keys is not None:
            keys = [constant(key) for key in model.outputs.keys]
            return ast.Dict(list(keys), tensors)
        if model.outputs.is_list or len(tensors) > 1:
            return sequence(tensors, as_tuple=False)
        return tensors[0]


def by_input(model: ModelIR, values: list[ast.expr]) -> ast.expr:
    """Writes a value for each input: by their names, where there are several."""
    if len(values) == 1:
        return values[0]
    keys = [constant(given.name) for given in model.inputs]
    return ast.Dict(list(keys), values)


def input_values(model: ModelIR) -> dict[int, ast.expr]:
    """Writes how `call` finds its inputs: `inputs`, or `inputs["left"]`."""
    inputs = name("inputs")
    if len(model.inputs) == 1:
        return {model.inputs[0].id: inputs}
    return {
        given.id: ast.Subscript(inputs, constant(given.name), ast.Load())
        for given in model.inputs
    }
