"""Random numbers: the same for each check, whoever draws them."""

from __future__ import annotations

import random

import numpy as np
import pytest

from scaffold.verify.recording.seeds import may_draw, seed

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("default")]

GENERATED = (
    "import json\n\nimport keras\nimport numpy as np\nfrom keras import layers\n"
)


@pytest.mark.parametrize(
    "text",
    [
        "import tensorflow as tf",
        "import numpy, tensorflow",
        "def f():\n    from tensorflow import random",
        "from keras.src.backend import tensorflow",
        "tf = __import__('tensor' + 'flow')",
        "import importlib",
        "from importlib import import_module",
        "import numpy, layers_of_mine",
        "from layers_of_mine import Dice",
        "from . import dice",
        "def",
        "x = '\0'",
    ],
)
def test_code_that_may_draw_from_tensorflow(text: str) -> None:
    """It names TensorFlow, imports what nobody knows, or cannot be read."""
    assert may_draw(f"import keras\n{text}\n")


def test_generated_code_does_not() -> None:
    """It imports Keras, NumPy and Python's own modules."""
    assert not may_draw(GENERATED)
    assert not may_draw("")


def test_keras_draws_the_same() -> None:
    """After a seed, all that code draws that does not name TensorFlow is the same."""
    import keras

    drawn = []
    for _ in range(2):
        seed(GENERATED)
        layer = keras.layers.Dense(3)
        layer.build((None, 4))
        numbers = (
            layer.kernel,
            keras.random.uniform((3,)),
            keras.layers.Dropout(0.5)(np.ones(9), training=True),
            keras.random.shuffle(np.arange(9)),
            np.random.uniform(size=3),
            random.random(),
        )
        drawn.append([np.array(number) for number in numbers])
    for pair, again in zip(*drawn, strict=True):
        assert np.array_equal(pair, again)


def test_tensorflow_draws_the_same_for_who_may() -> None:
    """Its generators begin anew, with a seed of their own and without."""
    import tensorflow as tf

    def draw() -> list[bytes]:
        shapes = ((3,), (4,))
        return [
            tf.random.uniform(shape, seed=number).numpy().tobytes()
            for shape in shapes
            for number in (None, 3)
        ]

    seed("import tensorflow")
    first = draw()
    assert draw() != first
    seed(GENERATED)
    assert draw() != first
    seed("import tensorflow")
    assert draw() == first


def test_tensorflow_is_left_as_it_was() -> None:
    """What Keras is kept from is there again afterwards, even after an error."""
    import tensorflow as tf

    from scaffold.verify.recording import seeds

    before = tf.random.set_seed
    seed(GENERATED)
    with pytest.raises(ZeroDivisionError), seeds._preserved_kernels():
        raise ZeroDivisionError
    assert tf.random.set_seed is before
