"""Translates word by word, with attention to what it read.

Words are numbers from 1 on, and 0 fills up what is shorter than the rest. `target` is
the translation so far; each step gives the chances of the word that comes next.
"""

# By keras-scaffold from encoder_decoder.yaml (functional); sha256 41b176fa08fc0c32

import keras
from keras import layers


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
    source = keras.Input(shape=(None,), dtype="int32", name="source")
    target = keras.Input(shape=(None,), dtype="int32", name="target")
    x = layers.Embedding(source_words, width, mask_zero=True)(source)
    encoder = layers.LSTM(
        units, return_sequences=True, return_state=True, name="encoder"
    )(x)
    target_vectors = layers.Embedding(
        target_words, width, mask_zero=True, name="target_vectors"
    )(target)
    decoder = layers.LSTM(units, return_sequences=True, name="decoder")(
        target_vectors, initial_state=[encoder[1], encoder[2]]
    )
    context = layers.Attention(use_scale=True, name="context")([decoder, encoder[0]])
    x = layers.Concatenate()([decoder, context])
    x = layers.Dense(units, activation="tanh")(x)
    outputs = layers.Dense(target_words, activation="softmax")(x)
    return keras.Model(
        {"source": source, "target": target}, outputs, name="encoder_decoder"
    )


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
