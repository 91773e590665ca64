"""Create Keras objects from plain data, and run them eagerly and symbolically."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from scaffold.catalogue.introspect.installed import keras, numpy

Shape = tuple[int | None, ...]

BATCH = 2


class Wiring(NamedTuple):
    """How a layer is called.

    Attributes:
        takes: `one`, `list`, `several` or `none`, as in the catalogue.
        tensors: The names of the tensors that are passed.
        shapes: A shape without batch axis for each tensor.
        dtype: The dtype of all tensors.
    """

    takes: str
    tensors: tuple[str, ...]
    shapes: tuple[Shape, ...]
    dtype: str


def works(action: Callable[[], Any]) -> bool:
    """Return whether an action runs without an error; warnings are ignored."""
    return error_of(action) is None


def error_of(action: Callable[[], Any]) -> Exception | None:
    """Run an action and return its error, `None` if there is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            action()
        # Keras, TensorFlow and NumPy raise many types of errors for invalid values.
        except Exception as error:
            return error
    return None


def instantiate(value: Any) -> Any:
    """Create Keras objects from plain data: `{"Dense": {"units": 2}}` is a layer."""
    if isinstance(value, list | tuple):
        return type(value)(instantiate(item) for item in value)
    if not isinstance(value, dict) or len(value) != 1:
        return value
    (name, arguments), *_ = value.items()
    target = getattr(keras("keras.layers"), name, None)
    if not isinstance(target, type):
        target = getattr(keras("keras.optimizers"), name, None)
    return (
        target(**instantiated_arguments(arguments))
        if isinstance(target, type)
        else value
    )


def instantiated_arguments(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Create Keras objects in the values of keyword arguments."""
    return {name: instantiate(value) for name, value in arguments.items()}


def run_symbolic(layer: Any, wiring: Wiring, batch: int | None) -> list[Any]:
    """Call a layer on symbolic tensors; return all results in a flat list."""
    shapes = [(batch, *shape) for shape in wiring.shapes]
    tensors = [keras().KerasTensor(shape, dtype=wiring.dtype) for shape in shapes]
    return flat(called(layer, wiring, tensors))


def run_eager(layer: Any, wiring: Wiring) -> list[Any]:
    """Call a layer on real tensors; return all results in a flat list."""
    tensors = [filled((BATCH, *shape), wiring.dtype) for shape in wiring.shapes]
    return flat(called(layer, wiring, tensors))


def called(layer: Any, wiring: Wiring, tensors: Sequence[Any], **more: Any) -> Any:
    """Call a layer as described by `wiring`."""
    if wiring.takes == "one":
        return layer(tensors[0], **more)
    if wiring.takes == "list":
        return layer(list(tensors), **more)
    return layer(**dict(zip(wiring.tensors, tensors, strict=True)), **more)


def filled(shape: Shape, dtype: str) -> Any:
    """Create a tensor of small, varying values."""
    np = numpy()
    size = int(np.prod(shape))
    if dtype == "string":
        words = np.array(["a", "b"])[np.arange(size) % 2].reshape(shape)
        return keras("tensorflow").constant(words)  # Keras has no string tensors
    if dtype.startswith("int"):
        values = (np.arange(size) % 2).reshape(shape)
    else:
        values = ((np.arange(size) % 7 + 1) / 8).reshape(shape)
    return keras().ops.convert_to_tensor(values, dtype=dtype)


def flat(structure: Any) -> list[Any]:
    """Return the tensors in the result of a layer."""
    return [leaf for leaf in keras().tree.flatten(structure) if leaf is not None]


def runs(make: Callable[[], Any], wiring: Wiring) -> bool:
    """Return whether a layer can be built, and called in all three ways."""

    def action() -> None:
        run_symbolic(make(), wiring, None)
        layer = make()
        known = run_symbolic(layer, wiring, BATCH)
        seen = run_eager(layer, wiring)
        if len(known) != len(seen) or any(0 in tensor.shape for tensor in seen):
            raise ValueError("it returns nothing")

    return works(action)
