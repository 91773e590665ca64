"""The table of corrections: what trials cannot detect, with the reasons."""

from __future__ import annotations

import inspect
import sys
from typing import Any, NamedTuple

from scaffold.catalogue.introspect.subjects import Trial
from scaffold.catalogue.types import Argument, Kind

EXAMPLES: dict[str, dict[str, Any]] = {
    "CategoryEncoding": {"num_tokens": 4},  # has a default, but multi_hot needs it
    "Discretization": {"bin_boundaries": [0.25, 0.5]},  # otherwise it must be adapted
    "IntegerLookup": {"vocabulary": [1, 2]},  # otherwise it must be adapted
    "Normalization": {"mean": 0.5, "variance": 0.25},  # otherwise it must be adapted
    "StringLookup": {"vocabulary": ["a", "b"]},  # otherwise it must be adapted
    "TextVectorization": {"vocabulary": ["a", "b"]},  # otherwise it must be adapted
}
"""Examples that need more than the required arguments."""

REASONS: dict[str, str] = {
    "FlaxLayer": "its module is a Python object of Flax",
    "InputLayer": "`inputs` of the spec creates it",
    "JaxLayer": "its call_fn is a Python function of JAX",
    "LSTMCell": "its states are a list of two tensors; use it inside RNN",
    "Lambda": "its function is a Python function",
    "Layer": "it is the base class of all layers and has no call of its own",
    "StackedRNNCells": "its states are lists of tensors; use it inside RNN",
    "TFSMLayer": "its filepath is the path of a SavedModel",
    "TorchModuleWrapper": "its module is a Python object of PyTorch",
    "Wrapper": "it is the base class of wrappers and has no call of its own",
}
"""Why a layer cannot have an example."""


class Correction(NamedTuple):
    """A correction of the detected facts about an argument.

    Attributes:
        kinds: The kinds of the argument.
        reason: Why trials are not enough.
        shown: Values that must work; otherwise the correction is ignored.
        rank: The rank of the argument.
        choices: The choices of the argument.
    """

    kinds: tuple[Kind, ...]
    reason: str
    shown: tuple[Any, ...] = ()
    rank: int | None = None
    choices: tuple[Any, ...] = ()


_PATH = "only an existing path, or one with the right suffix, works"
_SILENT = "the documentation does not name its type"
_ANY_LENGTH = "its length depends on other arguments of the example"
_SHAPE = "it needs another shape than the tried tensors"
_OLD = "such an object cannot be created here, so nothing can be tried"

