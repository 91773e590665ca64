"""Facts: names of Keras 3 objects in older Keras, TensorFlow and PyTorch.

Loaded only for a spec with findings.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

MODULES = frozenset(
    """activations addons backend callbacks compat constraints contrib core engine
    experimental f functional image initializers k keras keras_core kl l layers legacy
    linalg losses math metrics models nn np numpy ops optim optimizer optimizers
    preprocessing python random regularizers schedules signal slim tensorflow tf tfa
    tfkl torch utils v1 v2""".split()
)
"""Modules that precede a name from Keras, in lower case."""

LAYERS: Mapping[str, str] = {
    "AdaptiveAvgPool1d": "AdaptiveAveragePooling1D",
    "AdaptiveAvgPool2d": "AdaptiveAveragePooling2D",
    "AdaptiveMaxPool2d": "AdaptiveMaxPooling2D",
    "AtrousConvolution1D": "Conv1D",
    "AtrousConvolution2D": "Conv2D",
    "AvgPool1d": "AveragePooling1D",
    "AvgPool2d": "AveragePooling2D",
    "AvgPool3d": "AveragePooling3D",
    "BatchNorm1d": "BatchNormalization",
    "BatchNorm2d": "BatchNormalization",
    "BatchNorm3d": "BatchNormalization",
    "Conv1d": "Conv1D",
    "Conv2d": "Conv2D",
    "Conv3d": "Conv3D",
    "ConvTranspose1d": "Conv1DTranspose",
    "ConvTranspose2d": "Conv2DTranspose",
    "ConvTranspose3d": "Conv3DTranspose",
    "Convolution1D": "Conv1D",
    "Convolution2D": "Conv2D",
    "Convolution3D": "Conv3D",
    "CuDNNGRU": "GRU",
    "CuDNNLSTM": "LSTM",
    "Deconvolution2D": "Conv2DTranspose",
    "Dropout1d": "SpatialDropout1D",
    "Dropout2d": "SpatialDropout2D",
    "Dropout3d": "SpatialDropout3D",
    "FullyConnected": "Dense",
    "GroupNorm": "GroupNormalization",
    "InstanceNorm1d": "GroupNormalization",
    "InstanceNorm2d": "GroupNormalization",
    "LayerNorm": "LayerNormalization",
    "Linear": "Dense",
    "MaxPool1d": "MaxPooling1D",
    "MaxPool2d": "MaxPooling2D",
    "MaxPool3d": "MaxPooling3D",
    "MultiheadAttention": "MultiHeadAttention",
    "RandomHeight": "RandomZoom",
    "RandomWidth": "RandomZoom",
    "SeparableConvolution2D": "SeparableConv2D",
    "SyncBatchNormalization": "BatchNormalization",
    "ThresholdedReLU": "ReLU",
    "TimeDistributedDense": "Dense",
    "Upsample": "UpSampling2D",
    "ZeroPad2d": "ZeroPadding2D",
}
"""Names of layers that differ in Keras 3."""

OF_FLAX = ("Dense", "Conv", "ConvTranspose", "Embed")
"""Layers that Flax has in a module `nn`, too; PyTorch has no layer of such a name."""

LOSS_SUFFIX = "Loss"
"""How PyTorch's names of losses end."""

OF_TORCH: Mapping[str, str] = {"RNN": "SimpleRNN", "Softmax2d": "Softmax"}
"""Names of PyTorch that mean another layer in Keras 3, even if it has the same name."""

NOT_IN_KERAS = (
    "Keras has no such layer: write it as a block, or as your own layer under `imports`"
)
"""The help for a layer of PyTorch without equivalent in Keras."""

STACKED = "LSTM", "GRU", "RNN"
"""Layers of PyTorch that may be stacked and bidirectional."""

ADVICE: Mapping[str, str] = {
    "cudnngru": "write `GRU`, which uses cuDNN where possible",
    "cudnnlstm": "write `LSTM`, which uses cuDNN where possible",
    "highway": "write it as a block of `Dense`, `Multiply` and `Add`",
    "input": "leave it out: the spec's `inputs` create it",
    "locallyconnected1d": "write `Conv1D`, which shares its weights, or your own "
    "layer under `imports`: Keras 3 no longer has it",
    "locallyconnected2d": "write `Conv2D`, which shares its weights, or your own "
    "layer under `imports`: Keras 3 no longer has it",
    "maxoutdense": "write it as a block of `Dense` and `Maximum`",
    "model": "remove it: the entries of `layers` are the model",
    "randomheight": "write `RandomZoom(height_factor=0.2)`, which is similar",
    "randomwidth": "write `RandomZoom(height_factor=0.0, width_factor=0.2)`, which is "
    "similar",
    "sequential": "leave it out: the entries of `layers` are already in sequence",
    "thresholdedrelu": "write `ReLU(threshold=1.0)`",
}
"""The help for names that Keras 3 no longer has, in lower case."""

OBJECTS: Mapping[str, str] = {
    "BCELoss": "BinaryCrossentropy()",
    "BCEWithLogitsLoss": "BinaryCrossentropy(from_logits=True)",
    "CrossEntropyLoss": "SparseCategoricalCrossentropy(from_logits=True)",
    "HuberLoss": "Huber()",
    "KLDivLoss": "KLDivergence()",
    "L1Loss": "MeanAbsoluteError()",
    "MSELoss": "MeanSquaredError()",
    "SmoothL1Loss": "Huber()",
}
"""Losses of PyTorch, and their equivalents in Keras 3."""

