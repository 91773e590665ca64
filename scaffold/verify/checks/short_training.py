"""Shortens training to a few steps, with all callbacks."""

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


class UnknownMonitor(NamedTuple):
    """A callback that watches a metric that `fit` does not report.

    Attributes:
        callback: The name of its class.
        monitor: The metric that it watches.
        names: The metrics that `fit` reports.
    """

    callback: str
    monitor: str
    names: tuple[str, ...]


class TrainingLog(NamedTuple):
    """The record of shortened training.

    Attributes:
        losses: The losses of all epochs.
        unknown: The callbacks that watch an unknown metric.
    """

    losses: list[float]
    unknown: list[UnknownMonitor]


@contextmanager
def shortened(directory: Path) -> Iterator[TrainingLog]:
    """Shorten each `fit` to a few steps, and redirect files of callbacks.

    Args:
        directory: The directory for files that callbacks would write elsewhere.
    """
    log = TrainingLog([], [])
    fit, evaluate = keras.Model.fit, keras.Model.evaluate

    def fit_briefly(model: Any, *args: Any, **kwargs: Any) -> Any:
        arguments = _bound(fit, model, args, kwargs)
        for callback in _callbacks(arguments):
            _redirect_files(callback, directory)
        _shorten(model, arguments)
        history = fit(model, **arguments)
        _record(history, _callbacks(arguments), log)
        return history

    def evaluate_briefly(model: Any, *args: Any, **kwargs: Any) -> Any:
        # `fit` calls `evaluate`, too, with a private argument.
        if "_use_cached_eval_dataset" in kwargs:
            return evaluate(model, *args, **kwargs)
        arguments = _bound(evaluate, model, args, kwargs)
        _limit_data(model, arguments, steps="steps")
        return evaluate(model, **arguments)

    keras.Model.fit, keras.Model.evaluate = fit_briefly, evaluate_briefly
    try:
        yield log
    finally:
        # The original methods are inherited.
        del keras.Model.fit, keras.Model.evaluate


def _bound(
    method: Callable[..., Any], model: Any, args: Any, kwargs: Any
) -> dict[str, Any]:
    """Return the arguments of a method by name, with defaults."""
    bound = inspect.signature(method).bind(model, *args, **kwargs)
    bound.apply_defaults()
    _, *names = bound.arguments
    more = bound.arguments.get("kwargs", {})
    return {**{n: bound.arguments[n] for n in names if n != "kwargs"}, **more}


def _callbacks(arguments: dict[str, Any]) -> list[Any]:
    callbacks = arguments["callbacks"]
    if isinstance(callbacks, keras.callbacks.CallbackList):
        return list(callbacks.callbacks)
    return list(callbacks) if isinstance(callbacks, list | tuple) else [callbacks]


def _shorten(model: Any, arguments: dict[str, Any]) -> None:
    """Limit the arguments of `fit` to two epochs of two steps."""
    arguments["epochs"] = min(arguments["epochs"], arguments["initial_epoch"] + _EPOCHS)
    _limit_data(model, arguments, steps="steps_per_epoch")
    validation_data = arguments["validation_data"]
    if isinstance(validation_data, list | tuple):
        size = (
            arguments["validation_batch_size"] or arguments["batch_size"] or _EXAMPLES
        )
        arguments["validation_data"] = _examples(tuple(validation_data), size)
        arguments["validation_steps"] = None
    elif validation_data is not None:
        arguments["validation_steps"] = 1


def _limit_data(model: Any, arguments: dict[str, Any], steps: str) -> None:
    """Limit the data to the examples of a few steps."""
    if _count(arguments["x"]) is None:
        arguments[steps] = min(arguments[steps] or _STEPS, _STEPS)
        return
    size = arguments["batch_size"] or _EXAMPLES
    if not _has_fixed_size(model):
        size = min(size, _EXAMPLES)
    arguments["batch_size"], arguments[steps] = size, None
    count = math.ceil(_STEPS * size / (1 - arguments.get("validation_split", 0.0)))
    names = ("x", "y", "sample_weight")
    cut = _examples(tuple(arguments[name] for name in names), count)
    arguments.update(zip(names, cut, strict=True))


def _has_fixed_size(model: Any) -> bool:
    """Return whether a model accepts only one batch size, as far as is known."""
    inputs = getattr(model, "inputs", None)
    shapes = [tensor.shape for tensor in keras.tree.flatten(inputs)] if inputs else []
    if not shapes:
        # A subclassed model: the shapes in its build config.
        built = (model.get_build_config() or {}).get("input_shape")
        shapes = list(built.values()) if isinstance(built, dict) else [built]
    return any(not shape or shape[0] is not None for shape in shapes)


def _count(data: Any) -> int | None:
    """Return the number of examples; `None` for generators and datasets."""
    arrays = [array for array in keras.tree.flatten(data) if array is not None]
    if not arrays or not all(
        hasattr(array, "shape") and len(array.shape) for array in arrays
    ):
        return None
    return int(arrays[0].shape[0])


def _examples(data: tuple[Any, ...], most: int) -> tuple[Any, ...]:
    """Return at most so many examples, evenly spaced."""

    def sample(array: Any) -> Any:
        if not hasattr(array, "shape") or array.shape[0] <= most:
            return array
        indices = np.linspace(0, array.shape[0] - 1, most).astype("int64")
        if hasattr(array, "iloc"):
            return array.iloc[indices]
        is_array = isinstance(array, np.ndarray)
        return array[indices] if is_array else keras.ops.take(array, indices, axis=0)

    return tuple(keras.tree.map_structure(sample, structure) for structure in data)


def _redirect_files(callback: Any, directory: Path) -> None:
    """Change the paths of a callback that are outside a directory to be inside it."""
    for name, value in list(vars(callback).items()) if callback else ():
        if not isinstance(value, str | Path) or os.sep not in str(value):
            continue
        absolute = Path(os.path.abspath(value))
        if not absolute.is_relative_to(Path.cwd()) and not absolute.is_relative_to(
            directory
        ):
            inside = directory / "elsewhere" / absolute.relative_to(absolute.anchor)
            inside.parent.mkdir(parents=True, exist_ok=True)
            setattr(callback, name, type(value)(str(inside)))


def _record(history: Any, callbacks: list[Any], log: TrainingLog) -> None:
    names = tuple(getattr(history, "history", {}))
    log.losses.extend(map(float, history.history.get("loss", ())) if names else ())
    for callback in callbacks if names else ():
        monitor = getattr(callback, "monitor", None)
        # Without `save_best_only`, `ModelCheckpoint` only prints the metric.
        is_watched = getattr(callback, "save_best_only", True)
        if isinstance(monitor, str) and is_watched and monitor not in names:
            log.unknown.append(UnknownMonitor(type(callback).__name__, monitor, names))
