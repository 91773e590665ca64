"""What holds for many layers and functions: how many axes, and which of them."""

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


def hold(call: CallShapes) -> None:
    """Hold a call against what the catalogue says of the shapes that it takes.

    Raises:
        Misfit: Keras refuses the call.
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
    """Hold that a layer that keeps its states knows for how many examples."""
    value = call.arguments.get("stateful")
    is_stateful = isinstance(value, Constant) and value.value is True
    if is_stateful and call.shape and call.shape[0] is None:
        says = "is stateful, and the size of the batch is not known"
        help_ = "give the input a `batch_size`: "
        help_ += "`inputs: {x: {shape: [8, 4], batch_size: 32}}`"
        raise Misfit(says, help_, shape=call.shape)


def _axes(call: CallShapes) -> tuple[int, ...] | None:
    """Return the axes that `axis` names, each of which there is; `None` for any."""
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
    """Hold that there are weights for a number of features that is known."""
    places = axes or ((1,) if has_channels_first(call) else (len(call.shape) - 1,))
    if any(argument.name == "shared_axes" for argument in call.target.arguments):
        shared = call.of("shared_axes") or ()
        places = tuple(axis for axis in range(1, len(call.shape)) if axis not in shared)
    for place in places:
        if place and place < len(call.shape) and call.shape[place] is None:
            says = f"has weights for axis {place} of {written(call.shape)}, whose size "
            raise Misfit(f"{says}is not known", shape=call.shape)


def has_channels_first(call: CallShapes) -> bool:
    """Return whether the axis of the channels is the first behind the batch's.

    Raises:
        NotConstant: It cannot be worked out.
    """
    if all(argument.name != "data_format" for argument in call.target.arguments):
        return False
    return bool(call.of("data_format") == "channels_first")


def _groups(call: CallShapes) -> None:
    """Hold the groups of `GroupNormalization` against its features."""
    (axis,) = _axes(call) or (-1,)
    groups, features = call.whole("groups"), call.shape[axis]
    if features is None or groups < 1:
        return
    if features % groups:
        says = f"divides {features} channels into {groups} groups"
        raise Misfit(says, _divisor(groups, features), shape=call.shape)


def _divisor(most: int, whole: int) -> str:
    largest = max(divisor for divisor in range(1, most + 1) if whole % divisor == 0)
    return f"`groups` divides the channels: {largest} does, or -1 for one each"


def _statistics(call: CallShapes) -> None:
    """Hold the means of `Normalization` against its features."""
    for name in facts.STATISTICS:
        values = call.of(name) if name in call.arguments else None
        if not isinstance(values, list) or any(
            isinstance(value, list) for value in values
        ):
            continue
        sizes: Shape = tuple(call.shape[axis] for axis in _axes(call) or ())
        if len(sizes) == 1 and None not in sizes and len(values) not in (1, *sizes):
            says = (
                f"has {len(values)} numbers as `{name}`, and {written(call.shape)} has "
            )
            raise Misfit(f"{says}{prod(map(int, map(str, sizes)))} features")


_DIVIDED = {"groups": _groups, "statistics": _statistics}
"""What else is held, by what the catalogue's facts call it."""
