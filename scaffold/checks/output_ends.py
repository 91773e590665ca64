"""The layers and activations that compute the outputs of a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.catalogue.facts import activations, functions, layers
from scaffold.checks.inferred import Inferred, kind_of
from scaffold.ir.fold import (
    ArithmeticFailure,
    Folder,
    NotConstant,
    fold,
    folded,
    scope_of,
)
from scaffold.ir.types import Constant, Graph, Node, Object, TensorRef, Value
from scaffold.shapes import Shape

_KEEPS = layers.KEEP_NUMBERS | functions.KEEP_NUMBERS
"""Layers and functions that move numbers, but do not change them."""

_DEEPEST = 20


class OutputEnd(NamedTuple):
    """The layer that computes an output, and its activation.

    Attributes:
        layer: The layer that computes the values.
        activation: The last activation of the values, such as `softmax` or `linear`;
            `""` if it is unknown.
        shape: The output's shape, `None` if it is unknown.
        is_last: Whether no other layer moves the values after `layer`.
    """

    layer: Object
    activation: str
    shape: Shape | None
    is_last: bool

    @property
    def units(self) -> int | None:
        """The size of the last axis, `None` if it is unknown."""
        if self.shape is None or len(self.shape) < 2:
            return None
        return self.shape[-1]


def end_of(tensor: TensorRef, inferred: Inferred) -> OutputEnd | None:
    """Return the end of an output of the model, `None` if it is unknown."""
    graph = inferred.model.graph
    end = _end(graph, tensor, inferred, scope_of(graph.params), _DEEPEST)
    if end is None:
        return None
    shapes = inferred.shapes(graph, tensor.node)
    shape = next(iter(shapes)) if len(shapes) == 1 else None
    last = graph.step(tensor.node)
    is_last = isinstance(last, Node) and kind_of(last.layer) not in _KEEPS
    return OutputEnd(*end, shape, is_last)


def _end(
    graph: Graph,
    tensor: TensorRef,
    inferred: Inferred,
    scope: Mapping[str, Value],
    left: int,
) -> tuple[Object, str] | None:
    node = graph.step(tensor.node)
    if not isinstance(node, Node) or not left or node.loop is not None:
        return None
    layer = _chosen(node, scope)
    if layer is None:
        return None
    if isinstance(layer.target, Graph):
        inner = layer.target
        index = tensor.output or 0
        if node.repeat is not None or not 0 <= index < len(inner.outputs.tensors):
            return None
        inner_output = inner.outputs.tensors[index]
        around = Folder(scope).inside(inner.params, layer.arguments).params
        return _end(inner, inner_output, inferred, around, left - 1)
    kind = kind_of(layer)
    if kind in _KEEPS and len(node.tensors) == 1:
        return _end(graph, node.tensors[0], inferred, scope, left - 1)
    return layer, activation_of(layer, inferred.catalogue, scope)


def _chosen(node: Node, scope: Mapping[str, Value]) -> Object | None:
    if node.choice is None:
        return node.layer
    try:
        return node.layers[0 if fold(node.choice.condition, scope) else 1]
    except (NotConstant, ArithmeticFailure):
        return None


def activation_of(
    layer: Object, catalogue: Catalogue, scope: Mapping[str, Value]
) -> str:
    """Return the name of the last activation of a layer, `""` if it is unknown."""
    target, kind = layer.target, kind_of(layer)
    if not isinstance(target, KerasCallable):
        return ""
    arguments = {bound.name: bound.value for bound in layer.arguments}
    axis = arguments.get("axis")
    if axis is not None and not (isinstance(axis, Constant) and axis.value == -1):
        return ""
    if kind in activations.LAYERS:
        return activations.LAYERS[kind]
    if kind.startswith("ops."):
        function = catalogue.find("activations", target.name)
        return target.name if function is not None else ""
    if target.name == layers.TIME_DISTRIBUTED and isinstance(
        arguments.get("layer"), Object
    ):
        inner = arguments["layer"]
        assert isinstance(inner, Object)
        return activation_of(inner, catalogue, scope)
    named = [argument for argument in target.arguments if argument.name == "activation"]
    if not named or "recurrent_activation" in {
        argument.name for argument in target.arguments
    }:
        return ""
    value = arguments.get("activation")
    if isinstance(value, Object):
        return value.target.name if isinstance(value.target, KerasCallable) else ""
    name = named[0].default if value is None else folded(value, scope, "")
    if name is None:
        return activations.LINEAR
    known = catalogue.find_string("activations", str(name))
    return known.name if known is not None else ""
