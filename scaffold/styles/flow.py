"""Write the data flow: the variable for each result, and the inputs of each call."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from typing import NamedTuple

from scaffold.catalogue import KerasCallable
from scaffold.ir.attention_masks import Attended
from scaffold.ir.names import Namespace
from scaffold.ir.reserved import GLOBALS, LOCALS
from scaffold.ir.returned import STATE_FLAG, returned
from scaffold.ir.types import (
    CallInput,
    Graph,
    Input,
    Node,
    Object,
    Outputs,
    TensorRef,
    TensorRefs,
)
from scaffold.ir.walk import users
from scaffold.styles.syntax import call, constant, name, sequence
from scaffold.styles.values import Writer

_STATES = {2: ("state",), 3: ("h", "c")}
"""The names of the states of recurrent layers, by the number of results."""


class LocalNames(Namespace):
    """The names in a function: of variables, params and loop variables.

    Attributes:
        usual: The variable that is passed along a chain.
    """

    def __init__(self, graph: Graph, *taken: str) -> None:
        """Start with the names that are already taken.

        Args:
            graph: The graph of the function.
            *taken: Other names in the function, such as its inputs.
        """
        loops = [node.loop.names for node in graph.nodes if node.loop is not None]
        own = [param.name for param in graph.params]
        own += [variable for names in loops for variable in names]
        free = Namespace(*taken, *own, *GLOBALS)
        # An input of a block may be `x`.
        alternatives = [letter for letter in ("y", "z") if letter not in free]
        self.usual = free.take("x", *alternatives)
        # `l` looks like `1`, and linters reject it.
        super().__init__(*taken, *own, *GLOBALS, *LOCALS, self.usual, "l")


def variables(
    graph: Graph,
    space: LocalNames,
    held: Collection[int],
    *,
    returns_last: bool,
) -> dict[int, str]:
    """Return the variable for the result of each node.

    A result that only the next call uses is `x`, and the final one is `outputs`, unless
    the spec names them. A result that is used later, or more than once, has the name of
    its node.

    Args:
        graph: The graph.
        space: The names of the scope; the new names are added.
        held: The nodes whose names are those of their layers: of attributes of a class,
            or of variables. The results need not have these names.
        returns_last: Whether the final result is returned without a variable.
    """
    of_node = users(graph)
    results = [tensor.node for tensor in graph.outputs.tensors]
    names = {}
    for node in graph.nodes:
        used = of_node.get(node.id, [])
        is_result = node.id in results
        is_only = is_result and not used and len(results) == 1
        is_next = not is_result and [user.id for user in used] == [node.id + 1]
        keeps_name = node.is_named and not node.is_repeat
        if node.id in held:
            # In a merge, the name from the spec tells more than `x`.
            keeps_name = is_next and node.is_named and len(used[0].tensors) > 1
        is_next = is_next and not keeps_name and not _outlasts(node, used[0])
        is_conditional = node.choice is not None and not held
        if is_next or (is_only and (node.is_repeat or is_conditional and returns_last)):
            names[node.id] = space.usual
        elif is_only and (returns_last or not keeps_name):
            names[node.id] = "outputs"
        else:
            preferred = node.name.lower()
            names[node.id] = space.take(preferred, f"{preferred}_output")
    for node in graph.nodes:
        is_usual = node.is_named and node.name.lower() == space.usual
        if is_usual and names[node.id] != "outputs":
            if _stays(node, graph, names, space.usual):
                names[node.id] = space.usual
    return names


def unpacked(
    graph: Graph, names: Mapping[int, str], space: LocalNames
) -> dict[int, tuple[str, ...]]:
    """Return the variables for the results of layers that return several tensors.

    `encoder, encoder_h, encoder_c = ...` for an LSTM with states; a result that nothing
    uses is `_`. A dictionary is not unpacked, nor what may be a single tensor.

    Args:
        graph: The graph.
        names: The variable for the result of each node.
        space: The names of the scope; the new names are added.
    """
    used: dict[int, set[int | None]] = {}
    tensors = [tensor for node in graph.nodes for tensor in node.tensors]
    for tensor in (*tensors, *graph.outputs.tensors):
        used.setdefault(tensor.node, set()).add(tensor.output)
    results = {}
    for node in graph.nodes:
        outputs = used.get(node.id, set())
        result = returned(node.layer, node)
        is_plain_call = not node.is_repeat and node.choice is None
        if not is_plain_call or result.keys is not None or result.number < 2:
            continue
        if outputs and None not in outputs:
            suffixes = _suffixes(node, result.number)
            base = names[node.id]
            is_free = base in (space.usual, "outputs") and len(outputs) == 1
            results[node.id] = tuple(
                (
                    base
                    if index in outputs and (is_free or not suffix)
                    else (
                        space.take(f"{node.name.lower()}_{suffix}")
                        if index in outputs
                        else "_"
                    )
                )
                for index, suffix in enumerate(suffixes)
            )
    return results


def _suffixes(node: Node, number: int) -> tuple[str, ...]:
    """Return what distinguishes the results of a layer; the first one has its name."""
    target = node.layer.target
    if isinstance(target, Graph):
        entries = {own.id: own.name for own in target.inputs}
        entries |= {entry.id: entry.name for entry in target.nodes}
        return tuple(entries[tensor.node].lower() for tensor in target.outputs.tensors)
    arguments = {bound.name for bound in node.layer.arguments}
    if STATE_FLAG in arguments and number in _STATES:
        return ("", *_STATES[number])
    return ("", *map(str, range(1, number)))


def _stays(node: Node, graph: Graph, names: Mapping[int, str], usual: str) -> bool:
    """Return whether no other result takes the usual variable while a node needs it."""
    used = users(graph).get(node.id, [])
    if any(_outlasts(node, user) for user in used):
        return False
    is_result = any(tensor.node == node.id for tensor in graph.outputs.tensors)
    last = max((user.id for user in used), default=node.id)
    return all(
        names[other.id] != usual
        for other in graph.nodes
        if node.id < other.id and (is_result or other.id < last)
    )


def _outlasts(node: Node, user: Node) -> bool:
    """Return whether a repeat uses a result in every iteration, not only the first."""
    later = [tensor for passed in user.passed[1:] for tensor in passed.tensors]
    return user.is_repeat and any(tensor.node == node.id for tensor in later)


def argument_name(block_input: Input) -> str:
    """Return the argument for an input of a block."""
    return block_input.name.lower()


class Copies(NamedTuple):
    """How attention is called on copies of tensors, which keep their masks.

    Attributes:
        attended: The tensors, by entry.
        layer: The expression for the copying layer: its creation, or an attribute.
    """

    attended: Attended
    layer: ast.expr

    def of(self, node: Node, values: list[ast.expr]) -> list[ast.expr]:
        """Wrap the inputs of a node that need a copy."""
        copied = self.attended.get(node.id, frozenset[TensorRef]())
        return [
            call(self.layer, value) if copied.intersection(passed.tensors) else value
            for passed, value in zip(node.passed, values, strict=True)
        ]


class Flow:
    """Writes references to tensors, and calls on tensors."""

    def __init__(
        self,
        graph: Graph,
        writer: Writer,
        values: Mapping[int, ast.expr],
        copies: Copies | None = None,
        unpacked: Mapping[int, tuple[str, ...]] | None = None,
    ) -> None:
        """Store the expressions for the results of nodes and for inputs.

        Args:
            graph: The graph.
            writer: Writes its values.
            values: The expressions, by node.
            copies: How attention is called on copies.
            unpacked: The variables of nodes with several results.
        """
        self.copies = copies
        self.unpacked = unpacked or {}
        self.writer = writer
        self.values = values
        self.nodes = {node.id: node for node in graph.nodes}

    def tensor(self, tensor: TensorRef) -> ast.expr:
        """Write a reference to a tensor."""
        value = self.values[tensor.node]
        if tensor.output is None:
            return value
        if tensor.node in self.unpacked:
            return name(self.unpacked[tensor.node][tensor.output])
        index: str | int = tensor.output
        node = self.nodes.get(tensor.node)
        target = node.layer.target if node else None
        if isinstance(target, Graph) and target.outputs.keys is not None:
            index = target.outputs.keys[tensor.output]
        return ast.Subscript(value, constant(index), ast.Load())

    def target(self, node: Node) -> ast.expr:
        """Write what the result of a node is assigned to."""
        if node.id in self.unpacked:
            names: list[ast.expr] = [name(part) for part in self.unpacked[node.id]]
            return sequence(names, as_tuple=True)
        return self.values[node.id]

    def passed(self, call_input: CallInput) -> ast.expr:
        """Write one argument of a call."""
        if isinstance(call_input.value, TensorRefs):
            items = [self.tensor(tensor) for tensor in call_input.value.items]
            return sequence(items, as_tuple=False)
        if isinstance(call_input.value, TensorRef):
            return self.tensor(call_input.value)
        return self.writer.value(call_input.value)

    def on(
        self, node: Node, layer: Object, carried: ast.expr | None = None
    ) -> tuple[list[ast.expr], list[ast.keyword]]:
        """Write the inputs of a node; merging layers take a list.

        In a repeat, `carried` replaces the first tensor.
        """
        values = [self.passed(call_input) for call_input in node.passed]
        if carried is not None:
            values[0] = carried
        if self.copies is not None:
            values = self.copies.of(node, values)
        pairs = list(zip(node.passed, values, strict=True))
        positional = [value for call_input, value in pairs if not call_input.keyword]
        keywords = [
            ast.keyword(call_input.keyword, value)
            for call_input, value in pairs
            if call_input.keyword
        ]
        target = layer.target
        if isinstance(target, Graph):
            return _in_order(target, positional, keywords)
        merges = isinstance(target, KerasCallable) and target.takes == "list"
        is_list = len(node.passed) > 0 and isinstance(node.passed[0].value, TensorRefs)
        if merges and not is_list:
            positional = [sequence(positional, as_tuple=False)]
        return positional, keywords

    def call(
        self,
        function: ast.expr | str,
        node: Node,
        layer: Object,
        carried: ast.expr | None = None,
    ) -> ast.Call:
        """Write the call of a layer."""
        positional, keywords = self.on(node, layer, carried)
        written = call(function, *positional)
        written.keywords += keywords
        return written

    def operation(
        self, node: Node, layer: Object, carried: ast.expr | None = None
    ) -> ast.Call:
        """Write the call of a function of `keras.ops`, tensors first."""
        target = layer.target
        assert isinstance(target, KerasCallable)
        positional, keywords = self.on(node, layer, carried)
        by_keyword = [keyword.arg for keyword in keywords]
        before = [tensor for tensor in layer.filled if tensor not in by_keyword]
        other_args, other_keywords = self.writer.arguments(
            layer.arguments, target, before
        )
        written = call(f"ops.{target.name}", *positional, *other_args)
        written.keywords += [*keywords, *other_keywords]
        return written

    def outputs(self, outputs: Outputs) -> ast.expr:
        """Write the outputs of a graph: one tensor, a list or a dictionary."""
        tensors = [self.tensor(tensor) for tensor in outputs.tensors]
        if outputs.keys is not None:
            keys = [constant(key) for key in outputs.keys]
            return ast.Dict(list(keys), tensors)
        if outputs.is_list or len(tensors) > 1:
            return sequence(tensors, as_tuple=False)
        return tensors[0]


def _in_order(
    block: Graph, positional: list[ast.expr], keywords: list[ast.keyword]
) -> tuple[list[ast.expr], list[ast.keyword]]:
    """Order the tensors that a block is called on like its inputs."""
    by_name = {keyword.arg: keyword.value for keyword in keywords}
    remaining = [block_input.name for block_input in block.inputs][len(positional) :]
    ordered = [
        *positional,
        *(by_name.pop(input_name) for input_name in remaining if input_name in by_name),
    ]
    return ordered, [keyword for keyword in keywords if keyword.arg in by_name]


def is_plain(outputs: Outputs) -> bool:
    """Return whether the only output is the whole result of a call."""
    is_whole = outputs.tensors[0].output is None
    return outputs.keys is None and not outputs.is_list and is_whole


def by_input(inputs: tuple[Input, ...], values: list[ast.expr]) -> ast.expr:
    """Write a value for each input; several become a dictionary by name."""
    if len(values) == 1:
        return values[0]
    keys = [constant(model_input.name) for model_input in inputs]
    return ast.Dict(list(keys), values)


def input_values(inputs: tuple[Input, ...]) -> dict[int, ast.expr]:
    """Write the inputs in `call`: `inputs`, or `inputs["left"]`."""
    holder = name("inputs")
    if len(inputs) == 1:
        return {inputs[0].id: holder}
    return {
        model_input.id: ast.Subscript(holder, constant(model_input.name), ast.Load())
        for model_input in inputs
    }
