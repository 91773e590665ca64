"""Translates word by word, with attention to what it read.

Words are numbers from 1 on, and 0 fills up what is shorter than the rest. `target` is
the translation so far; each step gives the chances of the word that comes next.
"""

# By keras-scaffold from encoder_decoder.yaml (subclass); sha256 06ad4581f4142e42

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="encoder_decoder")
class EncoderDecoder(keras.Model):
    """Translates word by word, with attention to what it read.

    Words are numbers from 1 on, and 0 fills up what is shorter than the rest. `target`
    is the translation so far; each step gives the chances of the word that comes next.

    Args:
        source_words: int, `input_dim` of `embedding`. Defaults to 200.
        target_words: int, `input_dim` of `target_vectors` and `units` of `dense_1`.
            Defaults to 150.
        width: int, `output_dim` of `embedding` and `target_vectors`. Defaults to 16.
        units: int, `units` of `encoder`, `decoder` and `dense`. Defaults to 32.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(
        self, source_words=200, target_words=150, width=16, units=32, **kwargs
    ):
        super().__init__(**kwargs)
        self.source_words = source_words
        self.target_words = target_words
        self.width = width
        self.units = units
        self.embedding = layers.Embedding(source_words, width, mask_zero=True)
        self.encoder = layers.LSTM(
            units, return_sequences=True, return_state=True, name="encoder"
        )
        self.target_vectors = layers.Embedding(
            target_words, width, mask_zero=True, name="target_vectors"
        )
        self.decoder = layers.LSTM(units, return_sequences=True, name="decoder")
        self.context = layers.Attention(use_scale=True, name="context")
        self.concatenate = layers.Concatenate()
        self.dense = layers.Dense(units, activation="tanh")
        self.dense_1 = layers.Dense(target_words, activation="softmax")

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("source", "target")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "source": keras.Input(
                    batch_shape=input_shape["source"], dtype="int32", name="source"
                ),
                "target": keras.Input(
                    batch_shape=input_shape["target"], dtype="int32", name="target"
                ),
            }
        )
        self.built = True

    def call(self, inputs, training=None):
        if not isinstance(inputs, dict) or inputs.keys() - {"source", "target"}:
            raise ValueError(
                "expected a dictionary with the keys `source` and `target`"
            )
        x = self.embedding(inputs["source"])
        encoder = self.encoder(x, training=training)
        target_vectors = self.target_vectors(inputs["target"])
        decoder = self.decoder(
            target_vectors, initial_state=[encoder[1], encoder[2]], training=training
        )
        context = self.context([decoder, encoder[0]], training=training)
        x = self.concatenate([decoder, context])
        x = self.dense(x)
        return self.dense_1(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "source": keras.Input(shape=(None,), dtype="int32", name="source"),
                    "target": keras.Input(shape=(None,), dtype="int32", name="target"),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "source_words": self.source_words,
            "target_words": self.target_words,
            "width": self.width,
            "units": self.units,
        }


def build_model(source_words=200, target_words=150, width=16, units=32) -> keras.Model:
    """Build the `encoder_decoder` model.

    Args:
        source_words: int, `input_dim` of `embedding`. Defaults to 200.
        target_words: int, `input_dim` of `target_vectors` and `units` of `dense_1`.
            Defaults to 150.
        width: int, `output_dim` of `embedding` and `target_vectors`. Defaults to 16.
        units: int, `units` of `encoder`, `decoder` and `dense`. Defaults to 32.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `source` (int32 of
            shape (batch, None)) and `target` (int32 of shape (batch, None)).
    """
    model = EncoderDecoder(
        source_words=source_words,
        target_words=target_words,
        width=width,
        units=units,
        name="encoder_decoder",
    )
    model.build({"source": (None, None), "target": (None, None)})
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
