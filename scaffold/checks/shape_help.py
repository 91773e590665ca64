"""What to write where a shape does not fit, by what the tensor comes from."""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import examples, layers
from scaffold.checks.inferred import Inferred, kind_of
from scaffold.checks.spec_text import line
from scaffold.ir.types import Collection, Constant, Graph, Input, Node, Object
from scaffold.shapes import Shape, Unfit

_SEQUENCES = "return_sequences"
_RESHAPE = f"`{examples.RESHAPE}`"


def help_for(unfit: Unfit, inferred: Inferred) -> str:
    """Describe how to mend a call on a tensor of the wrong rank.

    Args:
        unfit: The call.
        inferred: The model around it.

    Returns:
        The line to write instead where it is known, else what kind of step is missing.
    """
    misfit = unfit.misfit
    if not misfit.wanted and None in misfit.shape[1:]:
        return _sized(inferred)
    if not misfit.wanted:
        usual = f"{_RESHAPE} or `{examples.DENSE}`"
        return f"bring it to another shape first, with {usual} for example"
    is_inner = unfit.layer not in unfit.node.layers
    if is_inner and misfit.wanted[0] > len(misfit.shape) and not _is_whole(unfit):
        return f"`{unfit.node.layer.name}` calls it on one step, or one part, at a time"
    few = len(misfit.shape) < misfit.wanted[0]
    chain = [*_sources(unfit, inferred)]
    if few:
        return _longer(unfit, chain)
    return _shorter(unfit, chain)


def _is_whole(unfit: Unfit) -> bool:
    """Return whether the layer around an inner one hands its whole tensor on."""
    return kind_of(unfit.node.layer) in layers.HAND_WHOLE


def _sized(inferred: Inferred) -> str:
    """Describe how the size of an axis comes to be known."""
    for model_input in inferred.model.graph.inputs:
        sizes = (
            model_input.shape.items if isinstance(model_input.shape, Collection) else ()
        )
        first = sizes[0] if sizes else None
        if isinstance(first, Constant) and first.value is None:
            told = "Keras adds the batch axis by itself: if `null` stands for it in "
            return f"{told}`{model_input.name}`, leave it out; else name the size"
    return "name the sizes that this axis comes of, in `inputs` for example"


def _sources(unfit: Unfit, inferred: Inferred) -> Iterator[Input | Node]:
    """Return what the tensor comes from, nearest first, as long as its rank is kept."""
    node, graph = unfit.node, unfit.graph
    if unfit.turn > 1:
        yield node
        return
    number = _number(node, unfit.misfit.place)
    rank = len(unfit.misfit.shape)
    while number is not None:
        source = graph.step(number)
        if source is None:
            return
        yield source
        if not isinstance(source, Node) or _changes_rank(source, graph, inferred, rank):
            return
        number = _number(source, 0)


def _number(node: Node, place: int) -> int | None:
    tensors = node.tensors
    return tensors[place].node if place < len(tensors) else None


def _changes_rank(node: Node, graph: Graph, inferred: Inferred, rank: int) -> bool:
    """Return whether an entry gives another number of axes than it takes."""
    number = _number(node, 0)
    if number is None:
        return True
    shapes = inferred.shapes(graph, number)
    return {None if shape is None else len(shape) for shape in shapes} != {rank}


def _longer(unfit: Unfit, chain: list[Input | Node]) -> str:
    """Describe how to get a tensor with more axes."""
    shape, wanted = unfit.misfit.shape, unfit.misfit.wanted[0]
    last = chain[-1] if chain else None
    if isinstance(last, Node):
        layer = _with_sequences(last.layer)
        if layer and wanted == 3:
            what = f"write `{layer}` in line {last.span.line}: it gives each step"
            if last.is_row:
                return f"{what}; where only the end is wanted, a last one stands alone"
            return what
        if kind_of(last.layer) in layers.FLATTENING:
            where = f"`{last.layer.name}` in line {last.span.line}"
            return f"leave out {where}, or move it behind `{unfit.layer.name}`"
    missing = wanted - len(shape)
    if isinstance(last, Input) and missing == 1 and not unfit.graph.is_block:
        return f"give the input a last axis: `{_listed((*shape[1:], 1))}`"
    if None in shape[1:]:
        return "add the axes that are missing first, with `ops.expand_dims(axis=-1)`"
    sizes = _listed((*shape[1:], *(1,) * missing))
    side = isqrt(shape[1] or 0) if len(shape) == 2 else 0
    if missing == 2 and side > 1 and side * side == shape[1]:
        return f"add `{examples.RESHAPE}([{side}, {side}, 1])` before it"
    return f"add `{examples.RESHAPE}({sizes})` before it"


def _with_sequences(layer: Object) -> str:
    """Write a recurrent layer that gives every step; `""` if it is none, or does."""
    target = layer.target
    if not isinstance(target, KerasCallable):
        return ""
    if target.name == layers.BOTH_WAYS:
        for bound in layer.arguments:
            if bound.name == "layer" and isinstance(bound.value, Object):
                inner = _with_sequences(bound.value)
                rest = [
                    argument for argument in layer.arguments if argument is not bound
                ]
                outer = line(layer._replace(arguments=tuple(rest)))
                around = outer.removeprefix(f"{layer.name}(").removesuffix(")")
                more = f", {around}" if around else ""
                return f"{layer.name}({inner}{more})" if inner else ""
    if all(argument.name != _SEQUENCES for argument in target.arguments):
        return ""
    for bound in layer.arguments:
        if bound.name == _SEQUENCES:
            is_off = isinstance(bound.value, Constant) and not bound.value.value
            return line(layer, {_SEQUENCES: "True"}) if is_off else ""
    return line(layer, {_SEQUENCES: "True"})


def _shorter(unfit: Unfit, chain: list[Input | Node]) -> str:
    """Describe how to get a tensor with fewer axes."""
    shape, wanted = unfit.misfit.shape, unfit.misfit.wanted[-1]
    last = chain[-1] if chain else None
    name = unfit.layer.name
    if len(shape) == wanted + 1:
        each = f"`{layers.EACH_STEP}({line(unfit.layer)})` calls it on each step"
        if isinstance(last, Input) and not unfit.graph.is_block:
            without = _listed(shape[2:])
            size = "null" if shape[1] is None else shape[1]
            told = f"Keras adds the batch axis by itself: if {size} stands for it, "
            return f"{told}write `{without}`; or {each}"
        if wanted > 2:
            return f"bring it to {wanted} axes with {_RESHAPE}; or {each}"
    if wanted == 2:
        return f"put `{examples.FLATTEN}` or `{examples.POOLING}` before `{name}`"
    return f"bring it to {wanted} axes with {_RESHAPE} first"


def _listed(sizes: Shape) -> str:
    return f"[{', '.join('null' if size is None else str(size) for size in sizes)}]"
