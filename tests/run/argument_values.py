"""Values to give for an argument, as a spec has them, found by the argument's kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scaffold.catalogue import Argument, KerasCallable, Kind
from tests.run.by_hand import CATALOGUE, FAMILIES

INTEGERS = (3, 2, 5)
"""Never 0 or 1: as sizes, TensorFlow can end the whole process at either."""

AXES = (1, 2, -1, -2)
FLOATS = (0.25, 1.5, 1e-5, 3, -0.5, -0.25)
DTYPES = ("float64", "mixed_float16", "int64")
WORDS = ("xyxy", "m", "c", "latin-1", "words.txt", "it's", ";", 'say "\\n"')
TUPLES: tuple[Any, ...] = ([3] * 4, [2] * 4, [1, 3, 2], [[1, 2]] * 4)
"""Tuples of sizes, to be cut to the length that is wanted."""

RANGES: tuple[Any, ...] = ([0.25] * 4, [0.1, 0.4, 0.5], [0, 255, 1])
LISTS: tuple[Any, ...] = (
    *([1, 2], [1], [-1], [2], [3, 4], [0.5], [0.2, 0.6], [0.1, 0.5, 0.9], []),
    *(["c", "d", "e"], ["dense"], [5, 0.5], [4, 2, 0.5], [0.5] * 8),
)
SHAPES: tuple[Any, ...] = (
    *([4, 2], [1, 2], [2], [3], [-1], [None, 1], [8], [-1, 2, 2], [None, 1, 3]),
)
DICTIONARIES: tuple[Any, ...] = ({"rmax": 3.0, "rmin": 0.5}, {"a": "b"}, {"a": 0.5})
FORMS: dict[tuple[str, str, Kind], tuple[Any, ...]] = {
    ("EinsumDense", "equation", "string"): ("ab,bd->ad", "...b,bc->...c"),
    # TensorFlow keeps one table for each name of a file.
    ("IntegerLookup", "vocabulary", "string"): ("numbers.txt",),
    ("ModelCheckpoint", "filepath", "string"): ("a.keras", "{epoch:02d}.keras"),
    ("compile", "loss", "dict"): ({"score": {"Huber": {"delta": 2.0}}},),
    ("compile", "loss", "list"): ([{"Huber": {"delta": 2.0}}], ["mse"]),
    ("compile", "loss_weights", "dict"): ({"score": 0.5},),
    ("compile", "loss_weights", "list"): ([0.5],),
    ("compile", "metrics", "dict"): ({"score": ["mae", {"AUC": 50}]},),
    ("compile", "metrics", "list"): ([{"MeanAbsoluteError": {}}, "accuracy"], []),
    ("compile", "weighted_metrics", "dict"): ({"score": "mae"},),
    ("compile", "weighted_metrics", "list"): ([{"AUC": 50}],),
    ("fit", "callbacks", "list"): ([{"EarlyStopping": {}}, "TerminateOnNaN"],),
    ("fit", "class_weight", "dict"): ({0: 1.0, 1: 2.5},),
    ("fit", "validation_freq", "list"): ([1, 3],),
    ("fit", "validation_split", "float"): (0.25, 0.5),
}
"""By class, argument and kind: values of a form of their own."""

OBJECTS: dict[Kind, tuple[Any, ...]] = {
    "activation": (
        *("tanh", "relu", "log_softmax"),
        {"LeakyReLU": {"negative_slope": 0.1}},
        {"ReLU": 6.0},
        {"PReLU": {}},
    ),
    "initializer": (
        *("he_normal", "HeNormal", "uniform"),
        {"HeNormal": {"seed": 3}},
        {"Constant": 0.5},
        {"RandomUniform": {"maxval": 0.5, "minval": -0.5, "seed": 1}},
        {"Zeros": {}},
        {"GlorotUniform": {}},
    ),
    "regularizer": (
        *("l2", "L1L2"),
        {"L2": 0.02},
        {"L1L2": {"l2": 0.02, "l1": 0.01}},
        {"L2": {"l2": 0.01}},
    ),
    "constraint": (
        *("non_neg", "MaxNorm"),
        {"MaxNorm": {"axis": [0, 1], "max_value": 3}},
        {"UnitNorm": {"axis": 1}},
        {"MaxNorm": {}},
    ),
    "layer": (
        {"Dense": {"activation": "tanh", "units": 3}},
        {"GRU": 3},
        {"LSTM": {"units": 2, "go_backwards": True}},
        {"GRUCell": {"units": 3, "kernel_regularizer": {"L2": 0.02}}},
    ),
    "layers": (
        [{"RandomFlip": "vertical"}, {"Dense": 2}],
        [{"GRUCell": {"units": 3}}, {"LSTMCell": 2}],
    ),
    "schedule": (
        {"ExponentialDecay": [0.1, 10, 0.5]},
        {"PiecewiseConstantDecay": {"boundaries": [5], "values": [0.3, 0.2]}},
    ),
    "optimizer": (
        *("sgd", "Adam"),
        {"Adam": {"learning_rate": 0.002}},
        {"SGD": {"nesterov": True, "momentum": 0.9}},
    ),
    "loss": (
        *("mse", "Huber"),
        {"Huber": {"delta": 2.0}},
        {"MeanAbsoluteError": {}},
    ),
    "metric": ("mae", {"AUC": {"num_thresholds": 50}}, {"MeanAbsoluteError": {}}),
    "callback": ("TerminateOnNaN", {"EarlyStopping": {"patience": 3}}),
}

REQUIRED: dict[str, Any] = {
    "backup_dir": "backup",
    "boundaries": [10, 20],
    "decay_steps": 10,
    "default_optimizer": {"SGD": {}},
    "directory": "checkpoints",
    "filename": "log.csv",
    "filepath": "best.keras",
    "first_decay_steps": 10,
    "inner_optimizer": {"SGD": {}},
    "num_classes": 2,
    "target_class_ids": [0],
    "values": [0.3, 0.2, 0.1],
}
"""What is given for a required argument of that name; 0.5 for all others."""

COMPANY: dict[tuple[str, str], dict[str, Any]] = {
    ("", "ema_overwrite_frequency"): {"use_ema": True},
    ("", "groups"): {"filters": 3},
    ("", "idf_weights"): {"output_mode": "tf_idf"},
    ("", "output_mode"): {"idf_weights": [0.5, 0.25]},
    ("", "output_padding"): {"strides": 4},
    ("", "pad_to_max_tokens"): {"max_tokens": 8, "output_mode": "multi_hot"},
    ("", "sparse"): {"output_mode": "multi_hot"},
    ("AUC", "label_weights"): {"multi_label": True, "num_labels": 8},
    ("AUC", "num_labels"): {"multi_label": True},
    ("BatchNormalization", "renorm_clipping"): {"renorm": True},
    ("BatchNormalization", "renorm_momentum"): {"renorm": True},
    ("Discretization", "num_bins"): {"bin_boundaries": None},
    ("Hashing", "sparse"): {"output_mode": "count"},
    ("ModelCheckpoint", "save_weights_only"): {"filepath": "a.weights.h5"},
    ("IntegerLookup", "salt"): {"oov_method": "farmhash", "num_oov_indices": 2},
    ("Normalization", "mean"): {"variance": [0.25] * 8},
    ("Normalization", "variance"): {"mean": [0.25] * 8},
    ("PiecewiseConstantDecay", "boundaries"): {"values": [0.3, 0.2]},
    ("PiecewiseConstantDecay", "values"): {"boundaries": [10]},
    ("SGD", "nesterov"): {"momentum": 0.9},
    ("STFTSpectrogram", "fft_length"): {"frame_length": 2},
}
"""By class ("" for any) and argument: others that a value may have to come with."""


def companies(owner: str, argument: str) -> tuple[dict[str, Any], ...]:
    """Gives what to try an argument with: nothing else, and what it may need."""
    more = COMPANY.get((owner, argument)) or COMPANY.get(("", argument))
    return ({}, more) if more else ({},)


def pool(owner: KerasCallable, argument: Argument, kind: Kind) -> list[Any]:
    """Gives values of a kind that are not an argument's default."""
    values = list(_values(owner, argument, kind))
    return [value for value in values if not _is_same(value, argument.default)]


