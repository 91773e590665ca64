"""Creates targets for the outputs of a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import cycle
from typing import Any

import numpy as np

from scaffold.catalogue.facts import losses as facts


def targets(outputs: Any, losses: Any) -> Any:
    """Create targets that are valid for the losses of a model.

    Args:
        outputs: The outputs of the model for a batch.
        losses: The losses of `compile`: one loss, a list, or a dictionary.
    """
    random = np.random.default_rng(1)

    def create(output: Any, loss: Any) -> Any:
        return _target(tuple(output.shape), _name_of(loss), random)

    return _map_outputs(outputs, losses, create)


def random_targets(outputs: Any) -> Any:
    """Create targets of random numbers in the shape of the outputs."""
    random = np.random.default_rng(2)

    def create(output: Any, _: Any) -> Any:
        return random.normal(size=tuple(output.shape)).astype("float32")

    return _map_outputs(outputs, None, create)


def _map_outputs(outputs: Any, losses: Any, make: Callable[[Any, Any], Any]) -> Any:
    if isinstance(outputs, Mapping):
        by_key = losses if isinstance(losses, Mapping) else dict.fromkeys(outputs)
        default = None if isinstance(losses, Mapping) else losses
        return {
            key: make(output, by_key.get(key) or default)
            for key, output in outputs.items()
        }
    if isinstance(outputs, list | tuple):
        loss_list = losses if isinstance(losses, list | tuple) else [losses]
        return [
            make(output, loss)
            for output, loss in zip(outputs, cycle(loss_list), strict=False)
        ]
    if isinstance(losses, list | tuple):
        losses = losses[0]
    return make(outputs, losses)


def _name_of(loss: Any) -> str:
    name = loss if isinstance(loss, str) else getattr(loss, "name", None)
    return str(name or getattr(loss, "__name__", loss)).lower()


def _target(shape: tuple[int, ...], loss: str, random: Any) -> Any:
    """Create a target: class indices, one-hot vectors, or zeros and ones."""
    if any(word in loss for word in facts.OF_NUMBERS):
        return random.integers(0, shape[-1], size=shape[:-1])
    if any(word in loss for word in facts.OF_LABELS):
        # Labels are not 0, the blank, and are fewer than the steps.
        steps = max(1, shape[1] // 3)
        return random.integers(1, max(2, shape[-1]), size=(shape[0], steps))
    if any(word in loss for word in facts.OF_CLASSES):
        classes = random.integers(0, shape[-1], size=shape[:-1])
        return np.eye(shape[-1], dtype="float32")[classes]
    return random.integers(0, 2, size=shape).astype("float32")
