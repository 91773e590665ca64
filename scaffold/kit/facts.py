"""The facts about a model that its project depends on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers, losses
from scaffold.ir import ModelIR
from scaffold.ir.extensions import used
from scaffold.ir.fold import folded
from scaffold.ir.layer_names import without_name
from scaffold.ir.names import snake_case
from scaffold.ir.types import (
    Collection,
    Constant,
    Dictionary,
    Graph,
    Input,
    Node,
    Object,
    ParamRef,
    Value,
)
from scaffold.kit.types import Kind, ModelInput, ModelParam, ProjectFacts, Recipe
from scaffold.styles.inputs import dtype_of
from scaffold.styles.params import sentence

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(losses.SPARSE_STRINGS, "class"),
    **dict.fromkeys(losses.CATEGORICAL_STRINGS, "one_hot"),
    **dict.fromkeys(losses.BINARY_STRINGS, "yes_or_no"),
}
"""The kind of an output by its loss; `number` for any other loss."""


def facts_of(model: ModelIR, recipe: Recipe) -> ProjectFacts:
    """Return the facts about a model that its project depends on.

    Args:
        model: The model, without errors and with a `compile` section.
        recipe: The recipe for its examples.
    """
    graph = model.graph
    outputs = graph.outputs
    defaults = {
        **graph.defaults,
        **{
            name: Constant(value, graph.name_span)
            for name, value in recipe.params.items()
        },
    }
    names = outputs.keys or ("y",)
    if outputs.keys is None and outputs.is_list:
        names = tuple(f"y_{number}" for number in range(len(outputs.tensors)))
    output_losses = [_loss(model, name, at) for at, name in enumerate(names)]
    kinds = [_kind(loss) for loss in output_losses]
    return ProjectFacts(
        tuple(
            _model_input(graph_input, model, defaults) for graph_input in graph.inputs
        ),
        tuple(zip(names, kinds, strict=True)),
        outputs.keys is not None,
        outputs.keys is None and outputs.is_list,
        tuple(
            name
            for name, loss in zip(names, output_losses, strict=True)
            if _returns_logits(loss)
        ),
        any(_is_adapted(node, model) for node in graph.nodes),
        tuple(_params(graph, recipe)),
        _fixed_batch_size(model),
        any(target.name == "recurse" for target in used(model)),
    )


def has_loss(model: ModelIR) -> bool:
    """Return whether the `compile` section of a spec sets a loss."""
    section = model.compile
    return section is not None and any(
        bound.name == "loss"
        and not (isinstance(bound.value, Constant) and bound.value.value is None)
        for bound in section.arguments
    )


def _loss(model: ModelIR, name: str, at: int) -> Value | None:
    """Return the loss of one output."""
    assert model.compile is not None
    loss = {bound.name: bound.value for bound in model.compile.arguments}.get("loss")
    if isinstance(loss, ParamRef):
        loss = model.graph.defaults.get(loss.name)
    if isinstance(loss, Dictionary):
        by_name = {
            key.value: value for key, value in loss.pairs if isinstance(key, Constant)
        }
        return by_name.get(name)
    if isinstance(loss, Collection):
        return loss.items[at] if at < len(loss.items) else None
    return loss


def _kind(loss: Value | None) -> Kind:
    if isinstance(loss, Constant):
        return _KINDS.get(snake_case(str(loss.value)), "number")
    if isinstance(loss, Object):
        return _KINDS.get(snake_case(loss.name), "number")
    return "number"


def _returns_logits(loss: Value | None) -> bool:
    return isinstance(loss, Object) and any(
        bound.name == "from_logits"
        and isinstance(bound.value, Constant)
        and bound.value.value is True
        for bound in loss.arguments
    )


def _model_input(
    model_input: Input, model: ModelIR, defaults: Mapping[str, Value]
) -> ModelInput:
    sizes = model_input.shape.items if isinstance(model_input.shape, Collection) else ()
    usual = [_folded(size, defaults) for size in sizes]
    return ModelInput(
        model_input.name,
        tuple(_size(size) for size in sizes),
        tuple(size if isinstance(size, int) else None for size in usual),
        dtype_of(model_input),
        _highest(model_input, model, defaults),
        tuple(
            (axis, size.name)
            for axis, size in enumerate(sizes, start=1)
            if isinstance(size, ParamRef)
        ),
    )


def _size(size: Value) -> int:
    """Return a constant size; -1 for other sizes."""
    if isinstance(size, Constant) and isinstance(size.value, int):
        return size.value
    return -1


def _highest(
    model_input: Input, model: ModelIR, defaults: Mapping[str, Value]
) -> int | None:
    """Return how many integers the layers accept that an input is passed to."""
    limits = []
    for node in model.graph.nodes:
        if any(tensor.node == model_input.id for tensor in node.tensors):
            for bound in node.layer.arguments:
                if bound.name in ("input_dim", "num_tokens"):
                    limits.append(_folded(bound.value, defaults))
    return min((limit for limit in limits if isinstance(limit, int)), default=None)


def _is_adapted(node: Node, model: ModelIR) -> bool:
    """Return whether a node is a `Normalization` of the only input."""
    target = node.layer.target
    return (
        isinstance(target, KerasCallable)
        and (target.registry, target.name) == ("layers", layers.ADAPTED)
        and not without_name(node.layer).arguments
        and len(model.graph.inputs) == 1
        and [tensor.node for tensor in node.tensors] == [model.graph.inputs[0].id]
    )


def _fixed_batch_size(model: ModelIR) -> int:
    for model_input in model.graph.inputs:
        for bound in model_input.options:
            if bound.name == "batch_size":
                size = _folded(bound.value, model.graph.defaults)
                return size if isinstance(size, int) else 0
    return 0


def _params(graph: Graph, recipe: Recipe) -> Iterator[ModelParam]:
    for name, default, _, description in graph.params:
        if default is None:
            continue
        value = recipe.params.get(name, _folded(default, graph.defaults))
        if value is not None:
            yield ModelParam(name, value, name in recipe.params, sentence(description))


def _folded(value: Value, defaults: Mapping[str, Value]) -> Any:
    return folded(value, defaults)
