"""A convolutional network on scikit-learn's digits: real data, three styles."""

from __future__ import annotations

from typing import Any

import keras
import pytest
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from scaffold.styles import STYLES
from tests.run.modules import (
    assert_same_output,
    copy_weights,
    load_module,
    source_of,
    weights_by_path,
)

SPEC = """
name: digits
description: Sorts handwritten digits of 8x8 pixels.
params: {num_classes: 10}
inputs: [8, 8, 1]
layers:
  - Rescaling(1 / 16)
  - Conv2D(32, 3, padding="same", activation="relu")
  - BatchNormalization
  - Conv2D(64, 3, padding="same", activation="relu")
  - MaxPooling2D
  - Flatten
  - Dropout(0.3)
  - Dense(num_classes, activation="softmax")
compile:
  optimizer: adam
  loss: sparse_categorical_crossentropy
  metrics: [accuracy]
"""


@pytest.fixture(scope="module")
def digits() -> Any:
    """1797 images, a quarter of them held out."""
    images, labels = load_digits(return_X_y=True)
    return train_test_split(
        images.reshape(-1, 8, 8, 1), labels, test_size=0.25, random_state=0
    )


@pytest.fixture(scope="module")
def trained(digits: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One trained model for each style."""
    x_train, _, y_train, _ = digits
    models = {}
    for style in STYLES:
        keras.utils.set_random_seed(1)
        text = source_of(SPEC, style)
        module = load_module(text, tmp_path_factory.mktemp(style))
        model = module.build_model()
        module.compile_model(model)
        model.fit(x_train, y_train, epochs=12, batch_size=32, verbose=0)
        models[style] = model
    return models


@pytest.mark.parametrize("style", STYLES)
def test_recognises_digits(style: str, trained: dict[str, Any], digits: Any) -> None:
    """The network gets 97 of 100 images right that it has not seen."""
    _, x_test, _, y_test = digits
    assert trained[style].evaluate(x_test, y_test, verbose=0)[1] >= 0.97


def test_same_parameters(trained: dict[str, Any]) -> None:
    """All styles have the same weights of the same shapes."""
    shapes = [
        {path: tuple(weight.shape) for path, weight in weights_by_path(model).items()}
        for model in trained.values()
    ]
    assert shapes[0] == shapes[1] == shapes[2]
    assert len({model.count_params() for model in trained.values()}) == 1


@pytest.mark.parametrize("style", STYLES[1:])
def test_same_output(style: str, trained: dict[str, Any], digits: Any) -> None:
    """With one style's weights the others give the same."""
    _, x_test, _, _ = digits
    other = trained[style]
    before = other.get_weights()
    copy_weights(trained[STYLES[0]], other)
    assert_same_output(trained[STYLES[0]], other, x_test)
    other.set_weights(before)
