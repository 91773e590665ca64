"""Finds out whether a layer works otherwise in training."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from scaffold.catalogue.introspect.calls import has_training
from scaffold.catalogue.introspect.installed import keras, numpy
from scaffold.catalogue.introspect.trials import Wiring, called, filled, flat

SWITCHES = ("brightness_factor", "dropout", "recurrent_dropout", "x_factor")
"""Arguments that are off by default, and make a layer random in training when set."""

BATCH = 4


def training_use(make: Callable[..., Any], wiring: Wiring) -> str:
    """Describe what `training` means to a layer.

    The same layer is called with `training` false and true, with its `SWITCHES` on.

    Args:
        make: Makes the layer, with further keyword arguments.
        wiring: How it is called.

    Returns:
        `differs` if it gives something else in training, or changes a variable that
        is no weight to be trained (the state of a random generator aside); `takes` if
        `training` makes no difference; `""` if its `call` does not take it.
    """
    keras().utils.set_random_seed(0)
    if not has_training(make()):
        return ""
    known = inspect.signature(make().__init__).parameters
    layer = make(**{name: 0.5 for name in SWITCHES if name in known})
    tensors = [filled((BATCH, *shape), wiring.dtype) for shape in wiring.shapes]
    idle = flat(called(layer, wiring, tensors, training=False))
    before = _kept(layer)
    busy = flat(called(layer, wiring, tensors, training=True))
    same = _equal(idle, busy) and _equal(before, _kept(layer))
    return "takes" if same else "differs"


def _kept(layer: Any) -> list[Any]:
    """Copy the variables that training does not train."""
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
