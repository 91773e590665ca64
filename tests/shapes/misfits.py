"""Calls of layers and functions that fit and that do not, hundreds of each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from scaffold.catalogue import KerasCallable, load

SHAPES = ("[]", "[6]", "[8,6]", "[8,8,6]", "[4,8,8,6]", "[4,4,8,8,6]", "[null,6]")
"""One shape of each rank, and one with an axis of any size."""

Case = tuple[tuple[str, ...], str]
"""The shapes of inputs, and an entry that is called on all of them."""


def cases() -> Iterator[Case]:
    """Give all of them."""
    for name in load().names("layers"):
        target = load().find("layers", name)
        if target is not None and target.example and target.takes == "one":
            yield from _of_every_rank(target)
    for shapes, lines in (_ONE | _TWO).items():
        for line in lines.strip().splitlines():
            yield tuple(shapes.split()), line.strip()
    yield from _windows()
    yield from _merges()


def _of_every_rank(target: KerasCallable) -> Iterator[Case]:
    example = target.example
    assert example is not None
    if example.dtype == "string" or target.name in ("Pipeline", "Permute", "Reshape"):
        return
    arguments = ", ".join(
        f"{key}={_value(value)}" for key, value in example.arguments.items()
    )
    dtype = "" if example.dtype == "float32" else f":{example.dtype}"
    for shape in SHAPES:
        yield (shape + dtype,), f"{target.name}({arguments})"


def _value(value: object) -> str:
    if isinstance(value, dict):
        ((name, items),) = value.items()
        return (
            f"{name}({', '.join(f'{key}={value!r}' for key, value in items.items())})"
        )
    return repr(value).replace("'", '"')


def _windows() -> Iterator[Case]:
    for size, window, stride, padding in product(
        (1, 2, 5), (1, 2, 3, 6), (1, 2), ("valid", "same")
    ):
        more = f'strides={stride}, padding="{padding}"'
        for line in (
            f"Conv1D(4, {window}, {more})",
            f"MaxPooling1D({window}, {more})",
            f"SeparableConv1D(4, {window}, {more})",
            f"DepthwiseConv1D({window}, {more})",
            f"Conv1DTranspose(4, {window}, {more})",
        ):
            yield (f"[{size},6]",), line
        for form in ("channels_first", "channels_last"):
            more = f'strides={stride}, padding="{padding}", data_format="{form}"'
            yield (f"[4,{size},6]",), f"AveragePooling2D([2, {window}], {more})"
            yield (f"[4,{size},6]",), f"Conv2D(4, [2, {window}], {more})"
            yield (f"[4,{size},6]",), f"Conv2D(4, [{window}, 1], {more})"
    for size, window, dilation in product((3, 5), (2, 3), (1, 2, 3)):
        for padding in ("valid", "same", "causal"):
            line = f'Conv1D(4, {window}, dilation_rate={dilation}, padding="{padding}")'
            yield (f"[{size},6]",), line
    for filters, groups, channels in product((2, 4, 6), (2, 3), (4, 6)):
        yield (f"[8,8,{channels}]",), f"Conv2D({filters}, 3, groups={groups})"
    for groups, channels in product((1, 2, 3, 8, -1), (4, 6)):
        yield (f"[8,{channels}]",), f"GroupNormalization({groups})"


def _merges() -> Iterator[Case]:
    shapes = ("[6]", "[8]", "[1]", "[8,6]", "[1,6]", "[8,1]", "[null,6]", "[4,8,6]")
    for item, other in product(shapes, shapes):
        for line in ("Add", "Multiply", "ops.add", "ops.maximum", "Concatenate"):
            yield (item, other), line
        yield (item, other), "Concatenate(axis=1)"
        for line in ("ops.matmul", "ops.concatenate(axis=1)", "ops.stack(axis=1)"):
            yield (item, other), line
        if "null" not in item + other:
            for axes in ("1", "-1", "[1, 2]", "[2, 1]"):
                yield (item, other), f"Dot(axes={axes})"
        for line in ("Attention", "AdditiveAttention", "MultiHeadAttention(2, 4)"):
            yield (item, other), line
    for item, other, third in product(("[8,6]", "[5,6]", "[5,4]"), repeat=3):
        for line in ("Attention", "MultiHeadAttention(2, 4)"):
            yield (item, other, third), line
    for item, other, third in product(("[6]", "[8]", "[1]", "[8,6]"), repeat=3):
        yield (item, other, third), "Average"
        yield (item, other, third), "Concatenate"


_ONE = {
    "[12]": """
        Reshape([3, 4])
        Reshape([3, 5])
        Reshape([-1, 4])
        Reshape([-1, 5])
        Reshape([12])
        Reshape([2, 2, 3])
        Reshape([1])
        Permute([1])
        Permute([2, 1])
        RepeatVector(3)
        Normalization(mean=[0, 0], variance=[1, 1])
        Normalization(mean=[0], variance=[1])
        LayerNormalization(axis=2)
        BatchNormalization(axis=1)
        BatchNormalization(axis=2)
        UnitNormalization(axis=3)
        Softmax(axis=1)
        Softmax(axis=2)
        EinsumDense("ab,bc->ac", output_shape=5)
        EinsumDense("abc,cd->abd", output_shape=[4, 5])
        EinsumDense("...x,xy->...y", output_shape=5)
        ops.expand_dims(axis=2)
        ops.expand_dims(axis=3)
        ops.squeeze(axis=1)
        ops.split(3, axis=1)
        ops.split(5, axis=1)
        ops.split(2, axis=2)
        ops.mean(axis=2)
        ops.max(axis=1)
        ops.softmax(axis=1)
        ops.softmax(axis=2)
        ops.cumsum(axis=2)
        ops.take(0, axis=1)
        ops.take(0, axis=2)
        ops.transpose(axes=[1, 0])
        ops.transpose(axes=[0, 2, 1])
        ops.swapaxes(1, 2)
        ops.argmax(axis=2)
        ops.flip(axis=2)
        ops.log_softmax(axis=3)
        ops.norm(axis=2)
        ops.normalize(axis=2)
        ops.sort(axis=2)
        ops.roll(1, axis=2)
        ops.repeat(2, axis=2)
        ops.logsumexp(axis=2)
        ops.one_hot(3)
        ops.glu(axis=2)
    """,
    "[6,4]": """
        Permute([2, 1])
        Permute([1, 2])
        Permute([1, 3])
        Permute([1, 2, 3])
        Cropping1D(1)
        Cropping1D(3)
        Cropping1D([2, 3])
        Cropping1D([2, 4])
        ZeroPadding1D(2)
        TimeDistributed(Dense(3))
        TimeDistributed(LSTM(3))
        TimeDistributed(Conv1D(3, 2))
        TimeDistributed(Flatten())
        Bidirectional(LSTM(3))
        RNN(LSTMCell(3))
        SpectralNormalization(Dense(3))
        SpectralNormalization(Conv2D(3, 2))
        LayerNormalization(axis=[1, 2])
        LayerNormalization(axis=[2, 3])
        Normalization(axis=3, mean=[0, 0, 0, 0], variance=[1, 1, 1, 1])
        Normalization(axis=1, mean=[0, 0, 0, 0, 0, 0], variance=[1, 1, 1, 1, 1, 1])
        PReLU(shared_axes=[1])
        ops.squeeze
        ops.transpose(axes=[0, 2, 1])
        ops.transpose(axes=[0, 1])
        ops.moveaxis(1, 2)
        Flatten
    """,
    "[null,null]": """
        Dense(3)
        LSTM(3)
        Conv1D(3, 2)
        LayerNormalization
        BatchNormalization
        BatchNormalization(axis=1)
        GroupNormalization(1)
        PReLU(shared_axes=[1])
        PReLU(shared_axes=[1, 2])
        Normalization(axis=null, mean=0.0, variance=1.0)
        Flatten
        Reshape([-1, 4])
        Reshape([3, 4])
        GlobalAveragePooling1D
        MaxPooling1D(3)
        TimeDistributed(Dense(3))
        EinsumDense("abc,cd->abd", output_shape=[null, 5])
    """.replace(
        "null,", "None,"
    ).replace(
        "null", "None"
    ),
    "[8,8,6]": """
        Cropping2D(2)
        Cropping2D(4)
        Cropping2D([[1, 2], [3, 5]])
        Cropping2D([[1, 2], [3, 4]])
        UpSampling2D(2, data_format="channels_first")
        ZeroPadding2D(2, data_format="channels_first")
        Cropping2D([[1, 2], [3, 2]], data_format="channels_first")
        GlobalMaxPooling2D(data_format="channels_first")
        GlobalMaxPooling2D(data_format="channels_first", keepdims=True)
        TimeDistributed(Conv1D(3, 2))
        TimeDistributed(Conv1D(3, 9))
        TimeDistributed(Conv2D(3, 2))
        TimeDistributed(TimeDistributed(Dense(2)))
        LSTM(2)
        ops.max_pool(2)
        ops.average_pool(9)
    """,
}
"""Entries, by the shape of what they are called on."""

_TWO = {
    "[6,4] [6,4]": """
        Subtract
        GroupQueryAttention(4, 2, 1)
        Dot(axes=[0, 1])
        Dot(axes=3)
        Concatenate(axis=3)
        Concatenate(axis=-3)
    """,
    "[6,4] [5,3]": """
        Subtract
        GroupQueryAttention(4, 2, 1)
        Concatenate(axis=2)
    """,
}
"""Entries, by the shapes of all that they are called on."""
