"""The layers of a model in the order in which they are made.

Two models of one network make the same layers in the same order, whatever they call
them and however they nest them. Kind by kind, that is: a layer that has layers of its
own (attention) makes them when it is built, which a subclass does later.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable
from typing import Any
from unittest import mock

import keras

_NOT_ITS_OWN = {"name", "trainable", "dtype", "batch_input_shape"}
"""What a config says that a model's author does not."""


def created(make: Callable[[], Any]) -> tuple[Any, list[Any]]:
    """Makes a model, and gives it with the layers of Keras's own in it.

    Blocks, nested models, and layers that do nothing are not among them.
    """
    results: list[Any] = []
    initialize = keras.Layer.__init__

    @functools.wraps(initialize)
    def note(layer: Any, *args: Any, **kwargs: Any) -> None:
        initialize(layer, *args, **kwargs)
        results.append(layer)

    with mock.patch.object(keras.Layer, "__init__", note):
        model = make()
    return model, [layer for layer in results if _is_of_keras(layer)]


def by_kind(layers: list[Any]) -> dict[str, list[Any]]:
    """Gives layers by their class, in the order in which they are made."""
    kinds: dict[str, list[Any]] = defaultdict(list)
    for layer in layers:
        kinds[type(layer).__name__].append(layer)
    return dict(kinds)


def described(layer: Any) -> tuple[str, dict[str, Any], list[tuple[int, ...]]]:
    """Says what a layer is: its class, its arguments, and its weights' shapes."""
    config = layer.get_config()
    arguments = {key: config[key] for key in config if key not in _NOT_ITS_OWN}
    return type(layer).__name__, arguments, [tensor.shape for tensor in layer.weights]


def _is_of_keras(layer: Any) -> bool:
    passing = keras.layers.InputLayer | keras.layers.Identity | keras.Model
    is_own = not type(layer).__module__.startswith("keras.")
    return not is_own and not isinstance(layer, passing)
