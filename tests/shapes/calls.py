"""Calls of layers and functions whose shapes are compared with Keras's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from scaffold.catalogue import KerasCallable, load

MOST = 100
"""So many entries has each spec."""


def entries() -> Iterator[tuple[tuple[str, ...], str]]:
    """Gives shapes of inputs, and an entry that is called on all of them."""
    for shape, lines in _LINES.items():
        for line in lines.strip().splitlines():
            yield (shape,), line.strip()
    for shapes, lines in _SEVERAL.items():
        for line in lines.strip().splitlines():
            yield shapes, line.strip()
    yield from _windows()
    yield from _examples()


def specs() -> Iterator[str]:
    """Gives specs with all of the calls: one entry for each, called on inputs."""
    known = list(dict.fromkeys(entries()))
    for start in range(0, len(known), MOST):
        part = known[start : start + MOST]
        shapes = list(dict.fromkeys(shape for item, _ in part for shape in item))
        names = {shape: f"in{number}" for number, shape in enumerate(shapes)}
        lines = ["inputs:"]
        lines += [f"  {name}: {_input(shape)}" for shape, name in names.items()]
        lines.append("layers:")
        for number, (item, line) in enumerate(part):
            sources = ", ".join(names[shape] for shape in item)
            lines.append(f"  - 'e{number} = {line} <- {sources}'")
        listed = ", ".join(
            (
                f"'e{number}[0]'"
                if "return_state" in line or "=None" in line
                else f"e{number}"
            )
            for number, (_, line) in enumerate(part)
        )
        yield "\n".join([*lines, f"outputs: [{listed}]"]) + "\n"


def _input(shape: str) -> str:
    sizes, _, dtype = shape.partition(" ")
    return f"{{shape: {sizes}, dtype: {dtype or 'float32'}}}"


def _windows() -> Iterator[tuple[tuple[str, ...], str]]:
    """Gives convolutions and pooling with all that changes how a window moves."""
    sizes = ("[13,null,3]", "[9,8,3]")
    for shape, kernel, stride, padding in product(
        sizes, (1, "(2, 3)"), (1, 2, "(1, 3)"), ("valid", "same")
    ):
        more = f'strides={stride}, padding="{padding}"'
        yield (shape,), f"Conv2D(4, {kernel}, {more})"
        yield (shape,), f"SeparableConv2D(4, {kernel}, {more})"
        yield (shape,), f"Conv2DTranspose(4, {kernel}, {more})"
        yield (shape,), f"MaxPooling2D({kernel}, {more})"
        if stride != "(1, 3)":  # TensorFlow wants one stride for both axes here
            yield (shape,), f"DepthwiseConv2D({kernel}, depth_multiplier=2, {more})"
    for shape, dilation, padding in product(
        ("[17,4]", "[null,4]"), (1, 3), ("valid", "same", "causal")
    ):
        more = f'dilation_rate={dilation}, padding="{padding}"'
        yield (shape,), f"Conv1D(5, 4, {more})"
        if padding != "causal":
            yield (shape,), f"SeparableConv1D(5, 4, {more})"


def _examples() -> Iterator[tuple[tuple[str, ...], str]]:
    """Gives every layer, and every function whose shapes the catalogue tells."""
    catalogue = load()
    for name in catalogue.names("layers"):
        target = catalogue.find("layers", name)
        if target is not None and target.example and "states" not in target.tensors:
            yield from _example(target)
    for name in catalogue.names("ops"):
        target = catalogue.find("ops", name)
        if target is None or target.unusable:
            continue
        if target.shape == "same" and name not in _PARTICULAR:
            yield ("[6,5]",), f"ops.{name}"
        if target.shape == "reduced":
            yield ("[6,5]",), f"ops.{name}(axis=1)"
            yield ("[6,5]",), f"ops.{name}(axis=-1, keepdims=True)"
        if target.shape == "broadcast" and name not in _PARTICULAR:
            yield ("[6,1]", "[1,5]"), f"ops.{name}"
            yield ("[6,5]", "[6,5]"), f"ops.{name}"


def _example(target: KerasCallable) -> Iterator[tuple[tuple[str, ...], str]]:
    example = target.example
    assert example is not None
    if any(
        isinstance(argument, dict | list) for argument in example.arguments.values()
    ):
        return  # layers in layers stand below
    arguments = ", ".join(
        f"{name}={value!r}" for name, value in example.arguments.items()
    )
    line = f"{target.name}({arguments})".replace("'", '"')
    dtype = "" if example.dtype == "float32" else f" {example.dtype}"
    shapes = tuple(
        f"[{','.join(map(str, shape))}]".replace("None", "null") + dtype
        for shape in example.shapes
    )
    yield shapes, line
    if target.takes == "one" and target.shape == "same" and not dtype:
        yield ("[7,6,3]",), line


_PARTICULAR = frozenset(
    """argpartition bitwise_invert bitwise_not cast clip full_like gcd lcm ldexp
    left_shift leaky_relu logical_and right_shift roll saturate_cast threshold view
    """.split()
)
"""Functions that want other arguments, or other dtypes."""

_LINES = {
    "[8]": """
        Dense(4)
        Dense(4, activation="glu")
        Activation("glu")
        Activation("mish")
        RepeatVector(3)
        Reshape([2, -1])
        Reshape([4, 2])
        Flatten
        Softmax
        Rescaling([0.5])
        ops.expand_dims(axis=1)
        ops.split(4, axis=-1)
        ops.split([2, 3], axis=1)
        ops.power(2.0)
        ops.add(1)
        ops.clip(0, 1)
        ops.threshold(0.5, 0.0)
        ops.cast(dtype="int32")
    """,
    "[6,5]": """
        Dense(4, activation="relu")
        Flatten
        Permute([2, 1])
        Reshape([5, 6])
        Reshape([-1])
        GlobalMaxPooling1D
        GlobalAveragePooling1D(keepdims=True)
        AveragePooling1D(4, strides=1, padding="same")
        UpSampling1D(3)
        ZeroPadding1D(2)
        ZeroPadding1D([1, 3])
        Cropping1D([1, 2])
        Conv1DTranspose(4, 3, strides=2)
        LSTM(4)
        LSTM(4, return_sequences=True)
        LSTM(4, return_state=True)
        GRU(4, return_state=True)
        SimpleRNN(4, return_sequences=True, return_state=True)
        Bidirectional(LSTM(4))
        Bidirectional(LSTM(4, return_sequences=True), merge_mode="sum")
        Bidirectional(GRU(4, return_state=True), merge_mode=None)
        Bidirectional(LSTM(4, return_state=True))
        TimeDistributed(Dense(7))
        SpectralNormalization(Conv1D(4, 2))
        Rescaling([1, 2, 3, 4, 5])
        ops.take(0, axis=1)
        ops.take(-1, axis=-1)
        ops.transpose(axes=[0, 2, 1])
        ops.transpose
        ops.squeeze(axis=0)
        ops.mean
        ops.mean(axis=[1, 2])
        ops.cumsum(axis=1)
        ops.softmax(axis=1)
        ops.roll(1)
        ops.view(dtype="int32")
        Softmax([1, 2])
    """,
    "[null,5]": """
        Flatten
        Reshape([-1, 10])
        LSTM(4, return_sequences=True)
        GlobalAveragePooling1D
        Cropping1D(1)
        ops.split(5, axis=-1)
        ops.sum(axis=1)
    """,
    "[9,8,3]": """
        Flatten
        GlobalAveragePooling2D
        GlobalMaxPooling2D(keepdims=True)
        AveragePooling2D(2)
        UpSampling2D([2, 3])
        ZeroPadding2D([[1, 2], [3, 4]])
        ZeroPadding2D([1, 2])
        Cropping2D([[1, 2], [3, 0]])
        Resizing(4, 5)
        RandomCrop(4, 5)
        CenterCrop(4, 5)
        AdaptiveAveragePooling2D([3, 2])
        Conv2D(4, 3, data_format="channels_first")
        TimeDistributed(Conv1D(2, 3))
        TimeDistributed(Flatten())
        BatchNormalization(axis=1)
    """,
    "[9,1]": """
        ops.squeeze(axis=-1)
        ops.squeeze
        Rescaling([1, 2, 3])
    """,
    "[4] int32": """
        Embedding(20, 3)
        CategoryEncoding(6)
        CategoryEncoding(6, output_mode="count")
        CategoryEncoding(6, output_mode="one_hot")
        Discretization([2, 3], output_mode="one_hot")
        Hashing(3)
        Hashing(3, output_mode="one_hot")
        IntegerLookup(vocabulary=[1, 2])
    """,
}
"""Entries, by the shape of what they are called on."""

_SEVERAL = {
    ("[6,5]", "[6,5]"): """
        Add
        Concatenate(axis=1)
        Concatenate
        Dot(2)
        Dot([2, 1])
        Dot(-1, normalize=True)
        Attention
        AdditiveAttention
        MultiHeadAttention(2, 3)
        MultiHeadAttention(2, 3, output_shape=7)
        MultiHeadAttention(2, 3, output_shape=[2, 4])
        GroupQueryAttention(3, 4, 2)
        ops.stack(axis=1)
        ops.concatenate(axis=1)
        ops.matmul
    """,
    ("[8]", "[8]"): """
        Dot(1)
        Subtract
        ops.stack(axis=-1)
    """,
    ("[6,1]", "[6,5]"): """
        Multiply
        Concatenate
    """,
    ("[null,5]", "[6,5]"): """
        Add
        Concatenate(axis=1)
        Concatenate
        ops.add
    """,
    ("[5]", "[6,5]"): """
        Add
        ops.add
    """,
    ("[6,5]", "[3,5]", "[3,7]"): """
        MultiHeadAttention(2, 3)
    """,
    ("[6,5]", "[3,7]", "[3,5]"): """
        Attention
    """,
}
"""Entries, by the shapes of all that they are called on."""
