"""The `digits` model."""

# By keras-scaffold from row_block.yaml (functional); sha256 28b0d0d74a6dbae0

import keras
from keras import layers


def residual(inputs, filters=16, name="residual"):
    """Two convolutions and a shortcut.

    Args:
        inputs: The input tensor.
        filters: int, `filters` of `conv2d` and `conv_2`. Defaults to 16.
        name: str, the prefix of its layer names. Defaults to "residual".

    Returns:
        A tensor.
    """
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(inputs)
    conv_2 = layers.Conv2D(filters, 3, padding="same", name=f"{name}_conv_2")(x)
    x = layers.Add()([conv_2, inputs])
    return layers.ReLU()(x)


def build_model(num_classes=10) -> keras.Model:
    """Build the `digits` model.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 10.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 8, 8, 1).
    """
    inputs = keras.Input(shape=(8, 8, 1))
    x = layers.Conv2D(16, 3, padding="same")(inputs)
    for i in range(2):
        x = residual(x, name=f"residual_{i}")
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs, name="digits")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
