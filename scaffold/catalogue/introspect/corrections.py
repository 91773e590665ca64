"""What trying cannot find out, each with its reason: the one table of corrections."""

from __future__ import annotations

from typing import Any

from scaffold.catalogue.types import Argument

EXAMPLES: dict[str, dict[str, Any]] = {
    "CategoryEncoding": {"num_tokens": 4},  # has a default, but multi_hot needs it
    "Discretization": {"bin_boundaries": [0.25, 0.5]},  # else it must be adapted
    "IntegerLookup": {"vocabulary": [1, 2]},  # else it must be adapted
    "Normalization": {"mean": 0.5, "variance": 0.25},  # else it must be adapted
    "StringLookup": {"vocabulary": ["a", "b"]},  # else it must be adapted
    "TextVectorization": {"vocabulary": ["a", "b"]},  # else it must be adapted
}
"""Examples whose arguments are not just the required ones."""

REASONS: dict[str, str] = {
    "FlaxLayer": "its module is a Python object of Flax",
    "InputLayer": "it is made by `inputs`, and called on nothing",
    "JaxLayer": "its call_fn is a Python function of JAX",
    "LSTMCell": "its states are two tensors in a list; use it inside RNN",
    "Lambda": "its function is a Python function",
    "Layer": "it is the base class of all layers and has no call of its own",
    "StackedRNNCells": "its states are lists of tensors; use it inside RNN",
    "TFSMLayer": "its filepath is a TensorFlow SavedModel on disk",
    "TorchModuleWrapper": "its module is a Python object of PyTorch",
    "Wrapper": "it is the base class of wrappers and has no call of its own",
}
"""Why a layer can have no example."""


def corrected(target: Any, argument: Argument) -> Argument:
    """Applies the corrections to an argument of a class or function."""
    return argument
