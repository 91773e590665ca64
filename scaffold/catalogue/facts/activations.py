"""Facts: the output ranges of activations."""

from __future__ import annotations

from collections.abc import Mapping

LINEAR = "linear"
"""The activation that returns its input; also written `null`."""

SIGMOID = "sigmoid"
SOFTMAX = "softmax"

PROBABILITIES = (SIGMOID, SOFTMAX)
"""Activations that return probabilities."""

UNBOUNDED = frozenset("""celu elu exponential gelu hard_shrink hard_silu hard_tanh
    leaky_relu mish relu relu6 selu silu soft_shrink softplus softsign sparse_plus
    squareplus tanh tanh_shrink threshold""".split())
"""Activations that neither return probabilities nor are a step towards them."""

LOGARITHMS = ("log_sigmoid", "log_softmax")
"""Activations that return logarithms of probabilities, which are at most 0."""

HALVES = "glu"
"""The activation whose output has half as many numbers as its input."""

LAYERS: Mapping[str, str] = {
    "ELU": "elu",
    "LeakyReLU": "leaky_relu",
    "ReLU": "relu",
    "Softmax": "softmax",
}
"""Layers that are an activation."""

NAMED_BY_LAYER = frozenset(("Activation", "Softmax"))
"""Layers that only apply an activation, and may return probabilities."""
