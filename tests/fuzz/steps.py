"""Random layers for given tensors, with the shapes of their outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tests.fuzz.notation import Call, Code

if TYPE_CHECKING:
    from tests.fuzz.scopes import Scope

Size = int | str
"""The size of an axis; equal free axes have the same name."""

Shape = tuple[Size, ...]

ACTIVATIONS = ("relu", "tanh", "sigmoid", "gelu", "swish", "softplus", "elu", "linear")
INITIALIZERS: tuple[Any, ...] = (
    "he_normal",
    "GlorotUniform",
    Call("TruncatedNormal", (("stddev", 0.1),)),
    Call("Orthogonal", (("gain", 0.5),)),
    Call("VarianceScaling", (("mode", "fan_avg"),)),
)


class Tensor(NamedTuple):
    """A tensor of a scope.

    Attributes:
        ref: Its name in entries; `""` for the result of the previous entry.
        shape: Its shape, without the batch axis.
        dtype: Its dtype.
        most: The exclusive upper bound of its numbers, for integers.
    """

    ref: str
    shape: Shape
    dtype: str = "float32"
    most: int = 0


class Made(NamedTuple):
    """A layer, and the shape of its output."""

    call: Call
    shape: Shape


NOISY = frozenset(("BatchNormalization", "Dropout", "GaussianNoise"))
"""Layers with random numbers or averages, which a loop over data cannot contain."""


def is_known(shape: Shape) -> bool:
    """Return whether all sizes are numbers."""
    return all(isinstance(size, int) for size in shape)


def _extras(scope: Scope, kernel: str = "kernel") -> list[tuple[str, Any]]:
    luck, results = scope.luck, []
    if luck.random() < 0.4:
        results.append(("activation", scope.value(luck.choice(ACTIVATIONS))))
    if luck.random() < 0.15:
        results.append(("use_bias", scope.value(luck.random() < 0.5)))
    if luck.random() < 0.2:
        results.append((f"{kernel}_initializer", luck.choice(INITIALIZERS)))
    if luck.random() < 0.2:
        strength = scope.value(luck.choice([1e-4, 0.001, 0.01]))
        results.append((f"{kernel}_regularizer", Call("L2", (("l2", strength),))))
    return results


def dense(scope: Scope, shape: Shape, units: int = 0) -> Made:
    """Create a `Dense`."""
    units = units or scope.luck.choice([1, 2, 3, 4, 6, 8])
    arguments = [("units", scope.value(units)), *_extras(scope)]
    return Made(Call("Dense", tuple(arguments)), (*shape[:-1], units))


def keeping(scope: Scope, shape: Shape) -> Made:
    """Create a layer that does not change the shape."""
    luck = scope.luck
    rate = scope.value(luck.choice([0.1, 0.25, 0.5]))
    pool = [
        Call("Dropout", (("rate", rate),)),
        Call("LayerNormalization", (("epsilon", scope.value(1e-5)),)),
        Call("LayerNormalization"),
        Call("BatchNormalization", (("momentum", scope.value(0.9)),)),
        Call("Activation", (("activation", scope.value(luck.choice(ACTIVATIONS))),)),
        Call("LeakyReLU", (("negative_slope", scope.value(0.2)),)),
        Call("ReLU"),
        Call("GaussianNoise", (("stddev", 0.1),)),
        Call("Rescaling", (("scale", 0.5), ("offset", scope.value(0.1)))),
        Call("UnitNormalization"),
        Call("PReLU") if is_known(shape) else Call("ELU"),
    ]
    if isinstance(shape[-1], int):
        pool.append(dense(scope, shape, shape[-1]).call)
    if scope.is_quiet:
        pool = [item for item in pool if item.name not in NOISY]
    if scope.spec.imports:
        name, first = luck.choice(scope.spec.imports)
        pool.append(Call(name, ((first, scope.value(1.5)),)))
    return Made(luck.choice(pool), shape)


def _of_vectors(scope: Scope, shape: Shape) -> Made:
    luck, (size,) = scope.luck, shape
    result = [dense(scope, shape)]
    assert isinstance(size, int)
    result.append(Made(Call("RepeatVector", (("n", scope.value(3)),)), (3, size)))
    if size % 2 == 0:
        target = [scope.value(2), size // 2]
        result.append(
            Made(Call("Reshape", (("target_shape", target),)), (2, size // 2))
        )
    return luck.choice([result[0], result[0], *result])


def _of_sequences(scope: Scope, shape: Shape) -> Made:
    luck, (steps, size) = scope.luck, shape
    units = luck.choice([2, 3, 4])
    returns = luck.random() < 0.6
    kind = luck.choice(["LSTM", "GRU", "SimpleRNN"])
    arguments: list[tuple[str, Any]] = [("units", scope.value(units))]
    if returns:
        arguments.append(("return_sequences", scope.sequences()))
    recurrent = Call(kind, tuple(arguments))
    after: Shape = (steps, units) if returns else (units,)
    both: Shape = (steps, 2 * units) if returns else (2 * units,)
    kernel = luck.choice([1, 2, 3])
    convolution = [
        ("filters", scope.value(units)),
        ("kernel_size", scope.value(kernel)),
    ]
    convolution += [("padding", luck.choice(["same", "causal"])), *_extras(scope)]
    pool = [
        Made(recurrent, after),
        Made(Call("Bidirectional", (("layer", recurrent),)), both),
        Made(Call("Conv1D", tuple(convolution)), (steps, units)),
        Made(Call("GlobalAveragePooling1D"), (size,)),
        Made(Call("GlobalMaxPooling1D"), (size,)),
        dense(scope, shape),
    ]
    if not scope.is_quiet:
        pool.append(
            Made(Call("SpatialDropout1D", (("rate", scope.value(0.25)),)), shape)
        )
    inner = dense(scope, (size,))
    pool.append(
        Made(Call("TimeDistributed", (("layer", inner.call),)), (steps, *inner.shape))
    )
    if isinstance(steps, int) and isinstance(size, int):
        pool.append(Made(Call("Flatten"), (steps * size,)))
        pool.append(Made(Call("Permute", (("dims", [2, 1]),)), (size, steps)))
        if steps > 1:
            pool.append(
                Made(Call("MaxPooling1D", (("pool_size", 2),)), (steps // 2, size))
            )
    return luck.choice(pool)


def _of_pictures(scope: Scope, shape: Shape) -> Made:
    luck, (height, width, channels) = scope.luck, shape
    assert isinstance(height, int) and isinstance(width, int)
    filters, stride = luck.choice([2, 3, 4]), luck.choice([1, 1, 2])
    arguments = [
        ("filters", scope.value(filters)),
        ("kernel_size", scope.value(luck.choice([1, 3]))),
    ]
    if stride > 1:
        arguments.append(("strides", scope.value(2)))
    arguments += [("padding", "same"), *_extras(scope)]
    smaller = (-(-height // stride), -(-width // stride), filters)
    pool = [
        Made(Call("Conv2D", tuple(arguments)), smaller),
        Made(Call("Conv2D", tuple(arguments)), smaller),
        Made(Call("DepthwiseConv2D", (("kernel_size", 3), ("padding", "same"))), shape),
        Made(Call("GlobalAveragePooling2D"), (channels,)),
        Made(
            Call("UpSampling2D", (("size", scope.value(2)),)),
            (height * 2, width * 2, channels),
        ),
        Made(Call("SpatialDropout2D", (("rate", scope.value(0.25)),)), shape),
        Made(
            Call("ZeroPadding2D", (("padding", [[1, 0], [0, 1]]),)),
            (height + 1, width + 1, channels),
        ),
    ]
    if isinstance(channels, int):
        pool.append(Made(Call("Flatten"), (height * width * channels,)))
    if height > 1 and width > 1:
        pooled = (height // 2, width // 2, channels)
        pool += [
            Made(Call("MaxPooling2D"), pooled),
            Made(Call("AveragePooling2D", (("pool_size", 2),)), pooled),
        ]
    if height * width > 200:
        return pool[3]
    return luck.choice(pool)


def changing(scope: Scope, shape: Shape) -> Made:
    """Create a layer that may change the shape."""
    if len(shape) == 1:
        return _of_vectors(scope, shape)
    if len(shape) == 2:
        return _of_sequences(scope, shape)
    if len(shape) == 3 and is_known(shape):
        return _of_pictures(scope, shape)
    return dense(scope, shape)


def operation(scope: Scope, shape: Shape) -> Made:
    """Create a call of a `keras.ops` function on one tensor."""
    luck = scope.luck
    pool = [
        Made(Call(f"ops.{name}"), shape)
        for name in ("relu", "tanh", "sigmoid", "square", "negative", "softplus")
    ]
    pool.append(
        Made(Call("ops.clip", (("x_min", -2.0), ("x_max", scope.value(2.0)))), shape)
    )
    if len(shape) > 1:
        axis = luck.choice(["mean", "max", "sum"])
        pool.append(Made(Call(f"ops.{axis}", (("axis", scope.value(1)),)), shape[1:]))
        keeps = Call("ops.mean", (("axis", -1), ("keepdims", True)))
        pool.append(Made(keeps, (*shape[:-1], 1)))
    if len(shape) == 2:
        if is_known(shape):
            swapped = Call("ops.transpose", (("axes", [0, 2, 1]),))
            pool.append(Made(swapped, (shape[1], shape[0])))
        pool.append(Made(Call("ops.take", (("indices", -1), ("axis", 1))), shape[1:]))
    return luck.choice(pool)


MERGES = ("Add", "Multiply", "Subtract", "Average", "Maximum", "Minimum")
OF_TWO = ("ops.add", "ops.multiply", "ops.subtract", "ops.maximum")
POOLS = {
    2: "GlobalMaxPooling1D",
    3: "GlobalAveragePooling2D",
    4: "GlobalAveragePooling3D",
}


def condition(scope: Scope) -> str:
    """Create a condition on params."""
    luck = scope.luck
    flag = scope.value(luck.random() < 0.5)
    if isinstance(flag, Code):
        return luck.choice([flag.text, f"not {flag.text}"])
    size = scope.param(luck.choice([1, 2, 3, 4]))
    return f"{size.text} {luck.choice(['>', '<=', '==', '!='])} 2"
