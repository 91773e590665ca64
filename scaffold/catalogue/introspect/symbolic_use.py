"""Detect whether a function can be part of a model, on symbolic tensors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from scaffold.catalogue.introspect.installed import keras
from scaffold.catalogue.introspect.trials import BATCH, error_of, filled, flat
from scaffold.catalogue.introspect.uses import WorkingCall, is_tensor


class SymbolicUse(NamedTuple):
    """Whether a function can be part of a model.

    Attributes:
        unusable: Why it cannot, `""` if it can.
        is_by_data: Whether its output shape depends on the values of its input, not
            only on the shapes.
    """

    unusable: str = ""
    is_by_data: bool = False


def symbolic_use_of(target: Any, use: WorkingCall) -> SymbolicUse:
    """Try a function on symbolic tensors, and on real ones of the same shapes.

    Args:
        target: The function.
        use: A call of it that works.
    """
    if use.takes == "none":
        return SymbolicUse("it is not called on tensors")
    results = _results(target, use, _symbolic)
    if results is not None and not any(map(_is_symbolic, results)):
        return SymbolicUse("its output is not a tensor")
    real = _results(target, use, _real)
    if real and not any(map(is_tensor, real)):
        return SymbolicUse("its output is not a tensor")
    sizes = [
        size for result in results or () if is_tensor(result) for size in result.shape
    ]
    return SymbolicUse(is_by_data=None in sizes)


def _results(
    target: Any, use: WorkingCall, make: Callable[[Any], Any]
) -> list[Any] | None:
    """Call a function on other tensors of the same kind; return `None` if it fails."""
    results: list[Any] = []

    def call() -> None:
        results.extend(
            flat(
                target(**{k: _converted(value, make) for k, value in use.known.items()})
            )
        )

    return results if error_of(call) is None else None


def _converted(value: Any, make: Callable[[Any], Any]) -> Any:
    if not is_tensor(value):
        return value
    return (
        [make(tensor) for tensor in value] if isinstance(value, list) else make(value)
    )


def _symbolic(tensor: Any) -> Any:
    return keras().KerasTensor(_sizes(tensor), dtype=_dtype(tensor))


def _real(tensor: Any) -> Any:
    dtype = _dtype(tensor)
    if dtype.startswith(("float", "int")):
        return filled(_sizes(tensor), dtype)
    return keras().ops.cast(filled(_sizes(tensor), "float32"), dtype)


def _sizes(tensor: Any) -> tuple[int, ...]:
    """Return a shape without unknown sizes."""
    return tuple(BATCH if size is None else size for size in tensor.shape)


def _dtype(tensor: Any) -> str:
    return str(keras().backend.standardize_dtype(tensor.dtype))


def _is_symbolic(value: Any) -> bool:
    return isinstance(value, keras().KerasTensor)
