"""The inputs of blocks that are nested models, in the functional style.

The function for such a block creates its own inputs. It takes their shapes, and their
dtypes unless these are known.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.ir.names import Namespace
from scaffold.ir.types import Graph, Input, ModelIR, Node, Object, TensorRef
from scaffold.ir.walk import within
from scaffold.styles.inputs import dtype_of
from scaffold.styles.syntax import call, constant, name
from scaffold.styles.types import Assignment

_FLOAT = "float32"

_Values = Mapping[int, tuple[str, ...]]
"""The dtypes of the results of each entry and input; `""` if one is not known."""


class NestedInput(NamedTuple):
    """An input of a nested model, and the parameters that describe it.

    Attributes:
        variable: The variable of the input.
        shape: The parameter for its shape.
        dtype: The parameter for its dtype, `""` if the dtype is known.
        known: Its dtype, `""` if it is not known.
    """

    variable: str
    shape: str
    dtype: str
    known: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of the function."""
        return (self.shape, self.dtype) if self.dtype else (self.shape,)


class NestedInputs:
    """Writes the inputs of nested models, and what their functions are called with."""

    def __init__(self, model: ModelIR, blocks: frozenset[str]) -> None:
        """Find the dtypes of the inputs of the blocks that are nested models."""
        inputs = model.graph.inputs
        # A layer may depend on a fixed batch size, such as a stateful one.
        self.has_batch = any(
            bound.name == "batch_size" for own in inputs for bound in own.options
        )
        self.dtypes = {
            block: tuple(next(iter(seen)) if len(seen) == 1 else "" for seen in inputs)
            for block, inputs in _Dtypes(model).inputs.items()
            if block in blocks
        }

    def of(
        self, block: Graph, variables: Sequence[str], *taken: str
    ) -> tuple[NestedInput, ...]:
        """Choose the parameters for the inputs of a block.

        Args:
            block: The block.
            variables: The variables of its inputs.
            *taken: Other names in its function.
        """
        space = Namespace(*taken, *variables, *(param.name for param in block.params))
        is_single = len(variables) == 1
        kind = "batch_shape" if self.has_batch else "shape"
        chosen = []
        for number, variable in enumerate(variables):
            start = "input" if is_single else variable
            known = self.dtypes[block.name][number]
            shape = space.take(f"{start}_{kind}")
            dtype = "" if known else space.take(f"{start}_dtype")
            chosen.append(NestedInput(variable, shape, dtype, known))
        return tuple(chosen)

    def create(self, nested: NestedInput, *, add_name: bool) -> Assignment:
        """Write the creation of an input."""
        dtype: ast.expr | None = name(nested.dtype) if nested.dtype else None
        if nested.known not in ("", _FLOAT):
            dtype = constant(nested.known)
        shape = {"batch_shape" if self.has_batch else "shape": name(nested.shape)}
        own_name = constant(nested.variable) if add_name else None
        value = call("keras.Input", **shape, dtype=dtype, name=own_name)
        return Assignment(name(nested.variable), value)

    def like(
        self, block: Graph, tensors: Sequence[ast.expr], depth: int = 1
    ) -> list[ast.expr]:
        """Write the arguments for inputs with the shapes of tensors.

        Args:
            block: The block.
            tensors: The tensors that it is called on.
            depth: 1, and 1 more for each layer around it that removes a time axis.
        """
        written: list[ast.expr] = []
        for tensor, known in zip(tensors, self.dtypes[block.name], strict=True):
            written.append(self._shape(tensor, depth))
            if not known:
                written.append(ast.Attribute(tensor, "dtype", ast.Load()))
        return written

    def _shape(self, tensor: ast.expr, depth: int) -> ast.expr:
        if not self.has_batch:
            axes = ast.Slice(lower=constant(depth))
            shape = ast.Attribute(tensor, "shape", ast.Load())
            return ast.Subscript(shape, axes, ast.Load())
        if depth > 1:
            place = [ast.Slice(), *[constant(0)] * (depth - 1)]
            tensor = ast.Subscript(tensor, ast.Tuple(place, ast.Load()), ast.Load())
        return ast.Attribute(tensor, "shape", ast.Load())


