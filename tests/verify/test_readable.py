"""Keras's own errors, as they come, each said in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scaffold.ir.fold import ArithmeticFailure
from scaffold.verify.recording.keras_errors import readable


def of_keras(name: str) -> Callable[[], Any]:
    """Gives something that Keras raises an error at."""
    import keras
    import numpy as np

    result, layers = keras.Input, keras.layers
    return {
        "unknown axis": lambda: layers.Dense(4)(result((None,))),
        "shapes of a merge": lambda: layers.Concatenate()(
            [result((3, 4)), result((5, 4))]
        ),
        "sizes of a sum": lambda: layers.Add()([result((3,)), result((4,))]),
        "rank of a convolution": lambda: layers.Conv2D(4, 3)(result((8,))),
        "rank of a recurrent layer": lambda: layers.LSTM(4)(result((8,))),
        "size of a reshape": lambda: layers.Reshape((3, 5))(result((16,))),
        "kernel too large": lambda: layers.Conv2D(4, 5)(result((3, 3, 1))),
        "pool too large": lambda: layers.MaxPooling2D(5)(result((3, 3, 1))),
        "axes of a product": lambda: layers.Dot(axes=1)([result((3,)), result((4,))]),
        "a tensor missing": lambda: layers.MultiHeadAttention(2, 4)(result((3, 4))),
        "inner sizes": lambda: keras.ops.matmul(result((3, 4)), result((5, 6))),
        "rank of an attention": lambda: layers.Attention()(
            [np.zeros((2, 3, 4)), np.zeros((2, 5, 6))]
        ),
        "groups": lambda: layers.GroupNormalization(groups=3)(result((4, 8))),
        "a negative size": lambda: layers.Dense(-1),
        "an unknown argument": lambda: layers.Dense(4, foo=1),
        "an unknown activation": lambda: layers.Dense(4, activation="foo"),
        "an axis that there is not": lambda: layers.BatchNormalization(axis=7)(
            result((3,))
        ),
        "cropping": lambda: layers.Cropping2D(5)(result((4, 4, 1))),
    }[name]


SAID = {
    "unknown axis": "the shape of `kernel` must be known, and is (None, 4)",
    "shapes of a merge": "requires inputs with matching shapes except for the "
    "concatenation axis; received input_shape=[(None, 3, 4), (None, 5, 4)]",
    "sizes of a sum": "inputs have incompatible shapes; received shapes (3,) and (4,)",
    "rank of a convolution": "input 0 does not fit: expected 4 axes or more, found 2; "
    "the shape is (None, 8)",
    "rank of a recurrent layer": "input 0 does not fit: expected 3 axes, found 2; the "
    "shape is (None, 8)",
    "size of a reshape": "the total size of the tensor must be unchanged; received "
    "input_shape=(16,), target_shape=(3, 5)",
    "kernel too large": "computed output size would be zero or negative; received "
    "`inputs shape=(None, 3, 3, 1)`",
    "pool too large": "computed output size would be zero or negative",
    "axes of a product": "incompatible input shapes: axis values 3 (at axis 1) != 4 "
    "(at axis 1); full input shapes: (None, 3), (None, 4)",
    "a tensor missing": "missing a required argument: 'value'",
    "inner sizes": "`x1.shape=(None, 3, 4)` and `x2.shape=(None, 5, 6)`",
    "rank of an attention": "[2,3,4]",
    "groups": "number of groups (3) must be a multiple of the number of channels (8)",
    "a negative size": "expected a positive integer; received units=-1",
    "an unknown argument": "unrecognized keyword arguments passed to Dense: {'foo': 1}",
    "an unknown activation": "could not interpret activation function identifier: foo",
    "an axis that there is not": "IndexError: tuple index out of range",
    "cropping": "cropping=((5, 5), (5, 5))",
}


@pytest.mark.keras
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("filtered", [True, False])
@pytest.mark.parametrize("name", SAID)
def test_error_of_keras(name: str, filtered: bool) -> None:
    """What matters is in it, on one line, whatever frame Keras puts around it."""
    import keras

    was_filtered = keras.config.is_traceback_filtering_enabled()
    change = (
        keras.config.enable_traceback_filtering
        if filtered
        else keras.config.disable_traceback_filtering
    )
    change()
    try:
        with pytest.raises(Exception) as raised:
            of_keras(name)()
    finally:
        if was_filtered:
            keras.config.enable_traceback_filtering()
    message = readable(raised.value)
    assert SAID[name] in message
    assert len(message) <= 303 and message.isprintable() and not message.endswith(".")
    for frame in ("Exception encountered", "Arguments received", "function_node"):
        assert frame not in message


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (KeyError("left"), "KeyError: left"),
        (SystemExit(3), "the code exits with 3"),
        (SystemExit(), "the code exits with None"),
        (ZeroDivisionError("division by zero"), "ZeroDivisionError: division by zero"),
        (ArithmeticFailure("the numbers are too large"), "the numbers are too large"),
        (ValueError(), "ValueError"),
        (ValueError("a\n\n  b\x1b[1m c\x1b[0m."), "a b c"),
        (ValueError("One thing. Another thing!"), "one thing; another thing"),
        (ValueError("x" * 1000), "x" * 300 + "..."),
        (SyntaxError("invalid syntax"), "SyntaxError: invalid syntax"),
        (NotImplementedError("`A` is not."), "`A` is not"),
    ],
)
def test_error_of_any_sort(error: BaseException, text: str) -> None:
    """The sort of an error is said where its text does not say it."""
    assert readable(error) == text
