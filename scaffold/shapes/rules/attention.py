"""Attention."""

from __future__ import annotations

from functools import partial

from scaffold.catalogue.facts import examples
from scaffold.ir.fold import NotConstant
from scaffold.shapes.arithmetic import differ
from scaffold.shapes.rules.types import Rule
from scaffold.shapes.types import (
    OPEN_RANK,
    CallShapes,
    Misfit,
    OutputShapes,
    Shape,
    ranked,
    written,
)


def _attention(call: CallShapes, *, adds: bool = False) -> OutputShapes:
    query, value, key = call.tensor("query", 0), call.tensor("value", 1), _key(call)
    if {len(query), len(value), len(key)} != {3}:
        # For other ranks, Keras accepts only some combinations.
        raise NotConstant
    # If they are added, a size of 1 broadcasts.
    if not adds or 1 not in (query[-1], key[-1]):
        _check_same(query, key, -1, "query", "key")
    _check_same(value, key, 1, "value", "key")
    _without_scores(call)
    return ((*query[:-1], value[-1]),)


def _of_heads(call: CallShapes, *, one_size: bool = False) -> OutputShapes:
    query, value = call.tensor("query", 0), call.tensor("value", 1)
    shapes = (query, value, _key(call))
    for place, shape in enumerate(shapes):
        ranked(shape, *range(3, OPEN_RANK + 1), place=place)
    if one_size:
        _check_same(query, value, -1, "query", "value")
    if len({len(shape) for shape in shapes}) == 1:
        for axis in range(1, len(value) - 1):
            _check_same(value, shapes[2], axis, "value", "key")
    _without_scores(call)
    wanted = call.of("output_shape") if _has(call, "output_shape") else None
    if wanted is None:
        return (query,)
    sizes = wanted if isinstance(wanted, list | tuple) else [wanted]
    return ((*query[:-1], *sizes),)


def _key(call: CallShapes) -> Shape:
    """Return the shape of the keys, which default to the values."""
    if len(call.tensors) > 2 or "key" in call.named:
        return call.tensor("key", 2)
    return call.tensor("value", 1)


def _check_same(shape: Shape, other: Shape, axis: int, first: str, second: str) -> None:
    """Check that two sizes that must be equal do not differ."""
    if differ(shape[axis], other[axis]):
        differing = "last axis" if axis == -1 else f"axis {axis}"
        message = (
            f"is called on a {first} {written(shape)} and a {second} {written(other)}"
        )
        raise Misfit(f"{message}, which differ in the {differing}", _SAME[axis == -1])


_SAME = (
    "provide one key for each value",
    f"project them to the same size first, with `{examples.DENSE}`",
)


def _without_scores(call: CallShapes) -> None:
    if "return_attention_scores" in call.constants:
        raise NotConstant


def _has(call: CallShapes, name: str) -> bool:
    return any(argument.name == name for argument in call.target.arguments)


ATTENTION: dict[str, Rule] = {
    "additive_attention": partial(_attention, adds=True),
    "attention": _attention,
    "group_query_attention": partial(_of_heads, one_size=True),
    "multi_head_attention": _of_heads,
}
"""The rules for attention."""
