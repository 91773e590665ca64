"""One model in two notations."""

# By keras-scaffold from keyed.yaml (functional); sha256 259d38580f30f5f8

import keras
from keras import layers


def build_model(num_classes=10, dropout=0.25) -> keras.Model:
    """Build the `notations` model.

    Args:
        num_classes: int, `units` of `dense` and `probabilities`. Defaults to 10.
        dropout: float, `rate` of `dropout`. Defaults to 0.25.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 8, 8, 1).
    """
    inputs = keras.Input(shape=(8, 8, 1))
    x = layers.Conv2D(8, (3, 3), padding="same", activation="relu")(inputs)
    x = layers.MaxPooling2D()(x)
    x = layers.Reshape((16, 8))(x)
    x = layers.Flatten()(x)
    x = layers.Dropout(dropout)(x)
    x = layers.Dense(
        num_classes * 2,
        kernel_initializer=keras.initializers.HeNormal(seed=1),
        kernel_regularizer=keras.regularizers.L1L2(l1=1e-5, l2=1e-4),
        bias_constraint="max_norm",
    )(x)
    outputs = layers.Dense(num_classes, activation="softmax", name="probabilities")(x)
    return keras.Model(inputs, outputs, name="notations")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.Adam(
            learning_rate=keras.optimizers.schedules.CosineDecay(0.01, decay_steps=1000)
        ),
        loss="sparse_categorical_crossentropy",
    )
