"""Training that is shortened to a few steps, callbacks included."""

from __future__ import annotations

import inspect
import math
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import keras
import numpy as np

_EPOCHS = 2
_STEPS = 2
_EXAMPLES = 8
"""The most examples in a step."""


class Unknown(NamedTuple):
    """A callback that watches something that is not there.

    Attributes:
        callback: Its class.
        monitor: What it watches.
        names: What there is.
    """

    callback: str
    monitor: str
    names: tuple[str, ...]


class Seen(NamedTuple):
    """What was seen of training.

    Attributes:
        losses: The losses of all epochs.
        unknown: Callbacks that watch what is not there.
    """

    losses: list[float]
    unknown: list[Unknown]


@contextmanager
def shortened(directory: Path) -> Iterator[Seen]:
    """Have each `fit` take a few steps, and keep what callbacks write in a directory.

    Args:
        directory: Where files of callbacks go that would be written elsewhere.
    """
    seen = Seen([], [])
    fit, evaluate = keras.Model.fit, keras.Model.evaluate

    def few(model: Any, *args: Any, **kwargs: Any) -> Any:
        given = _bound(fit, model, args, kwargs)
        for one in _callbacks(given):
            _keep_inside(one, directory)
        _shorten(model, given)
        history = fit(model, **given)
        _look_at(history, _callbacks(given), seen)
        return history

    def once(model: Any, *args: Any, **kwargs: Any) -> Any:
        # `fit` calls it as well, with a private argument.
        if "_use_cached_eval_dataset" in kwargs:
            return evaluate(model, *args, **kwargs)
        given = _bound(evaluate, model, args, kwargs)
        _cut(model, given, steps="steps")
        return evaluate(model, **given)

    keras.Model.fit, keras.Model.evaluate = few, once
    try:
        yield seen
    finally:
        # Both are inherited.
        del keras.Model.fit, keras.Model.evaluate


def _bound(
    method: Callable[..., Any], model: Any, args: Any, kwargs: Any
) -> dict[str, Any]:
    """Return the arguments of a method by name, its defaults among them."""
    bound = inspect.signature(method).bind(model, *args, **kwargs)
    bound.apply_defaults()
    _, *names = bound.arguments
    more = bound.arguments.get("kwargs", {})
    return {**{n: bound.arguments[n] for n in names if n != "kwargs"}, **more}


def _callbacks(given: dict[str, Any]) -> list[Any]:
    callbacks = given["callbacks"]
    if isinstance(callbacks, keras.callbacks.CallbackList):
        return list(callbacks.callbacks)
    return list(callbacks) if isinstance(callbacks, list | tuple) else [callbacks]


def _shorten(model: Any, given: dict[str, Any]) -> None:
    """Leave two epochs of two steps."""
    given["epochs"] = min(given["epochs"], given["initial_epoch"] + _EPOCHS)
    _cut(model, given, steps="steps_per_epoch")
    held_back = given["validation_data"]
    if isinstance(held_back, list | tuple):
        size = given["validation_batch_size"] or given["batch_size"] or _EXAMPLES
        given["validation_data"] = _examples(tuple(held_back), size)
        given["validation_steps"] = None
    elif held_back is not None:
        given["validation_steps"] = 1


def _cut(model: Any, given: dict[str, Any], steps: str) -> None:
    """Leave as many examples as a few steps take."""
    if _count(given["x"]) is None:
        given[steps] = min(given[steps] or _STEPS, _STEPS)
        return
    size = given["batch_size"] or _EXAMPLES
    if not _has_fixed_size(model):
        size = min(size, _EXAMPLES)
    given["batch_size"], given[steps] = size, None
    count = math.ceil(_STEPS * size / (1 - given.get("validation_split", 0.0)))
    names = ("x", "y", "sample_weight")
    cut = _examples(tuple(given[name] for name in names), count)
    given.update(zip(names, cut, strict=True))


def _has_fixed_size(model: Any) -> bool:
    """Tell whether a model takes batches of one size only, as far as is known."""
    inputs = getattr(model, "inputs", None)
    shapes = [one.shape for one in keras.tree.flatten(inputs)] if inputs else []
    if not shapes:
        # A class: what it was built with.
        built = (model.get_build_config() or {}).get("input_shape")
        shapes = list(built.values()) if isinstance(built, dict) else [built]
    return any(not shape or shape[0] is not None for shape in shapes)


def _count(data: Any) -> int | None:
    """Return how many examples there are; `None` of what only yields them."""
    arrays = [one for one in keras.tree.flatten(data) if one is not None]
    if not arrays or not all(
        hasattr(one, "shape") and len(one.shape) for one in arrays
    ):
        return None
    return int(arrays[0].shape[0])


def _examples(data: tuple[Any, ...], most: int) -> tuple[Any, ...]:
    """Return some of the examples, from the first to the last."""

    def some(one: Any) -> Any:
        if not hasattr(one, "shape") or one.shape[0] <= most:
            return one
        places = np.linspace(0, one.shape[0] - 1, most).astype("int64")
        if hasattr(one, "iloc"):
            return one.iloc[places]
        is_array = isinstance(one, np.ndarray)
        return one[places] if is_array else keras.ops.take(one, places, axis=0)

    return tuple(keras.tree.map_structure(some, one) for one in data)


def _keep_inside(callback: Any, directory: Path) -> None:
    """Have a callback write below a directory what it would write elsewhere."""
    for name, value in list(vars(callback).items()) if callback else ():
        if not isinstance(value, str | Path) or os.sep not in str(value):
            continue
        there = Path(os.path.abspath(value))
        if not there.is_relative_to(Path.cwd()) and not there.is_relative_to(directory):
            inside = directory / "elsewhere" / there.relative_to(there.anchor)
            inside.parent.mkdir(parents=True, exist_ok=True)
            setattr(callback, name, type(value)(str(inside)))


def _look_at(history: Any, callbacks: list[Any], seen: Seen) -> None:
    names = tuple(getattr(history, "history", {}))
    seen.losses.extend(map(float, history.history.get("loss", ())) if names else ())
    for one in callbacks if names else ():
        monitor = getattr(one, "monitor", None)
        # One that saves after every epoch only looks at it to say how good that was.
        is_watched = getattr(one, "save_best_only", True)
        if isinstance(monitor, str) and is_watched and monitor not in names:
            seen.unknown.append(Unknown(type(one).__name__, monitor, names))
