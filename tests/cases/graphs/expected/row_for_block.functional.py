"""The `row_for_block` model."""

# By keras-scaffold from row_for_block.yaml (functional); sha256 8f529aefac5e6571

import keras
from keras import layers


def residual(inputs, filters, stride=1, name="residual"):
    """Convolutions and a shortcut, which is fitted where the size changes.

    Args:
        inputs: The input tensor.
        filters: int, `filters` of `conv2d`, `change` and `shortcut`.
        stride: int, `strides` of `conv2d` and `shortcut` and the condition of
            `shortcut`. Defaults to 1.
        name: str, the prefix of its layer names. Defaults to "residual".

    Returns:
        A tensor.
    """
    x = layers.Conv2D(filters, 3, strides=stride, padding="same", activation="relu")(
        inputs
    )
    change = layers.Conv2D(filters, 3, padding="same", name=f"{name}_change")(x)
    shortcut = (
        layers.Conv2D(filters, 1, strides=stride, name=f"{name}_shortcut")(inputs)
        if stride > 1
        else inputs
    )
    x = layers.Add()([change, shortcut])
    return layers.ReLU()(x)


def build_model() -> keras.Model:
    """Build the `row_for_block` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 16, 16, 3).
    """
    inputs = keras.Input(shape=(16, 16, 3))
    x = layers.Conv2D(4, 3, padding="same")(inputs)
    for i, (f, s) in enumerate(((4, 1), (8, 2), (8, 1))):
        x = residual(x, f, stride=s, name=f"stage_{i}")
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(2)(x)
    return keras.Model(inputs, outputs, name="row_for_block")
