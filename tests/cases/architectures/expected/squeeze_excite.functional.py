"""A residual network that weighs its channels by what is in the image."""

# By keras-scaffold from squeeze_excite.yaml (functional); sha256 7e8469a5da5604ef

import keras
from keras import layers


def squeeze_excite(inputs, filters, ratio, name="squeeze_excite"):
    """A weight between 0 and 1 for each channel.

    Args:
        inputs: The input tensor.
        filters: int, `units` of `dense` and `weights`.
        ratio: int, `units` of `dense`.
        name: str, the prefix of its layer names. Defaults to "squeeze_excite".

    Returns:
        A tensor.
    """
    x = layers.GlobalAveragePooling2D(keepdims=True)(inputs)
    x = layers.Dense(filters // ratio, activation="relu")(x)
    weights = layers.Dense(filters, activation="sigmoid", name=f"{name}_weights")(x)
    return layers.Multiply()([inputs, weights])


def residual(inputs, filters, ratio, stride=1, name="residual"):
    """The `residual` block.

    Args:
        inputs: The input tensor.
        filters: int, `filters` of `shortcut`, `conv2d`, `conv2d_1` and `excited`.
        ratio: int, `ratio` of `excited`.
        stride: int, the condition of `shortcut` and `strides` of `shortcut` and
            `conv2d`. Defaults to 1.
        name: str, the prefix of its layer names. Defaults to "residual".

    Returns:
        A tensor.
    """
    shortcut = (
        layers.Conv2D(filters, 1, strides=stride, name=f"{name}_shortcut")(inputs)
        if stride > 1
        else inputs
    )
    x = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(
        inputs
    )
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    excited = squeeze_excite(x, filters, ratio, name=f"{name}_excited")
    x = layers.Add()([shortcut, excited])
    return layers.ReLU()(x)


def build_model(num_classes=10, ratio=4) -> keras.Model:
    """Build the `se_resnet` model.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 10.
        ratio: int, `ratio` of `residual`. Defaults to 4.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 32, 32, 3).
    """
    inputs = keras.Input(shape=(32, 32, 3))
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
    for i, (filters, stride) in enumerate(((16, 1), (32, 2), (64, 2))):
        x = residual(x, filters, ratio, stride=stride, name=f"residual_{i}")
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs, name="se_resnet")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.AdamW(weight_decay=1e-4),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
