"""VGG16, a deep row of small convolutions that classifies images."""

# By keras-scaffold from vgg16.yaml (sequential); sha256 87afc1f4901f4749

import keras
from keras import layers


def stage(filters, depth, name="stage"):
    """A few convolutions, and a pooling that halves the size.

    Args:
        filters: int, `filters` of `conv2d`.
        depth: int, the number of layers of `conv2d`.
        name: str, the name of the model. Defaults to "stage".

    Returns:
        A new `keras.Sequential` model.
    """
    return keras.Sequential(
        [
            *[
                layers.Conv2D(filters, 3, padding="same", activation="relu")
                for _ in range(depth)
            ],
            layers.MaxPooling2D(),
        ],
        name=name,
    )


def build_model(num_classes=1000) -> keras.Model:
    """Build the `vgg16` model.

    Args:
        num_classes: int, `units` of `predictions`. Defaults to 1000.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 224, 224, 3).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(224, 224, 3)),
            *[
                stage(filters, depth, name=f"stage_{i}")
                for i, (filters, depth) in enumerate(
                    ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
                )
            ],
            layers.Flatten(),
            layers.Dense(4096, activation="relu", name="fc1"),
            layers.Dense(4096, activation="relu", name="fc2"),
            layers.Dense(num_classes, activation="softmax", name="predictions"),
        ],
        name="vgg16",
    )


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.SGD(momentum=0.9),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
