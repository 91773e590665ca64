"""Layers that draw random numbers only if they are given a rate of dropout."""

from __future__ import annotations

from scaffold.ir.types import Object

WITH_DROPOUT = frozenset(
    """AdditiveAttention Attention ConvLSTM1D ConvLSTM2D ConvLSTM3D GRU GRUCell
    GroupQueryAttention LSTM LSTMCell MultiHeadAttention SimpleRNN SimpleRNNCell
    StackedRNNCells""".split()
)
"""Their names; without a rate, they work the same in training."""


def has_rate(layer: Object) -> bool:
    """Tell whether one of these layers is given a rate of dropout."""
    return any("dropout" in bound.name for bound in layer.arguments)
