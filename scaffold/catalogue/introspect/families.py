"""Finds the arguments that take Keras objects, or the strings that stand for them."""

from __future__ import annotations

from typing import Any

from scaffold.catalogue.introspect.documentation import speaks_for
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
"""A string that only this family knows."""

NONSENSE = "nonsense"


def find_family(argument: Argument, text: str, subject: Trial) -> tuple[Kind, ...]:
    """Find which family of objects an argument takes; empty where it takes none.

    Args:
        argument: Its name and default.
        text: What the documentation says of it.
        subject: What it is an argument of.
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
    if speaks_for(text, "layer") or name.startswith(("layer", "cell")):
        return _layers(name, subject)
    return ()


def _by_string(name: str, text: str, subject: Trial) -> tuple[Kind, ...]:
    """Find the family whose string is taken where nonsense is not."""
    likely = [kind for kind in STRINGS if name.endswith(kind)]
    spoken = likely or [kind for kind in STRINGS if kind in text.lower()]
    if spoken and not subject.works(name, NONSENSE):
        for kind in spoken:
            if subject.works(name, STRINGS[kind]):
                return (kind,)
    if name.endswith("optimizer") and subject.works(name, {"SGD": {}}):
        return ("optimizer",)
    if likely and (not subject.usable or subject.works(name, STRINGS[likely[0]])):
        return (likely[0],)
    return ()


def _layers(name: str, subject: Trial) -> tuple[Kind, ...]:
    """Find whether an argument takes a layer, a list of them, or both."""
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
