"""Tells whether two images show the same thing, by one encoder for both."""

# By keras-scaffold from siamese_images.yaml (functional); sha256 8a0f2328ef450ad6

import keras
from keras import layers, ops


def encoder(inputs, width, name="encoder"):
    """An image as a vector.

    Args:
        inputs: A tensor with the shape and dtype of the model's input.
        width: int, `units` of `dense`.
        name: str, the name of the model. Defaults to "encoder".

    Returns:
        A new `keras.Model`, which can be called more than once.
    """
    inputs = keras.Input(batch_shape=inputs.shape, dtype=inputs.dtype)
    x = inputs
    for filters in (16, 32):
        x = layers.Conv2D(filters, 3, activation="relu")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(64, 3, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.2)(x)
    outputs = layers.Dense(width, use_bias=False)(x)
    return keras.Model(inputs, outputs, name=name)


def build_model(width=32) -> keras.Model:
    """Build the `siamese_images` model.

    Args:
        width: int, `width` of `encoder`. Defaults to 32.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `left` (float32 of
            shape (batch, 28, 28, 1)) and `right` (float32 of shape (batch, 28, 28, 1)).
    """
    left = keras.Input(shape=(28, 28, 1), name="left")
    right = keras.Input(shape=(28, 28, 1), name="right")
    shared_encoder = encoder(left, width)
    encoder_output = shared_encoder(left)
    other = shared_encoder(right)
    x = layers.Subtract()([encoder_output, other])
    x = ops.absolute(x)
    outputs = layers.Dense(1, activation="sigmoid")(x)
    return keras.Model({"left": left, "right": right}, outputs, name="siamese_images")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=5e-4),
        loss="binary_crossentropy",
        metrics=["accuracy"],
    )
