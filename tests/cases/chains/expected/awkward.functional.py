r"""Ends a docstring: ''' and goes on {{ here }} with \ and 'quotes'."""

# By keras-scaffold from awkward.yaml (functional); sha256 b2138078287a0a6e

import keras
from keras import layers


def build_model() -> keras.Model:
    """Build the `awkward` model.

    Returns:
        A built, uncompiled model. Its input is string of shape (batch, 1).
    """
    inputs = keras.Input(shape=(1,), dtype="string", name="text")
    x = layers.TextVectorization(
        output_sequence_length=6,
        vocabulary=[
            "it's",
            '"""',
            "{{ 7 * 7 }}",
            "back\\slash",
            "new\nline",
            "größer",
            (
                "a string so long that it does not fit on a line of "
                "eighty-eight columns, and is cut"
            ),
        ],
    )(inputs)
    x = layers.Embedding(20, 4)(x)
    x = layers.GlobalAveragePooling1D()(x)
    outputs = layers.Dense(1, bias_initializer=keras.initializers.Constant(1e-5))(x)
    return keras.Model(inputs, outputs, name="awkward")
