"""Facts: the lines and names that messages use as examples."""

from __future__ import annotations

from collections.abc import Mapping

from scaffold.catalogue.types import Kind

DENSE = "Dense"
RESHAPE = "Reshape"
FLATTEN = "Flatten"
POOLING = "GlobalAveragePooling1D"
CELL = "LSTMCell"
RECURRENT = "LSTM"
MERGE = "Add"
JOIN = "Concatenate"

LAYER = "Dense(8)"
NARROW_LAYER = "Dense(4)"
LAST_LAYER = "Dense(1)"
LAYER_WITH_FLAG = "Dense(8, use_bias=False)"
LAYER_WITH_ACTIVATION = 'Dense(8, activation="relu")'
NOTHING = "Identity()"
NOTHING_NAME = "Identity"
LOOP = "Dense(n) for n in [64, 32]"
FUNCTION = "ops.mean(axis=1)"
MERGE_CALL = "Add()"
JOIN_CALL = "Concatenate()"
RUN_CELL = "RNN(LSTMCell(64))"
BOTH_WAYS = "Bidirectional(LSTM(64))"
DOT_CALL = "Dot(axes=-1)"

KEYED_LAYER = "Dense: {units: 8}"
SHORT_KEYED_LAYER = "Dense: 8"
KEYED_NOTHING = "{Identity: }"
RUNNER = "RNN"
"""The layer that runs a cell."""

BY_KIND: Mapping[Kind, str] = {
    "integer": "8",
    "float": "0.5",
    "boolean": "True",
    "shape": "(4, 4)",
    "activation": '"relu"',
    "initializer": '"he_normal"',
    "regularizer": '"l2"',
    "constraint": '"max_norm"',
    "layer": LAYER,
    "layers": "[Flatten(), Dense(8)]",
    "loss": '"mean_squared_error"',
    "metric": '"accuracy"',
    "optimizer": '"adam"',
    "callback": "EarlyStopping()",
    "dtype": '"float32"',
}
"""A value for an argument of each kind."""

OF_NUMBER: Mapping[str, str] = {
    "regularizer": "L2",
    "initializer": "Constant",
    "constraint": "MaxNorm",
    "optimizer": "Adam",
}
"""The class to use instead of a number, by the kind of argument."""
