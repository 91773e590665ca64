"""Help for shapes that do not fit, based on the source of the tensor."""

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
    """Describe how to fix a call on a tensor of the wrong rank.

    Args:
        unfit: The call.
        inferred: The model around it.

    Returns:
        The line to write instead if it is known, otherwise the kind of step to add.
    """
    misfit = unfit.misfit
    if not misfit.wanted and None in misfit.shape[1:]:
        return _sized(inferred)
    if not misfit.wanted:
        usual = f"{_RESHAPE} or `{examples.DENSE}`"
        return f"change the shape first, for example with {usual}"
    is_inner = unfit.layer not in unfit.node.layers
    if is_inner and misfit.wanted[0] > len(misfit.shape) and not _is_whole(unfit):
        return f"`{unfit.node.layer.name}` calls it on one step or one part at a time"
    few = len(misfit.shape) < misfit.wanted[0]
    chain = [*_sources(unfit, inferred)]
    if few:
        return _longer(unfit, chain)
    return _shorter(unfit, chain)


def _is_whole(unfit: Unfit) -> bool:
    """Return whether a wrapper passes its whole tensor to its inner layer."""
    return kind_of(unfit.node.layer) in layers.PASS_WHOLE_TENSOR


def _sized(inferred: Inferred) -> str:
    """Describe how to set the unknown size of an axis."""
    for model_input in inferred.model.graph.inputs:
        sizes = (
            model_input.shape.items if isinstance(model_input.shape, Collection) else ()
        )
        first = sizes[0] if sizes else None
        if isinstance(first, Constant) and first.value is None:
            name = f"`{model_input.name}`"
            help_ = f"Keras adds the batch axis: if the `null` in {name} is the batch "
            return f"{help_}axis, leave it out; otherwise write the size"
    return "set the sizes that this axis depends on, for example in `inputs`"


def _sources(unfit: Unfit, inferred: Inferred) -> Iterator[Input | Node]:
    """Return the steps before a tensor, nearest first, up to one that sets its rank."""
    node, graph = unfit.node, unfit.graph
    if unfit.iteration > 1:
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


def _number(node: Node, position: int) -> int | None:
    tensors = node.tensors
    return tensors[position].node if position < len(tensors) else None


def _changes_rank(node: Node, graph: Graph, inferred: Inferred, rank: int) -> bool:
    """Return whether the number of axes differs between an entry's input and output."""
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
            help_ = f"write `{layer}` in line {last.span.line}: it returns each step"
            if last.is_repeat:
                help_ += "; to get only the last step, write the last layer as a "
                return f"{help_}separate entry"
            return help_
        if kind_of(last.layer) in layers.FLATTENING:
            where = f"`{last.layer.name}` in line {last.span.line}"
            return f"leave out {where}, or move it after `{unfit.layer.name}`"
    missing = wanted - len(shape)
    if isinstance(last, Input) and missing == 1 and not unfit.graph.is_block:
        return f"add a last axis to the input: `{_listed((*shape[1:], 1))}`"
    if None in shape[1:]:
        return "add the missing axes first, with `ops.expand_dims(axis=-1)`"
    sizes = _listed((*shape[1:], *(1,) * missing))
    side = isqrt(shape[1] or 0) if len(shape) == 2 else 0
    if missing == 2 and side > 1 and side * side == shape[1]:
        return f"add `{examples.RESHAPE}([{side}, {side}, 1])` before it"
    return f"add `{examples.RESHAPE}({sizes})` before it"


def _with_sequences(layer: Object) -> str:
    """Return the call of a recurrent layer that returns every step.

    Return `""` for other layers, and for a layer that already returns every step.
    """
    target = layer.target
    if not isinstance(target, KerasCallable):
        return ""
    if target.name == layers.BIDIRECTIONAL:
        for bound in layer.arguments:
            if bound.name == "layer" and isinstance(bound.value, Object):
                inner = _with_sequences(bound.value)
                others = [
                    argument for argument in layer.arguments if argument is not bound
                ]
                outer = line(layer._replace(arguments=tuple(others)))
                listed = outer.removeprefix(f"{layer.name}(").removesuffix(")")
                if inner:
                    return f"{layer.name}({', '.join(filter(None, (inner, listed)))})"
                return ""
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
        each = f"call it on each step: `{layers.TIME_DISTRIBUTED}({line(unfit.layer)})`"
        if isinstance(last, Input) and not unfit.graph.is_block:
            without = _listed(shape[2:])
            size = "null" if shape[1] is None else shape[1]
            help_ = f"Keras adds the batch axis: if {size} is the batch axis, "
            return f"{help_}write `{without}`; or {each}"
        if wanted > 2:
            return f"change it to {wanted} axes with {_RESHAPE}; or {each}"
    if wanted == 2:
        return f"add `{examples.FLATTEN}` or `{examples.POOLING}` before `{name}`"
    return f"change it to {wanted} axes with {_RESHAPE} first"


def _listed(sizes: Shape) -> str:
    return f"[{', '.join('null' if size is None else str(size) for size in sizes)}]"
