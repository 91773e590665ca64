"""Facts: what functions of `keras.ops` do, and what does the work of others."""

from __future__ import annotations

from collections.abc import Mapping

from scaffold.catalogue.facts.examples import LAYER

KEEP_NUMBERS = frozenset(
    """ops.copy ops.expand_dims ops.reshape ops.squeeze ops.stop_gradient
    ops.transpose""".split()
)
"""Functions that leave each number as it is, and at most move it."""

OWN = "write a layer of your own, and name it under `imports`"
"""What to do where nothing of Keras does the work."""

_CHOOSE = (
    f"`ops.where` chooses item by item; a param chooses with `{LAYER} if deep else ...`"
)
_REPEAT = (
    "`loop(Step(), until=Halt(), max_steps=8)` repeats a block, and an `RNN` goes "
    "along an axis"
)
_EACH = "`TimeDistributed(Block())` calls a block on each step"
_SIZES = (
    "sizes need no step of their own: `Reshape([-1, 8])` and `Flatten` leave them open"
)

INSTEAD: Mapping[str, str] = {
    **dict.fromkeys(("cond", "switch"), _CHOOSE),
    **dict.fromkeys(("fori_loop", "scan", "while_loop"), _REPEAT),
    **dict.fromkeys(("map", "vectorized_map", "vectorize"), _EACH),
    **dict.fromkeys(("shape", "ndim"), _SIZES),
    "dtype": '`ops.cast(dtype="float32")` makes a tensor of a dtype',
    "convert_to_numpy": "leave it out: an entry works on tensors",
    "is_tensor": "leave it out: an entry is always called on tensors",
    "einsum": "write `Dot(axes=...)`, `ops.matmul` or `ops.tensordot`",
    "meshgrid": OWN,
}
"""What to write instead of a function, where something else does its work."""
