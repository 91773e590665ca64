"""What trying cannot find out, each with its reason: the one table of corrections."""

from __future__ import annotations

from typing import Any, NamedTuple

from scaffold.catalogue.introspect.subjects import Subject
from scaffold.catalogue.types import Argument, Kind

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
    "InputLayer": "it is called on nothing; a spec's inputs make it",
    "JaxLayer": "its call_fn is a Python function of JAX",
    "LSTMCell": "its states are a list of two tensors; use it inside RNN",
    "Lambda": "its function is a Python function",
    "Layer": "it is the base class of all layers and has no call of its own",
    "StackedRNNCells": "its states are lists of tensors; use it inside RNN",
    "TFSMLayer": "its filepath is a TensorFlow SavedModel on disk",
    "TorchModuleWrapper": "its module is a Python object of PyTorch",
    "Wrapper": "it is the base class of wrappers and has no call of its own",
}
"""Why a layer can have no example."""


class Correction(NamedTuple):
    """What is said of an argument in place of what trying has found.

    Attributes:
        kinds: Its kinds.
        reason: Why trying is not enough.
        shown: Values that must work: the build stops where one does not.
        rank: Its rank.
        choices: Its choices.
    """

    kinds: tuple[Kind, ...]
    reason: str
    shown: tuple[Any, ...] = ()
    rank: int | None = None
    choices: tuple[Any, ...] = ()


CORRECTIONS: dict[tuple[str, str], Correction] = {}
"""By class ("" for any) and argument."""


def corrected(argument: Argument, subject: Subject) -> Argument:
    """Applies the table to an argument.

    Raises:
        ValueError: A value that a correction shows does not work.
    """
    by_owner = CORRECTIONS.get((subject.name, argument.name))
    correction = by_owner or CORRECTIONS.get(("", argument.name))
    if correction is None:
        return argument
    for value in correction.shown:
        if subject.usable and not subject.works(argument.name, value):
            raise ValueError(f"{subject.name}({argument.name}={value!r}) fails")
    return argument._replace(
        kinds=correction.kinds, rank=correction.rank, choices=correction.choices
    )
