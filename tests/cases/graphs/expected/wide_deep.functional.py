"""Wide and deep, joined at the end."""

# By keras-scaffold from wide_deep.yaml (functional); sha256 c250750d2090d695

import keras
from keras import layers


def build_model(units=8) -> keras.Model:
    """Build the `wide_deep` model.

    Args:
        units: int, `units` of `dense`. Defaults to 8.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `wide` (float32 of
            shape (batch, 5)) and `deep` (int32 of shape (batch, 6)).
    """
    wide = keras.Input(shape=(5,), name="wide")
    deep = keras.Input(shape=(6,), dtype="int32", name="deep")
    x = layers.Embedding(100, 4, name="embedded")(deep)
    x = layers.Flatten()(x)
    x = layers.Dense(units, activation="relu")(x)
    hidden = layers.Dropout(0.2, name="hidden")(x)
    joined = layers.Concatenate(name="joined")([wide, hidden])
    score = layers.Dense(1, name="score")(joined)
    label = layers.Dense(3, activation="softmax", name="label")(joined)
    return keras.Model(
        {"wide": wide, "deep": deep}, {"score": score, "label": label}, name="wide_deep"
    )


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam",
        loss={"score": "mse", "label": "sparse_categorical_crossentropy"},
        metrics={"label": ["accuracy"]},
    )
