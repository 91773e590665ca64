"""Facts: what activations make of numbers."""

from __future__ import annotations

from collections.abc import Mapping

LINEAR = "linear"
"""The activation that changes nothing, which `null` stands for as well."""

RELU = "relu"
SIGMOID = "sigmoid"
SOFTMAX = "softmax"

PROBABILITIES = (SIGMOID, SOFTMAX)
"""Activations that give probabilities."""

UNBOUNDED = ("elu", "gelu", "leaky_relu", "relu", "selu", "silu", "softplus", "tanh")
"""Activations that give no probabilities, and are no part of them."""

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
