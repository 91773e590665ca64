"""KS220: data in the spec that the first layers cannot use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.checks.nested_lists import flat, shape_of
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Diagnostic
from scaffold.ir.fold import ArithmeticFailure, NotConstant, fold
from scaffold.ir.types import Constant, Dictionary, Input, Object, Value
from scaffold.spec.limits import shown

_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?")

_MOST_ROWS = 1_000_000
"""Larger numbers are not row indices: the data is wrong, not the layer."""


@rule("KS220")
def data_misfit(context: RuleContext) -> Iterator[Diagnostic]:
    """Report strings for numbers, numbers for strings, and numbers out of range."""
    train = context.model.train
    if context.is_block or train is None:
        return
    for section, name in ((train.x, "x"), (train.predict, "predict")):
        for model_input, value in _by_input(section, context):
            if fault := _fault(model_input, value, name, context):
                yield Diagnostic("KS220", fault[0], value.span, fault[1])


def _by_input(
    value: Value | None, context: RuleContext
) -> Iterator[tuple[Input, Value]]:
    """Return each input with its data."""
    inputs = context.graph.inputs
    if value is None or (len(inputs) != 1 and not isinstance(value, Dictionary)):
        return
    if len(inputs) == 1:
        yield inputs[0], value
        return
    assert isinstance(value, Dictionary)
    named = {model_input.name: model_input for model_input in inputs}
    for key, item in value.pairs:
        if isinstance(key, Constant) and key.value in named:
            yield named[str(key.value)], item


def _fault(
    model_input: Input, value: Value, name: str, context: RuleContext
) -> tuple[str, str] | None:
    """Describe what is wrong with the examples for an input, and how to fix it."""
    try:
        rows = fold(value, context.defaults)
    except (NotConstant, ArithmeticFailure):
        return None
    if not shape_of(rows):
        return None
    items = [*flat(rows)]
    strings = [item for item in items if isinstance(item, str)]
    users = [*_users(model_input, context)]
    computing = [layer for layer in users if not _takes_strings(layer)]
    if _dtype(model_input, context) == "string":
        if len(strings) < len(items) and not computing:
            other = next(item for item in items if not isinstance(item, str))
            message = f"the input `{model_input.name}` takes strings, "
            return f"{message}but `{name}` contains {other}", "put it in quotes"
        if strings and computing and not _is_unknown(computing[0]):
            return _of_layer(computing[0], name, strings)
        return None
    if not strings:
        certain = _users(model_input, context, is_certain=True)
        faults = (_of_index(layer, name, items, context) for layer in certain)
        return next((fault for fault in faults if fault), None)
    known = [layer for layer in computing if not _is_unknown(layer)]
    if users and not known:
        message = f"the input `{model_input.name}` takes numbers, "
        message += f'but `{name}` contains the string "{shown(strings[0])}"'
        return message, _as_strings(model_input, context)
    return _of_layer(next(iter(known), None), name, strings)


def _of_index(
    layer: Object, name: str, items: Sequence[Any], context: RuleContext
) -> tuple[str, str] | None:
    """Report a number that is not a row index of an embedding."""
    if not isinstance(layer.target, KerasCallable) or layer.target.name != facts.LOOKUP:
        return None
    sizes = [bound.value for bound in layer.arguments if bound.name == facts.ROWS]
    try:
        rows = fold(sizes[0], context.defaults) if sizes else None
    except (NotConstant, ArithmeticFailure):
        return None
    if not isinstance(rows, int) or rows < 1:
        return None
    numbers = [item for item in items if isinstance(item, int | float)]
    outside = next(
        (item for item in numbers if not 0 <= item < rows or item != int(item)), None
    )
    if outside is None:
        return None
    message = f"`{layer.name}` takes integers from 0 to {rows - 1}, "
    message += f"but `{name}` contains {outside}"
    help_ = "write integers in this range"
    most = max(number for number in numbers if number == number)
    if outside >= rows and most < _MOST_ROWS:
        help_ += f", or set `{facts.ROWS}` to {int(most) + 1}"
    return message, help_


def _of_layer(layer: Object | None, name: str, strings: list[str]) -> tuple[str, str]:
    """Report that a layer cannot compute with strings."""
    taker = f"`{layer.name}`" if layer is not None else "the model"
    message = f"{taker} takes numbers, "
    message += f'but `{name}` contains the string "{shown(strings[0])}"'
    if all(map(_NUMBER.fullmatch, strings)):
        return message, f"write numbers without quotes: `{strings[0]}`"
    listed = ", ".join(f'"{string}"' for string in list(dict.fromkeys(strings))[:3])
    lookup = f"{facts.STRINGS_TO_NUMBERS}(vocabulary=[{listed}])"
    return message, (
        f"write numbers; or call `{lookup}` first, on an input with `dtype: string`"
    )


def _as_strings(model_input: Input, context: RuleContext) -> str:
    """Return the line of an input that takes strings."""
    shape = [1]
    if model_input.shape is not None:
        try:
            shape = fold(model_input.shape, context.defaults)
        except (NotConstant, ArithmeticFailure):
            shape = [1]
    sizes = ", ".join("null" if size is None else str(size) for size in shape)
    name = model_input.name if model_input.is_named else "words"
    whole = f"{name}: {{shape: [{sizes}], dtype: string}}"
    return (
        f"write `{whole}`" if model_input.is_named else f"write `inputs: {{{whole}}}`"
    )


def _users(
    model_input: Input, context: RuleContext, *, is_certain: bool = False
) -> Iterator[Object]:
    """Return the layers that are called on an input.

    Args:
        model_input: The input.
        context: The graph.
        is_certain: Whether to leave out the layers of choices.
    """
    for node in context.graph.nodes:
        if is_certain and node.choice is not None:
            continue
        if any(tensor.node == model_input.id for tensor in node.tensors):
            yield from node.layers


def _is_unknown(layer: Object) -> bool:
    """Return whether it is unknown what a layer takes."""
    return not isinstance(layer.target, KerasCallable)


def _takes_strings(layer: Object) -> bool:
    target = layer.target
    if not isinstance(target, KerasCallable):
        return False
    example = target.example
    is_text = example is not None and example.dtype == "string"
    return is_text or target.name in (*facts.STRINGS_OR_NUMBERS, *facts.MOVE_ONLY)


def _dtype(model_input: Input, context: RuleContext) -> str:
    for option in model_input.options:
        if option.name == "dtype":
            try:
                return str(fold(option.value, context.defaults))
            except (NotConstant, ArithmeticFailure):
                return "string"
    return "float32"
