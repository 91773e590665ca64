"""Facts: which rule of `shapes/rules/` says what a layer or a function gives.

What gives the shape that it takes, or what arithmetic makes of several, introspection
has seen: it stands in the data. A number behind the rule says how many axes of places
the layer has, or, of recurrent layers, how many states.
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
        f"{before}{kind}Pooling{n}D": (rule, n)
        for before, rule in _POOLING.items()
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
"""The rule for a layer, and its number."""

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
"""The rule for a function of `keras.ops`."""

LOSE_CHANNELS = frozenset(("Flatten",))
"""Layers that take channels first, and leave no axis of channels."""

DIVIDED: Mapping[str, str] = {
    "GroupNormalization": "groups",
    "Normalization": "statistics",
}
"""What else is held of a layer's shape."""

STATISTICS = ("mean", "variance")
"""Arguments with a number for each feature."""

SPREADING = ("scale", "offset", *STATISTICS)
"""Arguments that a layer computes with: a list of them is a tensor of its own."""

AXIS_OF_RESULT = frozenset(
    "expand_dims geomspace linspace logspace one_hot stack".split()
)
"""Functions whose `axis` is one of what they give."""
