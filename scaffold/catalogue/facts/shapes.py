"""Facts: which rule of `shapes/rules/` computes the output shape of a callable.

Callables that keep the shape of their input, or broadcast several, need no rule:
introspection detects them, and they are in the data. A number after the rule is the
number of spatial axes of the layer, or of states for recurrent layers.
"""

from __future__ import annotations

from collections.abc import Mapping

_POOLING = {"": "pooling", "Global": "global_pooling", "Adaptive": "adaptive_pooling"}

LAYERS: Mapping[str, tuple[str, *tuple[int, ...]]] = {
    "AdditiveAttention": ("additive_attention",),
    "Attention": ("attention",),
    "GroupQueryAttention": ("group_query_attention",),
    "MultiHeadAttention": ("multi_head_attention",),
    **{f"Conv{n}D": ("convolution", n) for n in (1, 2, 3)},
    **{f"Conv{n}DTranspose": ("transposed_convolution", n) for n in (1, 2, 3)},
    **{f"SeparableConv{n}D": ("separable_convolution", n) for n in (1, 2)},
    **{f"DepthwiseConv{n}D": ("depthwise_convolution", n) for n in (1, 2)},
    "Concatenate": ("concatenate",),
    "Dot": ("dot",),
    "CategoryEncoding": ("category_encoding",),
    "Dense": ("dense",),
    "EinsumDense": ("einsum",),
    "Embedding": ("embedding",),
    "Flatten": ("flatten",),
    "Reshape": ("reshape",),
    "Permute": ("permute",),
    "RepeatVector": ("repeat",),
    "SpectralNormalization": ("held",),
    **{f"ZeroPadding{n}D": ("zero_padding", n) for n in (1, 2, 3)},
    **{f"Cropping{n}D": ("cropping", n) for n in (1, 2, 3)},
    **{f"UpSampling{n}D": ("up_sampling", n) for n in (1, 2, 3)},
    "CenterCrop": ("picture",),
    "RandomCrop": ("picture",),
    "Resizing": ("picture",),
    **{
        f"{prefix}{kind}Pooling{n}D": (rule, n)
        for prefix, rule in _POOLING.items()
        for kind in ("Average", "Max")
        for n in (1, 2, 3)
    },
    "GRU": ("recurrent", 1),
    "LSTM": ("recurrent", 2),
    "RNN": ("cell",),
    "SimpleRNN": ("recurrent", 1),
    "Bidirectional": ("bidirectional",),
    "TimeDistributed": ("time_distributed",),
}
"""The rule for each layer, and its number."""

OPS: Mapping[str, str] = {
    "average_pool": "pooling",
    "concatenate": "concatenate",
    "cumprod": "along",
    "cumsum": "along",
    "expand_dims": "expand_dims",
    "matmul": "matmul",
    "max_pool": "pooling",
    "split": "split",
    "squeeze": "squeeze",
    "stack": "stack",
    "swapaxes": "swapaxes",
    "take": "take",
    "transpose": "transpose",
}
"""The rule for each function of `keras.ops`."""

LOSE_CHANNELS = frozenset(("Flatten",))
"""Layers that accept channels first, and remove the channel axis."""

DIVIDED: Mapping[str, str] = {
    "GroupNormalization": "groups",
    "Normalization": "statistics",
}
"""Additional checks of the input shape of layers."""

STATISTICS = ("mean", "variance")
"""Arguments with a number for each feature."""

SPREADING = ("scale", "offset", *STATISTICS)
"""Arguments that a layer computes with: a list of numbers acts as a tensor."""

AXIS_OF_RESULT = frozenset(
    "expand_dims geomspace linspace logspace one_hot stack".split()
)
"""Functions whose `axis` is an axis of their output."""
