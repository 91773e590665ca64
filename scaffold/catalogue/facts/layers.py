"""Facts: what layers do, as sets of names or single names."""

from __future__ import annotations

from collections.abc import Mapping

SPELLINGS = {"p_re_lu": "prelu", "re_lu": "relu"}
"""Parts of Keras's default names, and how an attribute spells them."""

NOTHING = "Identity"
"""The layer that returns its input."""

ACTIVATION = "Activation"
"""The layer that applies an activation given by name."""

JOIN = "Concatenate"
"""The merge that concatenates tensors along an axis."""

DOT = "Dot"
"""The merge that multiplies two tensors along axes."""

SUM = "Add"
"""The merge that adds tensors."""

RESCALE = "Rescaling"
"""The layer that multiplies by a scale and adds an offset."""

PYTHON = "Lambda"
"""The layer that runs a Python function."""

DENSE = "Dense"
"""The layer that multiplies by a kernel and adds a bias."""

DENSE_WITH_MORE_WEIGHTS = frozenset(("lora_rank", "quantization_config"))
"""Arguments that give it more weights than a kernel and a bias."""

INPUT = "InputLayer"
"""The layer for an input of a model in files saved by Keras."""

ADAPTED = "Normalization"
"""The layer that learns means and variances of data before training."""

GROUPED = "GroupNormalization"
"""The layer that normalizes groups of channels; `groups=-1` is a group per channel."""

TIME_DISTRIBUTED = "TimeDistributed"
"""The wrapper that calls a layer on each step of a sequence."""

BIDIRECTIONAL = "Bidirectional"
"""The wrapper that runs a recurrent layer forwards and backwards."""

KERNEL_WRAPPER = "SpectralNormalization"
"""The wrapper that normalizes the kernel of a layer."""

FLATTEN = "Flatten"
"""The layer that flattens all axes except the batch axis."""

MASKED_MEAN = "GlobalAveragePooling1D"
"""The pooling that ignores masked steps, and returns no mask."""

CELL_WRAPPERS = frozenset(("RNN", "StackedRNNCells"))
"""Layers that run cells."""

CELL_STATES: Mapping[str, int] = {"GRUCell": 1, "LSTMCell": 2, "SimpleRNNCell": 1}
"""The number of states of a cell."""

SERIES_READERS = frozenset(
    """Bidirectional GRU GroupQueryAttention LSTM MultiHeadAttention RNN SimpleRNN
    TimeDistributed""".split()
)
"""Layers whose input has a time axis, and features for each step."""

CELLS = frozenset(CELL_STATES)
"""Cells with `units`, which is also the size of their output."""

STACK = "StackedRNNCells"
"""The cell that consists of several; its state has an item for each of them."""

STATES: Mapping[str, int] = {
    "ConvLSTM1D": 2,
    "ConvLSTM2D": 2,
    "ConvLSTM3D": 2,
    "GRU": 1,
    "LSTM": 2,
    "SimpleRNN": 1,
}
"""The number of states that a recurrent layer returns with `return_state`."""

OUTPUTS_OF_INNER = frozenset(("Bidirectional", "RNN"))
"""Layers whose number of outputs depends on the layer or cell inside."""

WRAPPERS = frozenset(
    """Bidirectional RNN SpectralNormalization StackedRNNCells TimeDistributed
    Wrapper""".split()
)
"""Layers that take a layer as argument."""

PASS_WHOLE_TENSOR = frozenset(("Bidirectional", "SpectralNormalization"))
"""Wrappers that call the layer inside on their whole input."""

ATTENTION = frozenset(
    ("AdditiveAttention", "Attention", "GroupQueryAttention", "MultiHeadAttention")
)
"""Attention: passes the mask of the first tensor on, and uses those of the others."""

REMOVE_MASKS = frozenset(("MultiHeadAttention",))
"""Layers that remove the masks from the tensors that they are called on."""

MASK_USERS = ATTENTION | frozenset(
    """Bidirectional ConvLSTM1D ConvLSTM2D ConvLSTM3D GRU GlobalAveragePooling1D LSTM
    RNN SimpleRNN""".split()
)
"""Layers that ignore masked steps."""

MASK_MAKERS = frozenset(("Embedding", "Masking"))
"""Layers that create a new mask, regardless of the mask of their input."""

MASK_OF_ALL = frozenset(
    ("Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract")
)
"""Merges whose output has a mask only if all inputs have one."""

NO_STEPS = frozenset(("Flatten", "RepeatVector"))
"""Layers whose second output axis is not the time axis of their input."""

RETURN_INTEGERS = frozenset(
    """CategoryEncoding Discretization HashedCrossing Hashing IntegerLookup StringLookup
    TextVectorization""".split()
)
"""Layers that may return integers for other numbers or strings."""

LOOKUP = "Embedding"
"""The layer whose inputs are row numbers of its weights."""

ROWS = "input_dim"
"""Its argument for the number of rows."""

STRINGS_OR_NUMBERS = frozenset(("HashedCrossing", "Hashing"))
"""Layers that take strings as well as integers."""

STRINGS_TO_NUMBERS = "StringLookup"
"""The layer that maps known strings to numbers."""

MOVE_ONLY = frozenset(
    ("Concatenate", "Flatten", "Identity", "Permute", "RepeatVector", "Reshape")
)
"""Layers that only move the values of a tensor."""

FLATTENING = frozenset(
    (
        "Flatten",
        *(f"Global{kind}Pooling{n}D" for kind in ("Average", "Max") for n in (1, 2, 3)),
    )
)
"""Layers whose output has one axis after the batch axis."""

KEEP_NUMBERS = frozenset(
    "ActivityRegularization Dropout Flatten Identity Permute Reshape".split()
)
"""Layers that do not change numbers, but may move them."""

MAY_RETURN_INPUT = frozenset(
    """Activation ActivityRegularization AlphaDropout Dropout GaussianDropout
    GaussianNoise Identity SpatialDropout1D SpatialDropout2D SpatialDropout3D""".split()
)
"""Layers that keep masks and may return their input tensor itself."""

WITH_DROPOUT = ATTENTION | frozenset(
    """ConvLSTM1D ConvLSTM2D ConvLSTM3D GRU GRUCell LSTM LSTMCell SimpleRNN
    SimpleRNNCell StackedRNNCells""".split()
)
"""Layers that behave differently in training only with a dropout rate."""

ADD_TO_LOSS = frozenset(("ActivityRegularization",))
"""Layers that add to the loss in each call."""

NEED_CODE = frozenset(("FlaxLayer", "JaxLayer", "Lambda", "TorchModuleWrapper"))
"""Layers that take Python objects, which a spec cannot contain."""

BASES: Mapping[str, str] = {
    "layer": "keras.layers.Layer",
    "loss": "keras.losses.Loss",
    "metric": "keras.metrics.Metric",
    "callback": "keras.callbacks.Callback",
}
"""The base classes of the parts that users write."""

BASE = "layers.Layer"
"""The base class of layers, as written in generated code."""
