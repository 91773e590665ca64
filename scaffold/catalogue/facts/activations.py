"""Facts: what activations make of numbers."""

from __future__ import annotations

from collections.abc import Mapping

LINEAR = "linear"
"""The activation that changes nothing, which `null` stands for as well."""

SIGMOID = "sigmoid"
SOFTMAX = "softmax"

PROBABILITIES = (SIGMOID, SOFTMAX)
"""Activations that give probabilities."""

UNBOUNDED = frozenset("""celu elu exponential gelu hard_shrink hard_silu hard_tanh
    leaky_relu mish relu relu6 selu silu soft_shrink softplus softsign sparse_plus
    squareplus tanh tanh_shrink threshold""".split())
"""Activations that give no probabilities, and are no part of them."""

LOGARITHMS = ("log_sigmoid", "log_softmax")
"""Activations that give the logarithms of probabilities, none of them above 0."""

HALVES = "glu"
"""The activation that gives half as many numbers as it takes."""

LAYERS: Mapping[str, str] = {
    "ELU": "elu",
    "LeakyReLU": "leaky_relu",
    "ReLU": "relu",
    "Softmax": "softmax",
}
"""Layers that are an activation."""

NAMED_BY_LAYER = frozenset(("Activation", "Softmax"))
"""Layers that are nothing but what gives probabilities."""
