"""Convolutions."""

from __future__ import annotations

from scaffold.ir.fold import NotConstant
from scaffold.shapes.rules.types import NumberedRule
from scaffold.shapes.rules.windows import moved, spread
from scaffold.shapes.types import CallShapes, Gave, Misfit, Shape, ranked


def _convolution(axes: int, call: CallShapes) -> Gave:
    first, *_, last = shape = ranked(call.shape, axes + 2)
    _grouped(call, last)
    _not_both(axes, call)
    return ((first, *_moved(axes, call, shape), call.whole("filters")),)


def _grouped(call: CallShapes, channels: int | None) -> None:
    """Hold groups of channels against the channels that there are, in and out."""
    groups, filters = call.whole("groups"), call.whole("filters")
    if groups > 1 and filters % groups:
        says = f"has {filters} filters in {groups} groups"
        raise Misfit(says, f"`filters` is a multiple of `groups`, such as {2 * groups}")
    if groups > 1 and channels is not None and channels % groups:
        says = f"divides {channels} channels of its input into {groups} groups"
        raise Misfit(says, "the channels of the input are a multiple of `groups`")


def _not_both(axes: int, call: CallShapes) -> None:
    """Refuse strides together with a dilation, which only depthwise layers take."""
    strides = max(call.sizes("strides", axes))
    dilation = max(call.sizes("dilation_rate", axes))
    if strides > 1 and dilation > 1:
        says = f"has strides of {strides} and a dilation rate of {dilation}"
        raise Misfit(says, "leave one of `strides` and `dilation_rate` at 1")


def _separable(axes: int, call: CallShapes) -> Gave:
    first, *_ = shape = ranked(call.shape, axes + 2)
    return ((first, *_moved(axes, call, shape), call.whole("filters")),)


def _depthwise(axes: int, call: CallShapes) -> Gave:
    first, *_, last = shape = ranked(call.shape, axes + 2)
    if last is None:
        raise NotConstant
    channels = last * call.whole("depth_multiplier")
    return ((first, *_moved(axes, call, shape), channels),)


def _transpose(axes: int, call: CallShapes) -> Gave:
    first, *sizes, _ = ranked(call.shape, axes + 2)
    _not_both(axes, call)
    if call.of("output_padding") is not None:
        raise NotConstant
    if set(call.sizes("dilation_rate", axes)) != {1}:
        raise NotConstant
    windows = call.sizes("kernel_size", axes)
    strides = call.sizes("strides", axes)
    padding = call.of("padding")
    larger = [
        spread(size, window, stride, padding)
        for size, window, stride in zip(sizes, windows, strides, strict=True)
    ]
    return ((first, *larger, call.whole("filters")),)


def _moved(axes: int, call: CallShapes, shape: Shape) -> list[int | None]:
    windows = call.sizes("kernel_size", axes)
    strides = call.sizes("strides", axes)
    dilations = call.sizes("dilation_rate", axes)
    padding = call.of("padding")
    return [
        moved(size, window, stride, padding, dilation)
        for size, window, stride, dilation in zip(
            shape[1:-1], windows, strides, dilations, strict=True
        )
    ]


CONVOLUTIONS: dict[str, NumberedRule] = {
    "convolution": _convolution,
    "separable_convolution": _separable,
    "depthwise_convolution": _depthwise,
    "transposed_convolution": _transpose,
}
"""The rules for convolutions."""
