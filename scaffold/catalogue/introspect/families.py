"""Detect the arguments that take Keras objects, or strings for them."""

from __future__ import annotations

from typing import Any

from scaffold.catalogue.introspect.documentation import indicates
from scaffold.catalogue.introspect.installed import keras
from scaffold.catalogue.introspect.subjects import Trial
from scaffold.catalogue.types import Argument, Kind

STRINGS: dict[Kind, str] = {
    "initializer": "zeros",
    "regularizer": "l2",
    "constraint": "non_neg",
    "activation": "relu",
    "optimizer": "sgd",
    "loss": "mean_squared_error",
    "dtype": "float64",
}
"""A string that only this family accepts."""

NONSENSE = "nonsense"


def find_family(argument: Argument, text: str, subject: Trial) -> tuple[Kind, ...]:
    """Return the family of objects that an argument takes; empty if there is none.

    Args:
        argument: The name and default of the argument.
        text: Its documentation.
        subject: The callable of the argument.
    """
    name = argument.name
    if name == "dtype":
        return ("dtype",)
    if name == "name" and subject.constructs(name, "called"):
        return ("string",)
    if name == "learning_rate" and subject.works(name, _schedule()):
        return ("float", "schedule")
    by_string = _by_string(name, text, subject)
    if by_string:
        return by_string
    if indicates(text, "layer") or name.startswith(("layer", "cell")):
        return _layers(name, subject)
    return ()


def _by_string(name: str, text: str, subject: Trial) -> tuple[Kind, ...]:
    """Return the family whose string is accepted although nonsense is not."""
    likely = [kind for kind in STRINGS if name.endswith(kind)]
    candidates = likely or [kind for kind in STRINGS if kind in text.lower()]
    if candidates and not subject.works(name, NONSENSE):
        for kind in candidates:
            if subject.works(name, STRINGS[kind]):
                return (kind,)
    if name.endswith("optimizer") and subject.works(name, {"SGD": {}}):
        return ("optimizer",)
    if likely and (not subject.usable or subject.works(name, STRINGS[likely[0]])):
        return (likely[0],)
    return ()


def _layers(name: str, subject: Trial) -> tuple[Kind, ...]:
    """Return whether an argument takes a layer, a list of layers, or both."""
    if subject.works(name, NONSENSE) or subject.works(name, 1):
        return ()
    kinds: list[Kind] = []
    candidates: list[Any] = [
        {"Dense": {"units": 2}},
        {"LSTM": {"units": 2}},
        {"LSTM": {"units": 2, "go_backwards": True}},
        {"LSTMCell": {"units": 2}},
    ]
    if any(subject.works(name, candidate) for candidate in candidates):
        kinds.append("layer")
    if any(subject.works(name, [candidate, candidate]) for candidate in candidates):
        kinds.append("layers")
    return tuple(kinds)


def _schedule() -> Any:
    schedules = keras("keras.optimizers.schedules")
    return schedules.ExponentialDecay(0.1, 10, 0.5)
