"""Detect how a layer is called, what it returns, and what it does with a mask."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

from scaffold.catalogue.introspect.installed import keras, numpy
from scaffold.catalogue.introspect.signatures import plain
from scaffold.catalogue.introspect.trials import (
    BATCH,
    Wiring,
    called,
    filled,
    flat,
    run_eager,
    run_symbolic,
    works,
)
from scaffold.catalogue.types import Argument, Kind

OPTIONAL_TENSORS = ("key",)
"""Call arguments with a default that are data, not masks or states."""

MOST_TENSORS = 5
"""A layer that takes so many tensors takes any number."""

_PARAMETERS = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


def tensor_names(target: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the required and the optional tensors of a layer."""
    required, optional = [], []
    for parameter in _parameters(target):
        if parameter.default is parameter.empty:
            required.append(parameter.name)
        elif parameter.name in OPTIONAL_TENSORS:
            optional.append(parameter.name)
    return tuple(required), tuple(optional)


def has_training(target: Any) -> bool:
    """Return whether `call` takes `training`."""
    return any(parameter.name == "training" for parameter in _parameters(target))


def call_arguments(target: Any) -> tuple[Argument, ...]:
    """Return the arguments of `call` except tensors and `training`."""
    return tuple(
        _call_argument(parameter)
        for parameter in _parameters(target)
        if parameter.default is not parameter.empty
        and parameter.name not in ("training", *OPTIONAL_TENSORS)
    )


def count_outputs(make: Callable[[], Any], wiring: Wiring) -> int:
    """Count the tensors that a layer returns."""
    return len(run_eager(make(), wiring))


def most_tensors(make: Callable[[], Any], wiring: Wiring) -> int:
    """Return the maximum number of tensors of a merging layer, 0 for any number."""
    if wiring.takes != "list":
        return 0
    for count in range(len(wiring.shapes) + 1, MOST_TENSORS + 1):
        more = wiring._replace(shapes=wiring.shapes[:1] * count)
        if not works(partial(run_symbolic, make(), more, BATCH)):
            return count - 1
    return 0


def fits_graphs(make: Callable[[], Any], wiring: Wiring) -> bool:
    """Return whether a layer can be part of a functional model.

    It cannot if a symbolic call returns its input tensor itself, which Keras treats as
    a cycle.
    """
    inputs = [
        keras().Input(shape, batch_size=BATCH, dtype=wiring.dtype)
        for shape in wiring.shapes
    ]
    return works(lambda: keras().Model(inputs, called(make(), wiring, inputs)))


def mask_use(make: Callable[[], Any], wiring: Wiring) -> str:
    """Detect what a layer does with a mask: `makes`, `uses`, `passes` or nothing.

    The layer is called with and without a mask, on the tensors of its example, and on
    tensors with one more axis if those have no time axis.
    """
    longer = wiring._replace(shapes=tuple((4, *shape) for shape in wiring.shapes))
    flat_example = len(wiring.shapes[0]) < 2 and wiring.dtype == "float32"
    for wired in (longer, wiring) if flat_example else (wiring, longer):
        results: list[str] = []
        if works(partial(_note_mask_use, make, wired, results)):
            return results[0]
    return ""


def _note_mask_use(make: Callable[[], Any], wiring: Wiring, results: list[str]) -> None:
    bare = _outputs(make, wiring, False)
    masked = _outputs(make, wiring, True)
    if _makes_mask(make, wiring):
        results.append("makes")
    elif any(
        _differ(tensor, other) for tensor, other in zip(bare, masked, strict=True)
    ):
        results.append("uses")
    elif make().supports_masking and any(
        _mask_of(tensor) is not None for tensor in masked
    ):
        results.append("passes")
    else:
        results.append("")


def _makes_mask(make: Callable[[], Any], wiring: Wiring) -> bool:
    """Return whether outputs have a mask, with `mask_zero` if the layer has it."""
    layer = make()
    if hasattr(layer, "mask_zero"):
        layer.mask_zero = layer.supports_masking = True
    return any(_mask_of(tensor) is not None for tensor in run_eager(layer, wiring))


def _outputs(make: Callable[[], Any], wiring: Wiring, masked: bool) -> list[Any]:
    """Call a new layer reproducibly, and in training too if `call` takes it."""
    keras().utils.set_random_seed(0)
    layer = make()
    tensors = [filled((BATCH, *shape), wiring.dtype) for shape in wiring.shapes]
    if masked:
        for tensor in tensors:
            _set_mask(tensor)
    outputs = flat(called(layer, wiring, tensors))
    if has_training(layer):
        outputs += flat(called(layer, wiring, tensors, training=True))
    return outputs


def _set_mask(tensor: Any) -> None:
    """Mask the second half of the first axis after the batch."""
    np = numpy()
    steps = tensor.shape[1]
    mask = np.tile(np.arange(steps) < steps // 2, (BATCH, 1))
    tensor._keras_mask = keras().ops.convert_to_tensor(mask)


def _mask_of(tensor: Any) -> Any:
    return getattr(tensor, "_keras_mask", None)


def _differ(tensor: Any, other: Any) -> bool:
    np = numpy()
    return not np.allclose(np.asarray(tensor), np.asarray(other))


def _parameters(target: Any) -> list[inspect.Parameter]:
    return [
        parameter
        for parameter in inspect.signature(target.call).parameters.values()
        if parameter.kind in _PARAMETERS and parameter.name != "self"
    ]


def _call_argument(parameter: inspect.Parameter) -> Argument:
    default = plain(parameter.default)
    kinds: tuple[Kind, ...] = ("boolean",) if isinstance(default, bool) else ("tensor",)
    if parameter.name == "initial_state":
        kinds = ("tensor", "list")
    return Argument(
        parameter.name, default=default, kinds=kinds, nullable=default is None
    )
