"""Ways through a model: every object, every value, in the order of the spec."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.ir.types import (
    Bound,
    Collection,
    Dictionary,
    ModelIR,
    Object,
    Operation,
    TensorRef,
    TensorRefs,
    Value,
)


def roots(model: ModelIR) -> Iterator[Value]:
    """Gives the values that a model is written with, nested ones left out."""
    for given in model.inputs:
        if given.shape is not None:
            yield given.shape
        for bound in given.options:
            yield bound.value
    for node in model.nodes:
        if node.again is None:
            yield node.layer
        for passed in node.passed:
            if not isinstance(passed.value, (TensorRef, TensorRefs)):
                yield passed.value
    if model.compile is not None:
        yield model.compile
    if model.train is not None:
        section = model.train
        for value in (section.x, section.y, section.data, section.predict):
            if value is not None:
                yield value
        yield model.train.fit


def within(value: Value) -> Iterator[Value]:
    """Gives a value and all that it holds, outer ones first."""
    stack = [value]
    while stack:
        one = stack.pop()
        yield one
        match one:
            case Collection():
                stack.extend(reversed(one.items))
            case Dictionary():
                stack.extend(part for pair in reversed(one.pairs) for part in pair)
            case Operation():
                stack.extend(reversed(one.operands))
            case Object():
                stack.extend(bound.value for bound in reversed(one.arguments))


def values(model: ModelIR) -> Iterator[Value]:
    """Gives every value of a model."""
    for root in roots(model):
        yield from within(root)


def objects(model: ModelIR) -> Iterator[Object]:
    """Gives every Keras object of a model; `compile` and `fit` count as such."""
    return (value for value in values(model) if isinstance(value, Object))


def arguments(model: ModelIR) -> Iterator[Bound]:
    """Gives every argument that a model is written with."""
    for given in model.inputs:
        yield from given.options
    for one in objects(model):
        yield from one.arguments
