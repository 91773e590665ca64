"""Attention in keyed notation, with arguments of the call."""

# By keras-scaffold from keyed_graph.yaml (functional); sha256 e3ae5898e7baddc4

import keras
from keras import layers


def build_model() -> keras.Model:
    """Build the `keyed_graph` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `query` (float32 of
            shape (batch, 5, 8)) and `memory` (float32 of shape (batch, 7, 8)).
    """
    query = keras.Input(shape=(5, 8), name="query")
    memory = keras.Input(shape=(7, 8), name="memory")
    attention = layers.MultiHeadAttention(2, 4, name="attention")(
        query=query, value=memory, return_attention_scores=True
    )
    added = layers.Add(name="added")([query, attention[0]])
    x = layers.LayerNormalization()(added)
    change = layers.Dense(8, name="change")(x)
    x = layers.Multiply()([change, added])
    outputs = layers.GlobalAveragePooling1D()(x)
    return keras.Model({"query": query, "memory": memory}, outputs, name="keyed_graph")