DECAYED = "InverseTimeDecay({rate}, decay_steps=1, decay_rate={decay})"
"""The schedule that is equivalent to the argument `decay` of an optimizer."""

ATTENTION = "MultiheadAttention"
"""The attention layer of PyTorch."""

ATTENDED: Mapping[int, str] = {1: "key", 2: "value"}
"""The keywords for its inputs after the query."""

INPUTS = ("Input", "InputLayer", "placeholder")
"""Callables that create an input of a model."""

MODELS = ("Sequential", "Model")
"""Classes that create a model from layers."""

INITIALIZERS: Mapping[str, str] = {
    "normal": "random_normal",
    "uniform": "random_uniform",
    "one": "ones",
    "zero": "zeros",
    "random_normal_initializer": "RandomNormal",
    "random_uniform_initializer": "RandomUniform",
    "truncated_normal_initializer": "TruncatedNormal",
    "constant_initializer": "Constant",
    "zeros_initializer": "Zeros",
    "ones_initializer": "Ones",
    "l1_regularizer": "l1",
    "l2_regularizer": "l2",
    "l1_l2": "l1l2",
    "xavier_initializer": "glorot_uniform",
    "maxnorm": "MaxNorm",
    "nonneg": "NonNeg",
    "unitnorm": "UnitNorm",
}
"""Other names of initializers and constraints."""

MERGES: Mapping[str, str] = {
    "add": "Add",
    "ave": "Average",
    "average": "Average",
    "concat": "Concatenate",
    "concatenate": "Concatenate",
    "dot": "Dot",
    "max": "Maximum",
    "maximum": "Maximum",
    "min": "Minimum",
    "minimum": "Minimum",
    "mul": "Multiply",
    "multiply": "Multiply",
    "subtract": "Subtract",
    "sum": "Add",
}
"""Functions that merge tensors, and modes of `merge`: the layer for each."""

MERGING: Mapping[type[ast.operator], str] = {
    ast.Add: "Add()",
    ast.Sub: "Subtract()",
    ast.Mult: "Multiply()",
    ast.MatMult: "ops.matmul",
}
"""Arithmetic of two tensors with a layer, or without an operator in a spec."""

LISTED = frozenset(("cat", "concat", "concatenate", "stack", "merge"))
"""Functions that always merge; others may also take a single tensor."""

FUNCTIONS: Mapping[str, str] = {
    "batch_dot": "dot",
    "cat": "concatenate",
    "concat": "concatenate",
    "mul": "multiply",
    "pow": "power",
    "permute_dimensions": "transpose",
    "reduce_max": "max",
    "reduce_mean": "mean",
    "reduce_min": "min",
    "reduce_prod": "prod",
    "reduce_sum": "sum",
    "reduce_any": "any",
    "reduce_all": "all",
    "rsqrt": "rsqrt",
    "unsqueeze": "expand_dims",
    "clip_by_value": "clip",
    "l2_normalize": "normalize",
    "gather": "take",
}
"""Functions of TensorFlow, the backend and PyTorch, and those of `keras.ops`."""

OF_FUNCTIONS: Mapping[str, str] = {
    "clip_value_max": "x_max",
    "clip_value_min": "x_min",
    "dim": "axis",
    "keep_dims": "keepdims",
    "keepdim": "keepdims",
    "multiples": "repeats",
    "num_or_size_splits": "indices_or_sections",
    "paddings": "pad_width",
    "perm": "axes",
    "reduction_indices": "axis",
    "shape": "newshape",
}
"""Arguments of such functions, and their names in `keras.ops`."""

FUNCTION_LAYERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "flatten": ("Flatten", ()),
    "batch_flatten": ("Flatten", ()),
    "reshape": ("Reshape", ("target_shape",)),
    "identity": ("Identity", ()),
    "avg_pool1d": ("AveragePooling1D", ("pool_size",)),
    "avg_pool2d": ("AveragePooling2D", ("pool_size",)),
    "max_pool1d": ("MaxPooling1D", ("pool_size",)),
    "max_pool2d": ("MaxPooling2D", ("pool_size",)),
    "resize": ("Resizing", ("height", "width")),
    "view": ("Reshape", ("target_shape",)),
}
"""Functions with an equivalent layer, and its arguments."""

ACTIVATIONS: Mapping[str, str] = {
    "identity": "linear",
    "swish": "silu",
    "hardswish": "hard_silu",
    "hardsigmoid": "hard_sigmoid",
    "hardshrink": "hard_shrink",
    "hardtanh": "hard_tanh",
    "logsigmoid": "log_sigmoid",
    "logsoftmax": "log_softmax",
    "softshrink": "soft_shrink",
    "tanhshrink": "tanh_shrink",
}
"""Other names of activations."""

STATEMENTS: Mapping[str, str] = {
    "import": "remove it: a spec does not import Keras",
    "return": "remove it: the model returns the output of its last entry, or `outputs`",
    "returned": "write the layer itself, without `return`: `Dense(8)`",
    "compile": "remove it, and write its arguments under `compile`",
    "fit": "remove it, and write its arguments under `train`",
    "condition": "remove it: Keras passes `training` to layers such as `Dropout`",
    "loop": "write a repeat instead: `Dense(8) * 3`, `Dense(n) for n in [64, 32]`",
    "definition": "write the layers of its body as entries, or as a block",
    "model": "remove it: the entries of `layers` are the model",
    "call": "remove it: a spec defines a model and runs nothing",
}
"""The help for a statement that is not a layer."""