def describe(nested: NestedInput, *, is_single: bool) -> Iterator[tuple[str, str]]:
    """Describe the parameters for an input."""
    what = "the input" if is_single else f"the input `{nested.variable}`"
    is_whole = nested.shape.endswith("batch_shape")
    axes = "with" if is_whole else "without"
    yield nested.shape, f"tuple, the shape of {what}, {axes} the batch axis."
    if nested.dtype:
        yield nested.dtype, f"str, the dtype of {what}."


class _Dtypes:
    """Follows the dtypes of tensors through a model, block by block.

    Attributes:
        inputs: The dtypes of each input of each block, from all of its calls.
    """

    def __init__(self, model: ModelIR) -> None:
        self.inputs: dict[str, list[set[str]]] = {
            block.name: [set() for _ in block.inputs] for block in model.blocks
        }
        self.known: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}
        self.outputs(model.graph, tuple(map(dtype_of, model.graph.inputs)))

    def outputs(self, graph: Graph, inputs: tuple[str, ...]) -> tuple[str, ...]:
        """Return the dtypes of the outputs of a graph for those of its inputs."""
        key = graph.origin, inputs
        if key not in self.known:
            values: dict[int, tuple[str, ...]] = {
                own.id: (dtype,)
                for own, dtype in zip(graph.inputs, inputs, strict=False)
            }
            for node in graph.nodes:
                values[node.id] = self.of(node, values)
            self.known[key] = tuple(
                _item(values, tensor) for tensor in graph.outputs.tensors
            )
        return self.known[key]

    def of(self, node: Node, values: _Values) -> tuple[str, ...]:
        """Return the dtypes of the results of a node."""
        results = {self.of_layer(node, layer, values) for layer in node.layers}
        return next(iter(results)) if len(results) == 1 else ("",)

    def of_layer(self, node: Node, layer: Object, values: _Values) -> tuple[str, ...]:
        """Return the dtypes of the results of a layer, and record calls of blocks."""
        target = layer.target
        if isinstance(target, Graph):
            return self.call(target, _in_order(node, target.inputs), values)
        for part in within(layer):
            if isinstance(part, Object) and isinstance(part.target, Graph):
                self.call(part.target, node.tensors[:1], values)
        is_layer = isinstance(target, KerasCallable) and target.registry == "layers"
        if not is_layer or layer.name in facts.RETURN_INTEGERS:
            return ("",)
        own = {_item(values, tensor) for tensor in node.tensors}
        is_float = own == {_FLOAT} or layer.name == facts.LOOKUP
        return (_FLOAT if is_float else "",)

    def call(
        self, block: Graph, tensors: Sequence[TensorRef], values: _Values
    ) -> tuple[str, ...]:
        """Record a call of a block, and return the dtypes of its outputs."""
        dtypes = tuple(_item(values, tensor) for tensor in tensors)
        for seen, dtype in zip(self.inputs[block.name], dtypes, strict=False):
            seen.add(dtype)
        return self.outputs(block, dtypes)


def _item(values: _Values, tensor: TensorRef) -> str:
    """Return the dtype of a tensor; a layer's results all have the same one."""
    results = values.get(tensor.node, ("",))
    at = tensor.output or 0
    return results[at] if at < len(results) else results[0]


def _in_order(node: Node, inputs: Sequence[Input]) -> Sequence[TensorRef]:
    """Return the tensors that a block is called on, in the order of its inputs."""
    passed = [own for own in node.passed if own.tensors]
    positional = [own.tensors[0] for own in passed if not own.keyword]
    by_name = {own.keyword: own.tensors[0] for own in passed}
    rest = inputs[len(positional) :]
    return [*positional, *(by_name[own.name] for own in rest if own.name in by_name)]
