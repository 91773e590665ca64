"""Facts: what layers do, as sets of their names; a single layer by its own name."""

from __future__ import annotations

from collections.abc import Mapping

NOTHING = "Identity"
"""The layer that gives what it takes."""

ACTIVATION = "Activation"
"""The layer that is an activation by name."""

JOIN = "Concatenate"
"""The merge that puts tensors side by side along an axis."""

DOT = "Dot"
"""The merge that multiplies two tensors along axes."""

SUM = "Add"
"""The merge that adds tensors."""

RESCALE = "Rescaling"
"""The layer that multiplies with a number, and adds one."""

PYTHON = "Lambda"
"""The layer that runs a function of Python's."""

INPUT = "InputLayer"
"""The layer that stands for an input of a model in what Keras saves."""

ADAPTED = "Normalization"
"""The layer that learns means and variances of data before training."""

GROUPED = "GroupNormalization"
"""The layer that normalizes groups of channels; -1 groups are one for each channel."""

EACH_STEP = "TimeDistributed"
"""The wrapper that calls a layer on each step of a sequence."""

BOTH_WAYS = "Bidirectional"
"""The wrapper that runs a recurrent layer forwards and backwards."""

KERNEL_WRAPPER = "SpectralNormalization"
"""The wrapper that normalizes the kernel of a layer."""

FLATTEN = "Flatten"
"""The layer that makes one axis of all but the batch's."""

MASKED_MEAN = "GlobalAveragePooling1D"
"""The pooling that leaves out what a mask hides, and gives no mask."""

HOLD_CELLS = frozenset(("RNN", "StackedRNNCells"))
"""Layers that run cells."""

CELL_STATES: Mapping[str, int] = {"GRUCell": 1, "LSTMCell": 2, "SimpleRNNCell": 1}
"""How many states a cell keeps."""

CELLS = frozenset(CELL_STATES)
"""Cells that have `units`, and give as many."""

STACK = "StackedRNNCells"
"""The cell that is made of several; its state is one item for each of them."""

STATES: Mapping[str, int] = {
    "ConvLSTM1D": 2,
    "ConvLSTM2D": 2,
    "ConvLSTM3D": 2,
    "GRU": 1,
    "LSTM": 2,
    "SimpleRNN": 1,
}
"""How many states a recurrent layer returns with `return_state`."""

GIVE_AS_HELD = frozenset(("Bidirectional", "RNN"))
"""Layers of which what they hold says how many tensors they give."""

WRAPPERS = frozenset(
    """Bidirectional RNN SpectralNormalization StackedRNNCells TimeDistributed
    Wrapper""".split()
)
"""Layers that take a layer."""

HAND_WHOLE = frozenset(("Bidirectional", "SpectralNormalization"))
"""Wrappers that call what they hold on their whole tensor."""

ATTENTION = frozenset(
    ("AdditiveAttention", "Attention", "GroupQueryAttention", "MultiHeadAttention")
)
"""Attention: hands on the mask of the first tensor, and uses those of the others."""

TAKE_MASKS_OFF = frozenset(("MultiHeadAttention",))
"""Layers that remove the masks of the very tensors that they are called on."""

MASK_USERS = ATTENTION | frozenset(
    """Bidirectional ConvLSTM1D ConvLSTM2D ConvLSTM3D GRU GlobalAveragePooling1D LSTM
    RNN SimpleRNN""".split()
)
"""Layers that leave out of their sums what a mask hides."""

MASK_MAKERS = frozenset(("Embedding", "Masking"))
"""Layers that make a mask of their own, whatever mask comes."""

MASK_OF_ALL = frozenset(
    ("Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract")
)
"""Merges whose result has a mask only if all that they merge has one."""

NO_STEPS = frozenset(("Flatten", "RepeatVector"))
"""Layers whose second axis is no sequence of what they are called on."""

LOOKUP = "Embedding"
"""The layer whose input are numbers of its rows."""

ROWS = "input_dim"
"""Its argument for how many rows there are."""

STRINGS_OR_NUMBERS = frozenset(("HashedCrossing", "Hashing"))
"""Layers that take strings as well as the integers of their example."""

STRINGS_TO_NUMBERS = "StringLookup"
"""The layer that makes a number of each string that it knows."""

MOVE_ONLY = frozenset(
    ("Concatenate", "Flatten", "Identity", "Permute", "RepeatVector", "Reshape")
)
"""Layers that compute nothing: the values of a tensor are elsewhere afterwards."""

FLATTENING = frozenset(
    (
        "Flatten",
        *(f"Global{kind}Pooling{n}D" for kind in ("Average", "Max") for n in (1, 2, 3)),
    )
)
"""Layers that leave one axis behind the batch's."""

KEEP_NUMBERS = frozenset(
    "ActivityRegularization Dropout Flatten Identity Permute Reshape".split()
)
"""Layers that leave each number as it is, and at most move it."""

MAY_GIVE_INPUT = frozenset(
    """Activation ActivityRegularization AlphaDropout Dropout GaussianDropout
    GaussianNoise Identity SpatialDropout1D SpatialDropout2D SpatialDropout3D""".split()
)
"""Layers that keep masks and may return the very tensor that they are called on."""

WITH_DROPOUT = ATTENTION | frozenset(
    """ConvLSTM1D ConvLSTM2D ConvLSTM3D GRU GRUCell LSTM LSTMCell SimpleRNN
    SimpleRNNCell StackedRNNCells""".split()
)
"""Layers that work otherwise in training only if they are given a rate of dropout."""

ADD_TO_LOSS = frozenset(("ActivityRegularization",))
"""Layers that add to the loss with every call."""

NEED_CODE = frozenset(("FlaxLayer", "JaxLayer", "Lambda", "TorchModuleWrapper"))
"""Layers that are made of Python objects, which no spec can hold."""

BASES: Mapping[str, str] = {
    "layer": "keras.layers.Layer",
    "loss": "keras.losses.Loss",
    "metric": "keras.metrics.Metric",
    "callback": "keras.callbacks.Callback",
}
"""The base classes of what one writes oneself."""

BASE = "layers.Layer"
"""The base class of layers, as generated code names it."""
