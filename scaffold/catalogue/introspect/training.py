"""Detect whether a layer behaves differently in training."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from scaffold.catalogue.introspect.calls import has_training
from scaffold.catalogue.introspect.installed import keras, numpy
from scaffold.catalogue.introspect.trials import Wiring, called, filled, flat

SWITCHES = ("brightness_factor", "dropout", "recurrent_dropout", "x_factor")
"""Arguments that make a layer random in training, and are off by default."""

BATCH = 4


def training_use(make: Callable[..., Any], wiring: Wiring) -> str:
    """Return the effect of `training` on a layer.

    The same layer is called with `training` false and true, with its `SWITCHES` on.

    Args:
        make: Creates the layer, with further keyword arguments.
        wiring: How it is called.

    Returns:
        `differs` if the output differs in training, or if the call changes a
        non-trainable variable (except the state of a random generator); `takes` if
        `training` makes no difference; `""` if `call` does not take it.
    """
    keras().utils.set_random_seed(0)
    if not has_training(make()):
        return ""
    known = inspect.signature(make().__init__).parameters
    layer = make(**{name: 0.5 for name in SWITCHES if name in known})
    tensors = [filled((BATCH, *shape), wiring.dtype) for shape in wiring.shapes]
    idle = flat(called(layer, wiring, tensors, training=False))
    state_before = _non_trainable(layer)
    busy = flat(called(layer, wiring, tensors, training=True))
    same = _equal(idle, busy) and _equal(state_before, _non_trainable(layer))
    return "takes" if same else "differs"


def _non_trainable(layer: Any) -> list[Any]:
    """Return copies of the non-trainable variables."""
    return [
        numpy().array(keras().ops.convert_to_numpy(variable))
        for variable in layer.non_trainable_variables
        if "seed_generator" not in variable.path
    ]


def _equal(ours: list[Any], theirs: list[Any]) -> bool:
    np = numpy()
    return all(
        np.array_equal(np.asarray(tensor), np.asarray(other))
        for tensor, other in zip(ours, theirs, strict=True)
    )