def other_clothes(argument: Argument) -> list[Any]:
    """Gives an argument's default in all the clothes in which it means the same."""
    default, rank = argument.default, argument.rank
    results: list[Any] = [default]
    if rank is not None and "integer" in argument.kinds and default is not None:
        if not isinstance(default, list):
            results.append([default] * rank)
        elif default == default[:1] * rank and not isinstance(default[0], list):
            results.append(default[0])
    if isinstance(default, float) and default.is_integer():
        results.append(int(default))
    for kind in argument.kinds:
        if isinstance(default, str) and kind in FAMILIES:
            same = CATALOGUE.find_string(FAMILIES[kind], default)
            results += [*same.strings, {same.name: {}}] if same else []
    return results


def disguises(argument: Argument) -> list[Any]:
    """Gives what looks like an argument's default, and means something else.

    `factor=0.5` is from 0 to 0.5, and `factor=(0.5, 0.5)` is 0.5.
    """
    default, rank = argument.default, argument.rank
    if rank is None or isinstance(default, list) or "integer" in argument.kinds:
        return []
    return [[default] * rank] if default is not None else []


def _values(owner: KerasCallable, argument: Argument, kind: Kind) -> Iterator[Any]:
    rank = argument.rank or 2
    if forms := FORMS.get((owner.name, argument.name, kind)):
        yield from forms
        return
    match kind:
        case "integer":
            is_axis = "axis" in argument.name or "axes" in argument.name
            yield from AXES if is_axis else INTEGERS
        case "float":
            yield from FLOATS
        case "boolean":
            yield from (True, False)
        case "choice":
            yield from argument.choices
        case "string" if argument.name == "name":
            yield "called"
        case "string":
            yield from WORDS
        case "dtype":
            yield from DTYPES
        case "tuple":
            is_whole = "integer" in argument.kinds
            tuples = TUPLES if is_whole else (*TUPLES[:-1], *RANGES)
            yield from (item[:rank] for item in tuples)
        case "list":
            yield from LISTS
        case "shape":
            yield from SHAPES
        case "dict":
            yield from DICTIONARIES
        case _:
            yield from OBJECTS.get(kind, ())


def _is_same(item: Any, other: Any) -> bool:
    return item == other and isinstance(item, bool) == isinstance(other, bool)
