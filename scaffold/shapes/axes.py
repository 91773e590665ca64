"""Checks shared by many layers and functions: ranks and axes."""

from __future__ import annotations

from math import prod

from scaffold.catalogue.facts import shapes as facts
from scaffold.ir.fold import ArithmeticFailure, NotConstant
from scaffold.ir.types import Constant
from scaffold.shapes.types import (
    OPEN_RANK,
    CallShapes,
    Misfit,
    Shape,
    axis_of,
    ranked,
    written,
)


def check_call(call: CallShapes) -> None:
    """Check a call against the shapes that its callable accepts in the catalogue.

    Raises:
        Misfit: Keras rejects the call.
    """
    target, ranks = call.target, call.target.ranks
    if ranks and not (len(call.shape) > OPEN_RANK and ranks[-1] == OPEN_RANK):
        ranked(call.shape, *ranks)
    _stateful(call)
    if target.takes == "one":
        axes = _axes(call)
        if target.sized and axes is not None:
            _known(call, axes)
        if target.name in facts.DIVIDED:
            _DIVIDED[facts.DIVIDED[target.name]](call)


def _stateful(call: CallShapes) -> None:
    """Check that the batch size of a stateful layer is known."""
    value = call.arguments.get("stateful")
    is_stateful = isinstance(value, Constant) and value.value is True
    if is_stateful and call.shape and call.shape[0] is None:
        message = "is stateful, but the batch size is not known"
        help_ = "set the `batch_size` of the input: "
        help_ += "`inputs: {x: {shape: [8, 4], batch_size: 32}}`"
        raise Misfit(message, help_, shape=call.shape)


def _axes(call: CallShapes) -> tuple[int, ...] | None:
    """Return the axes of the argument `axis`; `None` if they are not known."""
    if call.target.name in facts.AXIS_OF_RESULT:
        return None
    if all(argument.name != "axis" for argument in call.target.arguments):
        return ()
    try:
        value = call.of("axis")
        values = value if isinstance(value, list) else [value]
        return tuple(axis_of(axis, call.shape) for axis in values)
    except (NotConstant, ArithmeticFailure):
        return None


def _known(call: CallShapes, axes: tuple[int, ...]) -> None:
    """Check that every axis with weights has a known size."""
    weighted = axes or ((1,) if has_channels_first(call) else (len(call.shape) - 1,))
    if any(argument.name == "shared_axes" for argument in call.target.arguments):
        shared = call.of("shared_axes") or ()
        weighted = tuple(
            axis for axis in range(1, len(call.shape)) if axis not in shared
        )
    for axis in weighted:
        if axis and axis < len(call.shape) and call.shape[axis] is None:
            message = f"has weights for axis {axis} of {written(call.shape)}, whose "
            raise Misfit(f"{message}size is not known", shape=call.shape)


def has_channels_first(call: CallShapes) -> bool:
    """Return whether the channel axis is the first after the batch axis.

    Raises:
        NotConstant: The value of `data_format` is not known.
    """
    if all(argument.name != "data_format" for argument in call.target.arguments):
        return False
    return bool(call.of("data_format") == "channels_first")


def _groups(call: CallShapes) -> None:
    """Check that the groups of `GroupNormalization` divide its features."""
    (axis,) = _axes(call) or (-1,)
    groups, features = call.whole("groups"), call.shape[axis]
    if features is None or groups < 1:
        return
    if features % groups:
        message = f"cannot divide {features} channels into {groups} groups"
        raise Misfit(message, _divisor(groups, features), shape=call.shape)


def _divisor(most: int, whole: int) -> str:
    largest = max(divisor for divisor in range(1, most + 1) if whole % divisor == 0)
    return f"set `groups` to a divisor such as {largest}, or to -1 for one per channel"


def _statistics(call: CallShapes) -> None:
    """Check that the statistics of `Normalization` fit its features."""
    for name in facts.STATISTICS:
        values = call.of(name) if name in call.arguments else None
        if not isinstance(values, list) or any(
            isinstance(value, list) for value in values
        ):
            continue
        sizes: Shape = tuple(call.shape[axis] for axis in _axes(call) or ())
        if len(sizes) == 1 and None not in sizes and len(values) not in (1, *sizes):
            features = prod(map(int, map(str, sizes)))
            message = f"has {len(values)} values for `{name}`, but "
            raise Misfit(f"{message}{written(call.shape)} has {features} features")


_DIVIDED = {"groups": _groups, "statistics": _statistics}
"""Further checks, by their names in the catalogue's facts."""
