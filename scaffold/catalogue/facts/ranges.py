"""Facts: the minimum and the maximum of arguments."""

from __future__ import annotations

COUNTS = frozenset(
    """depth_multiplier dilation_rate filters groups head_dim height input_dim key_dim
    kernel_size max_tokens n num_bins num_heads num_key_value_heads num_query_heads
    num_tokens output_dim output_sequence_length pool_size power_iterations size strides
    units value_dim width""".split()
)
"""Arguments of layers that must be at least 1, checked with Keras 3.15."""

SIZES = frozenset(("cropping", "lora_rank", "num_oov_indices", "output_padding"))
"""Arguments of layers that must be at least 0."""

SHARES = frozenset(("rate",))
"""Arguments of layers in the range from 0 to 1."""

METHOD_COUNTS = frozenset(
    """batch_size epochs steps_per_epoch steps_per_execution validation_batch_size
    validation_freq validation_steps""".split()
)
"""Arguments of `compile` and `fit` that must be at least 1."""

METHOD_SHARES = frozenset(("validation_split",))
"""Arguments of `fit` in the range from 0 to 1."""
