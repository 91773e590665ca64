"""Facts: what functions of `keras.ops` do, and replacements for other functions."""

from __future__ import annotations

from collections.abc import Mapping

from scaffold.catalogue.facts.examples import LAYER

KEEP_NUMBERS = frozenset(
    """ops.copy ops.expand_dims ops.reshape ops.squeeze ops.stop_gradient
    ops.transpose""".split()
)
"""Functions that do not change numbers, but may move them."""

OWN = "write your own layer, and add it to `imports`"
"""The help if Keras has no replacement."""

_CHOOSE = (
    f"use `ops.where` to choose per element, `{LAYER} if deep else ...` for a param"
)
_REPEAT = (
    "use `loop(Step(), until=Halt(), max_steps=8)` to repeat a block, or `RNN` to "
    "iterate over an axis"
)
_EACH = "use `TimeDistributed(Block())` to call a block on each time step"
_SIZES = "remove it: `Reshape([-1, 8])` and `Flatten` infer sizes"

INSTEAD: Mapping[str, str] = {
    **dict.fromkeys(("cond", "switch"), _CHOOSE),
    **dict.fromkeys(("fori_loop", "scan", "while_loop"), _REPEAT),
    **dict.fromkeys(("map", "vectorized_map", "vectorize"), _EACH),
    **dict.fromkeys(("shape", "ndim"), _SIZES),
    "dtype": '`ops.cast(dtype="float32")` converts a tensor to a dtype',
    "convert_to_numpy": "leave it out: an entry operates on tensors",
    "is_tensor": "leave it out: an entry is always called on tensors",
    "einsum": "write `Dot(axes=...)`, `ops.matmul` or `ops.tensordot`",
    "meshgrid": OWN,
}
"""The help for functions that have a replacement."""
