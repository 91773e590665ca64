r"""Ends a docstring: ''' and goes on {{ here }} with \ and 'quotes'."""

# By keras-scaffold from awkward.yaml (sequential); sha256 0fcbb8e70b87bbab

import keras
from keras import layers


def build_model() -> keras.Model:
    """Build the `awkward` model.

    Returns:
        A built, uncompiled model. Its input is string of shape (batch, 1).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(1,), dtype="string", name="text"),
            layers.TextVectorization(
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
            ),
            layers.Embedding(20, 4),
            layers.GlobalAveragePooling1D(),
            layers.Dense(1, bias_initializer=keras.initializers.Constant(1e-5)),
        ],
        name="awkward",
    )
