"""Every part of compile and train."""

# By keras-scaffold from training.yaml (sequential); sha256 0be078e0212077ee

import keras
import numpy as np
from keras import layers


def build_model() -> keras.Model:
    """Build the `training` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 2).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(2,)),
            layers.Normalization(mean=[0.5, 0.5], variance=[0.25, 0.25]),
            layers.Dense(4, activation="tanh"),
            layers.Dense(1, activation="sigmoid"),
        ],
        name="training",
    )


def compile_model(model, learning_rate=0.05, momentum=0.9):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
        learning_rate: float, `learning_rate` of `SGD` in `compile`. Defaults to 0.05.
        momentum: float, `momentum` of `SGD` in `compile`. Defaults to 0.9.
    """
    model.compile(
        optimizer=keras.optimizers.SGD(
            learning_rate=learning_rate, momentum=momentum, clipnorm=1.0
        ),
        loss=keras.losses.BinaryCrossentropy(label_smoothing=0.01),
        loss_weights=[1.0],
        metrics=["accuracy", keras.metrics.Precision(name="precision")],
        jit_compile=False,
    )


def main(epochs=3, weight=2.0, third=0.5):
    """Train the model, and print its loss and metrics.

    Args:
        epochs: int, `epochs` of `fit`. Defaults to 3.
        weight: float, `class_weight` of `fit`. Defaults to 2.0.
        third: float, a value of the data. Defaults to 0.5.
    """
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
    y = np.array([[0], [1], [1], [0]])
    model = build_model()
    compile_model(model)
    model.fit(
        x,
        y,
        batch_size=2,
        epochs=epochs,
        verbose=0,
        callbacks=[
            keras.callbacks.EarlyStopping(monitor="loss", patience=20),
            keras.callbacks.TerminateOnNaN(),
        ],
        shuffle=False,
        class_weight={0: 1.0, 1: weight},
    )
    for name, value in model.evaluate(x, y, verbose=0, return_dict=True).items():
        print(f"{name}: {value:.4f}")
    new = np.array([[0, 1], [1, third]], dtype="float32")
    for given, predicted in zip(new, model.predict(new, verbose=0), strict=True):
        print(f"{given} -> {predicted}")


if __name__ == "__main__":
    main()
