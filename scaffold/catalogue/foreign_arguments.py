"""Facts: names of Keras 3 arguments in older Keras, TensorFlow and PyTorch.

Loaded only for a spec with findings, like `foreign_names.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

ADDED: Mapping[str, Mapping[str, str]] = {
    "InstanceNorm1d": {"groups": "-1"},
    "InstanceNorm2d": {"groups": "-1"},
    "SyncBatchNormalization": {"synchronized": "True"},
}
"""Arguments that make a layer equivalent to the one of an older name."""

FIRST: Mapping[str, tuple[str, ...]] = {
    "BatchNorm1d": ("num_features", "eps", "momentum"),
    "BatchNorm2d": ("num_features", "eps", "momentum"),
    "BatchNorm3d": ("num_features", "eps", "momentum"),
    **{f"AvgPool{n}d": ("pool_size", "strides", "padding") for n in (1, 2, 3)},
    **{f"MaxPool{n}d": ("pool_size", "strides", "padding") for n in (1, 2, 3)},
    **{
        f"Conv{n}d": ("in_channels", "filters", "kernel_size", "strides", "padding")
        + ("dilation_rate", "groups", "use_bias")
        for n in (1, 2, 3)
    },
    **{
        f"ConvTranspose{n}d": ("in_channels", "filters", "kernel_size", "strides")
        + ("padding", "output_padding", "groups", "use_bias", "dilation_rate")
        for n in (1, 2, 3)
    },
    "AtrousConvolution2D": ("filters", "nb_row", "nb_col"),
    "Convolution1D": ("filters", "kernel_size"),
    "Convolution2D": ("filters", "nb_row", "nb_col"),
    "Convolution3D": ("filters", "kernel_dim1", "kernel_dim2", "kernel_dim3"),
    "Deconvolution2D": ("filters", "nb_row", "nb_col", "output_shape"),
    "GroupNorm": ("groups", "num_features"),
    "InstanceNorm1d": ("num_features", "eps"),
    "InstanceNorm2d": ("num_features", "eps"),
    "MultiheadAttention": ("embed_dim", "num_heads", "dropout", "use_bias")
    + ("add_bias_kv", "add_zero_attn", "kdim", "vdim", "batch_first"),
    "LayerNorm": ("normalized_shape", "eps"),
    "Linear": ("in_features", "units", "use_bias"),
    "RandomHeight": ("height_factor",),
    "RandomWidth": ("width_factor",),
    "ThresholdedReLU": ("theta",),
    "torch.Dropout": ("rate", "inplace"),
    "torch.ELU": ("alpha", "inplace"),
    "torch.Embedding": ("num_embeddings", "embedding_dim", "padding_idx"),
    "torch.Flatten": ("start_dim", "end_dim"),
    "torch.GRU": ("input_size", "units", "num_layers", "use_bias")
    + ("batch_first", "dropout", "bidirectional"),
    "torch.LSTM": ("input_size", "units", "num_layers", "use_bias")
    + ("batch_first", "dropout", "bidirectional"),
    "torch.GRUCell": ("input_size", "units", "use_bias"),
    "torch.LSTMCell": ("input_size", "units", "use_bias"),
    "torch.LeakyReLU": ("negative_slope", "inplace"),
    "torch.PReLU": ("num_parameters",),
    "torch.RNN": ("input_size", "units", "num_layers", "activation", "use_bias")
    + ("batch_first", "dropout", "bidirectional"),
    "torch.ReLU": ("inplace",),
    "torch.Softmax": ("axis",),
}
"""Names of the first positional arguments that differ from Keras 3."""

OF_KERAS_1 = frozenset(
    """border_mode dim_ordering init nb_col nb_filter nb_row subsample W_constraint
    W_regularizer b_constraint b_regularizer""".split()
)
"""Arguments that only Keras 1 has, such as separate kernel rows and columns."""

PER_HEAD = (
    "`MultiHeadAttention` takes `num_heads` and `key_dim`, the size of one head: "
    "PyTorch's `embed_dim` divided by `num_heads`"
)
"""The help for the attention layer of PyTorch."""

NEEDED: Mapping[str, int] = {"in_channels": 3, "in_features": 2}
"""The minimum number of arguments of a call whose first argument has this name."""

ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "alpha": ("negative_slope",),
    "atrous_rate": ("dilation_rate",),
    "b_constraint": ("bias_constraint",),
    "b_regularizer": ("bias_regularizer",),
    "beta_init": ("beta_initializer",),
    "beta1": ("beta_1",),
    "beta2": ("beta_2",),
    "bias": ("use_bias",),
    "border_mode": ("padding",),
    "channels": ("filters", "units"),
    "concat_axis": ("axis",),
    "dilation": ("dilation_rate",),
    "dim": ("axis", "output_dim"),
    "dim_ordering": ("data_format",),
    "dropout_rate": ("rate",),
    "dropout_U": ("recurrent_dropout",),
    "dropout_W": ("dropout",),
    "dropout_u": ("recurrent_dropout",),
    "dropout_w": ("dropout",),
    "embedding_dim": ("output_dim",),
    "eps": ("epsilon",),
    "factor": ("height_factor", "width_factor"),
    "filter_length": ("kernel_size",),
    "gamma_init": ("gamma_initializer",),
    "hidden": ("units",),
    "hidden_dim": ("units",),
    "hidden_size": ("units",),
    "hidden_units": ("units",),
    "init": ("kernel_initializer", "embeddings_initializer"),
    "inner_activation": ("recurrent_activation",),
    "inner_init": ("recurrent_initializer",),
    "keep_prob": ("rate",),
    "kernel_size": ("pool_size",),
    "keepdim": ("keepdims",),
    "keep_dims": ("keepdims",),
    "l": ("l1", "l2"),
    "lr": ("learning_rate",),
    "max_val": ("max_value",),
    "nb_epoch": ("epochs",),
    "nb_feature": ("units",),
    "nb_filter": ("filters",),
    "negative_slope_init": ("negative_slope",),
    "neurons": ("units",),
    "nodes": ("units",),
    "nonlinearity": ("activation",),
    "num_embeddings": ("input_dim",),
    "num_neurons": ("units",),
    "num_units": ("units",),
    "out_channels": ("filters",),
    "out_features": ("units",),
    "output_dim": ("units",),
    "p": ("rate",),
    "pool_length": ("pool_size",),
    "prob": ("rate",),
    "scale_factor": ("size",),
    "sigma": ("stddev",),
    "size": ("kernel_size", "pool_size"),
    "stride": ("strides",),
    "subsample": ("strides",),
    "subsample_length": ("strides",),
    "theta": ("threshold",),
    "U_regularizer": ("recurrent_regularizer",),
    "u_regularizer": ("recurrent_regularizer",),
    "vocab_size": ("input_dim",),
    "W_constraint": ("kernel_constraint", "embeddings_constraint"),
    "W_regularizer": ("kernel_regularizer", "embeddings_regularizer"),
    "w_constraint": ("kernel_constraint", "embeddings_constraint"),
    "w_regularizer": ("kernel_regularizer", "embeddings_regularizer"),
}
"""Other names of arguments, and candidates in Keras 3; the first match counts."""

KERNEL = ("nb_row", "nb_col"), ("kernel_dim1", "kernel_dim2", "kernel_dim3")
"""Arguments of Keras 1 that are now one `kernel_size`."""

AXES: Mapping[str, int] = {
    "Conv1d": 1,
    "Conv2d": 2,
    "Conv3d": 3,
    "GRU": 1,
    "LSTM": 1,
    "Linear": 0,
    "RNN": 1,
}
"""Layers of PyTorch with an argument for input channels: the axes before them."""

OF_RUNS: Mapping[str, str] = {
    "nb_epoch": "epochs",
    "nb_val_samples": "validation_steps",
    "samples_per_epoch": "steps_per_epoch",
}
"""Arguments of `fit` in older Keras, and their current names."""

SHAPES = frozenset(
    """batch_input_shape batch_shape in_channels in_features input_dim input_length
    input_shape input_size num_features normalized_shape""".split()
)
"""Arguments for the input shape, which Keras 3 layers do not need."""

DROPPED = frozenset(
    """adjustment affine approximate bidirectional ceil_mode consume_less
    count_include_pad device divisor_override elementwise_affine end_dim
    forget_bias_init fused implementation inplace input_dtype lstm_bias max_norm mode
    norm_type num_layers num_parameters padding_idx padding_mode proj_size renorm
    renorm_clipping scale_grad_by_freq sparse start_dim
    renorm_momentum return_indices time_major track_running_stats virtual_batch_size
    weights output_shape batch_first dtype_policy_ kdim vdim
    add_bias_kv add_zero_attn""".split()
)
"""Arguments for what Keras 3 does automatically, or not at all."""

VALUES: Mapping[str, Mapping[str, str]] = {
    "data_format": {
        "NCHW": "channels_first",
        "NCW": "channels_first",
        "NHWC": "channels_last",
        "NWC": "channels_last",
        "th": "channels_first",
        "tf": "channels_last",
    },
    "padding": {"SAME": "same", "VALID": "valid"},
}
"""Values that differ in Keras 3, by argument."""
