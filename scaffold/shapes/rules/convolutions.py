"""Convolutions."""

from __future__ import annotations

from scaffold.ir.fold import NotConstant
from scaffold.shapes.rules.types import NumberedRule
from scaffold.shapes.rules.windows import moved, spread
from scaffold.shapes.types import CallShapes, Misfit, OutputShapes, Shape, ranked


def _convolution(axes: int, call: CallShapes) -> OutputShapes:
    first, *_, last = shape = ranked(call.shape, axes + 2)
    _grouped(call, last)
    _not_both(axes, call)
    return ((first, *_moved(axes, call, shape), call.whole("filters")),)


def _grouped(call: CallShapes, channels: int | None) -> None:
    """Check that the groups divide the input and output channels."""
    groups, filters = call.whole("groups"), call.whole("filters")
    if groups > 1 and filters % groups:
        message = f"cannot divide {filters} filters into {groups} groups"
        help_ = f"set `filters` to a multiple of `groups`, such as {2 * groups}"
        raise Misfit(message, help_)
    if groups > 1 and channels is not None and channels % groups:
        message = f"cannot divide {channels} input channels into {groups} groups"
        raise Misfit(message, "the input channels must be a multiple of `groups`")


def _not_both(axes: int, call: CallShapes) -> None:
    """Reject strides combined with a dilation, which only depthwise layers allow."""
    strides = max(call.sizes("strides", axes))
    dilation = max(call.sizes("dilation_rate", axes))
    if strides > 1 and dilation > 1:
        message = f"cannot combine strides of {strides} with a dilation rate of "
        raise Misfit(f"{message}{dilation}", "set `strides` or `dilation_rate` to 1")


def _separable(axes: int, call: CallShapes) -> OutputShapes:
    first, *_ = shape = ranked(call.shape, axes + 2)
    return ((first, *_moved(axes, call, shape), call.whole("filters")),)


def _depthwise(axes: int, call: CallShapes) -> OutputShapes:
    first, *_, last = shape = ranked(call.shape, axes + 2)
    if last is None:
        raise NotConstant
    channels = last * call.whole("depth_multiplier")
    return ((first, *_moved(axes, call, shape), channels),)


def _transpose(axes: int, call: CallShapes) -> OutputShapes:
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
