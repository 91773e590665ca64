"""Wide and deep, joined at the end."""

# By keras-scaffold from wide_deep.yaml (subclass); sha256 aa652783bef880b1

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="wide_deep")
class WideDeep(keras.Model):
    """Wide and deep, joined at the end.

    Args:
        units: int, `units` of `dense`. Defaults to 8.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, units=8, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.embedded = layers.Embedding(100, 4, name="embedded")
        self.flatten = layers.Flatten()
        self.dense = layers.Dense(units, activation="relu")
        self.hidden = layers.Dropout(0.2, name="hidden")
        self.joined = layers.Concatenate(name="joined")
        self.score = layers.Dense(1, name="score")
        self.label = layers.Dense(3, activation="softmax", name="label")

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("wide", "deep")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "wide": keras.Input(batch_shape=input_shape["wide"], name="wide"),
                "deep": keras.Input(
                    batch_shape=input_shape["deep"], dtype="int32", name="deep"
                ),
            }
        )
        self.built = True

    def call(self, inputs, training=None):
        if not isinstance(inputs, dict) or inputs.keys() - {"wide", "deep"}:
            raise ValueError("expected a dictionary with the keys `wide` and `deep`")
        x = self.embedded(inputs["deep"])
        x = self.flatten(x)
        x = self.dense(x)
        hidden = self.hidden(x, training=training)
        joined = self.joined([inputs["wide"], hidden])
        score = self.score(joined)
        label = self.label(joined)
        return {"score": score, "label": label}

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "wide": keras.Input(shape=(5,), name="wide"),
                    "deep": keras.Input(shape=(6,), dtype="int32", name="deep"),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def build_model(units=8) -> keras.Model:
    """Build the `wide_deep` model.

    Args:
        units: int, `units` of `dense`. Defaults to 8.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `wide` (float32 of
            shape (batch, 5)) and `deep` (int32 of shape (batch, 6)).
    """
    model = WideDeep(units=units, name="wide_deep")
    model.build({"wide": (None, 5), "deep": (None, 6)})
    return model


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
