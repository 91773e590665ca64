"""A small GoogLeNet, whose modules look at several sizes at once."""

# By keras-scaffold from inception.yaml (functional); sha256 bac576db48ee5e30

import keras
from keras import layers


def inception(inputs, one, reduce_3, three, reduce_5, five, pool, name="inception"):
    """Four branches side by side.

    Args:
        inputs: The input tensor.
        one: int, `filters` of `branch_1`.
        reduce_3: int, `filters` of `conv2d`.
        three: int, `filters` of `branch_3`.
        reduce_5: int, `filters` of `conv2d_1`.
        five: int, `filters` of `branch_5`.
        pool: int, `filters` of `branch_pool`.
        name: str, the prefix of its layer names. Defaults to "inception".

    Returns:
        A tensor.
    """
    branch_1 = layers.Conv2D(one, 1, activation="relu", name=f"{name}_branch_1")(inputs)
    x = layers.Conv2D(reduce_3, 1, activation="relu")(inputs)
    branch_3 = layers.Conv2D(
        three, 3, padding="same", activation="relu", name=f"{name}_branch_3"
    )(x)
    x = layers.Conv2D(reduce_5, 1, activation="relu")(inputs)
    branch_5 = layers.Conv2D(
        five, 5, padding="same", activation="relu", name=f"{name}_branch_5"
    )(x)
    x = layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    branch_pool = layers.Conv2D(pool, 1, activation="relu", name=f"{name}_branch_pool")(
        x
    )
    return layers.Concatenate()([branch_1, branch_3, branch_5, branch_pool])


def build_model(num_classes=10) -> keras.Model:
    """Build the `googlenet` model.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 10.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 64, 64, 3).
    """
    inputs = keras.Input(shape=(64, 64, 3))
    x = layers.Conv2D(32, 7, strides=2, padding="same", activation="relu")(inputs)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    for i, (a, b, c, d, e, f) in enumerate(
        ((16, 24, 32, 4, 8, 8), (32, 32, 48, 8, 24, 16))
    ):
        x = inception(x, a, b, c, d, e, f, name=f"inception_row_{i}")
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    x = inception(x, 48, 24, 52, 4, 12, 16)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.4)(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs, name="googlenet")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.SGD(momentum=0.9, nesterov=True),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