CORRECTIONS: dict[tuple[str, str], Correction] = {
    ("", "bounding_box_format"): Correction(("string",), _SILENT, ("xyxy",)),
    ("", "noise_shape"): Correction(
        ("shape",), "a bare integer happens to work", ((2, 1),)
    ),
    ("", "value_range"): Correction(
        ("tuple",), "lengths are not checked", ((0, 255), (0.0, 1.0)), rank=2
    ),
    ("", "vocabulary"): Correction(("list", "string"), "a string is a file's path"),
    ("", "idf_weights"): Correction(("list",), _ANY_LENGTH, ((0.1, 0.5),)),
    ("", "ignore_class"): Correction(("integer",), _SILENT, (1,)),
    ("", "implementation"): Correction(("choice",), _SILENT, (1, 2), choices=(1, 2)),
    ("", "use_cudnn"): Correction(
        ("choice", "boolean"), "True needs a GPU", ("auto", False), choices=("auto",)
    ),
    ("", "flash_attention"): Correction(("boolean",), _SILENT, (False,)),
    ("BinaryIoU", "target_class_ids"): Correction(
        ("list",), _ANY_LENGTH, ([0], [0, 1])
    ),
    ("Discretization", "num_bins"): Correction(
        ("integer",), "it excludes bin_boundaries, and then needs adapt"
    ),
    ("EarlyStopping", "baseline"): Correction(("float",), _SILENT, (0.5,)),
    ("EarlyStopping", "min_delta"): Correction(("float",), "its default is 0", (0.01,)),
    ("EinsumDense", "bias_axes"): Correction(("string",), _SILENT, ("c",)),
    ("EinsumDense", "gptq_unpacked_column_size"): Correction(
        ("integer",), _SILENT, (2,)
    ),
    ("EinsumDense", "lora_alpha"): Correction(("integer",), _SILENT, (2,)),
    ("EinsumDense", "equation"): Correction(
        ("string",), "only an equation works", ("ab,bc->ac",)
    ),
    ("InputLayer", "batch_shape"): Correction(("shape",), "it excludes shape"),
    ("InputLayer", "input_tensor"): Correction(("tensor",), _SILENT),
    ("InputLayer", "ragged"): Correction(("boolean",), _SILENT),
    ("InputLayer", "sparse"): Correction(("boolean",), _SILENT, (True,)),
    ("LearningRateScheduler", "schedule"): Correction(
        ("any",), "it is a function, and nothing is checked"
    ),
    ("MaxNorm", "max_value"): Correction(("float",), "its default is 2", (1.5,)),
    ("ModelCheckpoint", "filepath"): Correction(("string",), _PATH, ("a.keras",)),
    ("ModelCheckpoint", "monitor"): Correction(
        ("string",), "it is the name of any metric", ("val_loss", "mine")
    ),
    ("Normalization", "mean"): Correction(
        ("float", "list"), "a list is as long as the axis", (0.5,)
    ),
    ("Normalization", "variance"): Correction(
        ("float", "list"), "a list is as long as the axis", (0.5,)
    ),
    ("OrbaxCheckpoint", "directory"): Correction(("string",), _OLD),
    ("OrbaxCheckpoint", "mode"): Correction(
        ("choice",), _OLD, choices=("auto", "min", "max")
    ),
    ("OrbaxCheckpoint", "save_freq"): Correction(
        ("choice", "integer"), _OLD, choices=("epoch",)
    ),
    ("PiecewiseConstantDecay", "boundaries"): Correction(("list",), _ANY_LENGTH),
    ("PiecewiseConstantDecay", "values"): Correction(("list",), _ANY_LENGTH),
    ("RandomPosterization", "factor"): Correction(
        ("integer", "tuple"),
        "a range is accepted but not documented",
        (4, (2, 4)),
        rank=2,
    ),
    ("Rescaling", "offset"): Correction(
        ("float", "list"), "one number per channel is not documented", (0.5, [0.5] * 8)
    ),
    ("Rescaling", "scale"): Correction(
        ("float", "list"), "one number per channel is not documented", (0.5, [0.5] * 8)
    ),
    ("ReversibleEmbedding", "logit_soft_cap"): Correction(("float",), _SILENT, (30.0,)),
    ("StringLookup", "mask_token"): Correction(
        ("string",), "the vocabulary must not contain it", ("m",)
    ),
    ("TFSMLayer", "dtype"): Correction(("dtype",), _OLD),
    ("TFSMLayer", "filepath"): Correction(("string",), _PATH),
    ("batch_normalization", "offset"): Correction(("tensor",), _SHAPE),
    ("dot_product_attention", "bias"): Correction(("tensor",), _SHAPE),
    ("dot_product_attention", "mask"): Correction(("tensor",), _SHAPE),
    ("layer_normalization", "beta"): Correction(("tensor",), _SHAPE),
    ("layer_normalization", "gamma"): Correction(("tensor",), _SHAPE),
    ("logspace", "base"): Correction(("float",), "its default is 10", (2.5,)),
    ("moveaxis", "destination"): Correction(("integer", "list"), _ANY_LENGTH, (0, [0])),
    ("moveaxis", "source"): Correction(("integer", "list"), _ANY_LENGTH, (1, [1])),
    ("nanpercentile", "q"): Correction(("float", "list"), _SILENT, (50.0, [25.0])),
    ("nanquantile", "q"): Correction(("float", "list"), _SILENT, (0.5, [0.5])),
    ("percentile", "q"): Correction(("float", "list"), _SILENT, (50.0, [25.0])),
    ("quantile", "q"): Correction(("float", "list"), _SILENT, (0.5, [0.5])),
    ("rms_normalization", "scale"): Correction(("tensor", "float"), _SHAPE, (0.5,)),
    ("squareplus", "b"): Correction(("float",), "its default is 4", (0.5,)),
    ("transpose", "axes"): Correction(("list",), _ANY_LENGTH, ([0, 2, 1],)),
}
"""By class (`""` for any) and argument."""

UNDOCUMENTED: dict[str, tuple[Kind, ...]] = {
    "attn_logits_soft_cap": ("float",),
    "axis": ("integer", "list"),
    "constant_values": ("float",),
    "default_value": ("float",),
    "epsilon": ("float",),
    "fill_value": ("float",),
    "initial": ("float",),
    "max_val": ("float",),
    "pattern": ("string",),
    "rcond": ("float",),
    "scale": ("float",),
    "subscripts": ("string",),
    "threshold": ("float",),
    "tol": ("float",),
    "x_max": ("tensor", "float"),
    "x_min": ("tensor", "float"),
}
"""Kinds of function arguments that would otherwise be `any`: a call on symbolic tensors
checks no values, and their type is not documented."""


def corrected(argument: Argument, subject: Trial) -> Argument:
    """Apply the table to an argument.

    A correction with a shown value that fails is ignored with a warning, as the table
    was written for another version of Keras.
    """
    by_owner = CORRECTIONS.get((subject.name, argument.name))
    correction = by_owner or CORRECTIONS.get(("", argument.name))
    if correction is None:
        is_unknown = argument.kinds == ("any",) and inspect.isfunction(subject.target)
        undocumented = UNDOCUMENTED.get(argument.name) if is_unknown else None
        return argument._replace(kinds=undocumented) if undocumented else argument
    for value in correction.shown:
        if subject.usable and not subject.works(argument.name, value):
            call = f"{subject.name}({argument.name}={value!r})"
            print(f"correction left out, {call} fails", file=sys.stderr)
            return argument
    return argument._replace(
        kinds=correction.kinds, rank=correction.rank, choices=correction.choices
    )
