"""Find a call of a function that works on symbolic tensors."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from scaffold.catalogue.introspect.exports import Export
from scaffold.catalogue.introspect.installed import keras
from scaffold.catalogue.introspect.trials import Shape, filled, flat, works
from scaffold.catalogue.types import Argument


class Tensor(NamedTuple):
    """A tensor to create: its shape and dtype."""

    shape: Shape
    dtype: str = "float32"


TENSORS: tuple[Tensor, ...] = (
    Tensor((None, 4, 4)),
    Tensor((2, 4, 4)),
    Tensor((4, 4)),
    Tensor((8,)),
    Tensor((2, 8, 8, 4)),
    Tensor((3, 4)),
    Tensor((8, 3)),
    Tensor((2, 4, 4), "int32"),
    Tensor((8,), "int32"),
    Tensor((2, 4, 4), "bool"),
    Tensor((2, 4, 4), "complex64"),
)
"""The tensors to try."""

VALUES: dict[str, tuple[Any, ...]] = {
    "axis": (-1, 0),
    "axis1": (0,),
    "axis2": (1,),
    "block_size": (2,),
    "default_value": (0.0,),
    "destination": (0,),
    "dtype": ("float32",),
    "fill_value": (0.5,),
    "indices_or_sections": (2,),
    "k": (2,),
    "max_val": (1.0,),
    "newshape": ((-1, 4),),
    "num": (4,),
    "num_classes": (4,),
    "output_size": (2, (2, 2)),
    "pad_width": (1,),
    "pattern": ("b h w -> b w h",),
    "pool_size": (2,),
    "q": (0.5,),
    "repeats": (2,),
    "sequence_length": (4,),
    "sequence_stride": (2,),
    "shape": ((2, 4, 4), (2, 4)),
    "shift": (1,),
    "source": (1,),
    "start": (0.0,),
    "start_indices": ((0, 0), (0, 0, 0)),
    "stop": (1.0,),
    "subscripts": ("ij->ji",),
    "threshold": (0.5,),
    "x_max": (1.0,),
    "x_min": (0.0,),
}
"""Values to try for a required argument by name, before a tensor."""

SPECIAL: dict[str, dict[str, Any]] = {
    "multi_hot": {"inputs": Tensor((2, 8), "int32"), "num_classes": 4},
    "sparse_categorical_crossentropy": {
        "target": Tensor((2, 4), "int32"),
        "output": Tensor((2, 4, 4)),
    },
    "where": {
        "condition": Tensor((2, 4), "bool"),
        "x1": Tensor((2, 4)),
        "x2": Tensor((2, 4)),
    },
}
"""Calls that need tensors of several kinds."""

PLAIN = (2, (2, 2))
"""Values to try for any other required argument, after a tensor."""

UNFIT: dict[str, str] = {
    **dict.fromkeys(
        "associative_scan cond custom_gradient fori_loop jvp map scan switch vectorize "
        "vectorized_map while_loop".split(),
        "it takes a Python function",
    ),
    "convert_to_numpy": "its output is not a symbolic tensor",
    "einsum": "its tensors are not in one argument, `*operands`",
    "meshgrid": "its tensors are not in one argument, `*x`",
}
"""Functions that cannot be part of a graph of layers, and why."""


class WorkingCall(NamedTuple):
    """A call that works.

    Attributes:
        takes: `one`, `list`, `several` or `none`.
        tensors: The arguments that are tensors.
        known: All arguments.
        gives: The number of returned tensors.
    """

    takes: str
    tensors: tuple[str, ...]
    known: Mapping[str, Any]
    gives: int


def find_use(export: Export, arguments: Sequence[Argument]) -> WorkingCall | None:
    """Return a call that works; `None` if there is none.

    Symbolic tensors are tried first. (Some activations work only on real ones.)
    """
    if export.name in UNFIT:
        return None
    if export.name in SPECIAL:
        special = SPECIAL[export.name]
        return _use(export, {name: _symbolic(value) for name, value in special.items()})
    required = [argument.name for argument in arguments if argument.required]
    for plain_first in (False, True):
        for tensor in _tensors():
            for values in itertools.product(*_pools(required, tensor, plain_first)):
                use = _use(export, dict(zip(required, values, strict=True)))
                if use is not None:
                    return use
    return None


def is_tensor(value: Any) -> bool:
    """Return whether a value is a tensor, or a list of them."""
    if isinstance(value, list):
        return bool(value) and is_tensor(value[0])
    return hasattr(value, "shape")


def _tensors() -> Iterator[Any]:
    for tensor in TENSORS:
        yield _symbolic(tensor)
    for tensor in TENSORS[1:4]:
        yield filled(tensor.shape, tensor.dtype)


def _symbolic(value: Any) -> Any:
    if isinstance(value, Tensor):
        return keras().KerasTensor(value.shape, dtype=value.dtype)
    return value


def _pools(
    required: Sequence[str], tensor: Any, plain_first: bool
) -> Iterator[tuple[Any, ...]]:
    for place, name in enumerate(required):
        if name in VALUES:
            yield (*VALUES[name], tensor)
        elif place == 0:
            yield PLAIN if plain_first else (tensor, [tensor, tensor])
        else:
            yield (tensor, *PLAIN)


def _use(export: Export, known: Mapping[str, Any]) -> WorkingCall | None:
    results: list[Any] = []
    if not works(lambda: results.append(export.target(**known))):
        return None
    tensors = tuple(name for name, value in known.items() if is_tensor(value))
    gives = len([leaf for leaf in flat(results[0]) if is_tensor(leaf)])
    if not tensors:
        return WorkingCall("none", (), known, gives)
    if isinstance(known[tensors[0]], list):
        return WorkingCall("list", tensors, known, gives)
    return WorkingCall("one" if len(tensors) == 1 else "several", tensors, known, gives)
