"""The pages of keras.io, as in its own list of pages."""

from __future__ import annotations

from typing import Any

from scaffold.catalogue.introspect.strings import snake_case
from scaffold.catalogue.types import Registry

SITE = "https://keras.io/api/"

INDEXES: dict[Registry, str] = {
    "layers": "layers/",
    "ops": "ops/",
    "activations": "layers/activations/",
    "initializers": "layers/initializers/",
    "regularizers": "layers/regularizers/",
    "constraints": "layers/constraints/",
    "losses": "losses/",
    "metrics": "metrics/",
    "optimizers": "optimizers/",
    "schedules": "optimizers/learning_rate_schedules/",
    "callbacks": "callbacks/",
}
"""The page of each registry, for callables without their own page."""

FOLDERS: dict[str, str] = {
    "layers.activations": "layers/activation_layers/",
    "layers.attention": "layers/attention_layers/",
    "layers.convolutional": "layers/convolution_layers/",
    "layers.core": "layers/core_layers/",
    "layers.merging": "layers/merging_layers/",
    "layers.normalization": "layers/normalization_layers/",
    "layers.pooling": "layers/pooling_layers/",
    "layers.preprocessing": "layers/preprocessing_layers/",
    "layers.preprocessing.image_preprocessing": (
        "layers/preprocessing_layers/image_augmentation/"
    ),
    "layers.regularization": "layers/regularization_layers/",
    "layers.reshaping": "layers/reshaping_layers/",
    "layers.rnn": "layers/recurrent_layers/",
    "ops.core": "ops/core/",
    "ops.linalg": "ops/linalg/",
    "ops.math": "ops/core/",
    "ops.nn": "ops/nn/",
    "ops.numpy": "ops/numpy/",
}
"""The folder of the site for each folder (for ops: module) of Keras."""

ELSEWHERE: dict[str, str] = {
    "layers/core_layers/": "Activation",
    "layers/preprocessing_layers/text/": "TextVectorization",
    "layers/preprocessing_layers/numerical/": (
        "Normalization SpectralNormalization Discretization"
    ),
    "layers/preprocessing_layers/categorical/": (
        "CategoryEncoding Hashing HashedCrossing StringLookup IntegerLookup"
    ),
    "layers/preprocessing_layers/image_preprocessing/": (
        "Resizing Rescaling CenterCrop AutoContrast"
    ),
    "layers/preprocessing_layers/image_augmentation/": "Pipeline",
    "layers/preprocessing_layers/audio_preprocessing/": "MelSpectrogram",
    "layers/backend_specific_layers/": (
        "TorchModuleWrapper TFSMLayer JaxLayer FlaxLayer"
    ),
    "ops/fft/": "fft fft2 rfft stft irfft istft",
}
"""Folders of the site with callables from several folders of Keras."""

UNLISTED = frozenset(
    "AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D "
    "AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D "
    "ContrastLimitedAdaptiveHistogramEqualization InputLayer MaxNumBoundingBoxes "
    "RMSNormalization ReversibleEmbedding STFTSpectrogram Wrapper Optimizer "
    "ScheduleFreeAdamW MultiOptimizer OptimizerMap CallbackList History "
    "OrbaxCheckpoint".split()
)
"""Layers, optimizers and callbacks that are not in the list of pages."""

IRREGULAR: dict[str, str] = {
    "AutoContrast": "auto_constrast",
    "Callback": "base_callback",
    "CSVLogger": "csv_logger",
    "ConvLSTM1D": "conv_lstm1d",
    "ConvLSTM2D": "conv_lstm2d",
    "ConvLSTM3D": "conv_lstm3d",
    "GroupedQueryAttention": "group_query_attention",
    "GroupQueryAttention": "group_query_attention",
    "LSTMCell": "lstm_cell",
    "GRUCell": "gru_cell",
    "Nadam": "Nadam",
    "PReLU": "prelu",
    "LeakyReLU": "leaky_relu",
    "ReLU": "relu",
    "SGD": "sgd",
    "AdamW": "adamw",
    "RMSprop": "rmsprop",
    "SimpleRNN": "simple_rnn",
    "SimpleRNNCell": "simple_rnn_cell",
    "StackedRNNCells": "stacked_rnn_cell",
    "SwapEMAWeights": "swap_ema_weights",
    "TFSMLayer": "tfsm_layer",
    "TensorBoard": "tensorboard",
    "TerminateOnNaN": "terminate_on_nan",
    "TorchModuleWrapper": "torch_module_wrapper",
}
"""Pages that are not named after the class in snake_case."""

METRICS: dict[str, str] = {
    "accuracy_metrics": "Accuracy BinaryAccuracy CategoricalAccuracy "
    "SparseCategoricalAccuracy TopKCategoricalAccuracy SparseTopKCategoricalAccuracy",
    "probabilistic_metrics": "BinaryCrossentropy CategoricalCrossentropy "
    "SparseCategoricalCrossentropy KLDivergence Poisson",
    "regression_metrics": "MeanSquaredError RootMeanSquaredError MeanAbsoluteError "
    "MeanAbsolutePercentageError MeanSquaredLogarithmicError CosineSimilarity "
    "LogCoshError R2Score",
    "classification_metrics": "AUC Precision Recall TruePositives TrueNegatives "
    "FalsePositives FalseNegatives PrecisionAtRecall RecallAtPrecision "
    "SensitivityAtSpecificity SpecificityAtSensitivity F1Score FBetaScore",
    "segmentation_metrics": "IoU BinaryIoU OneHotIoU OneHotMeanIoU MeanIoU",
    "hinge_metrics": "Hinge SquaredHinge CategoricalHinge",
    "metrics_wrappers": "MeanMetricWrapper Mean Sum",
    "base_metric": "Metric",
}

LOSSES: dict[str, str] = {
    "probabilistic_losses": "BinaryCrossentropy BinaryFocalCrossentropy "
    "CategoricalCrossentropy CategoricalFocalCrossentropy "
    "SparseCategoricalCrossentropy Poisson CTC KLDivergence",
    "regression_losses": "MeanSquaredError MeanAbsoluteError "
    "MeanAbsolutePercentageError MeanSquaredLogarithmicError CosineSimilarity Huber "
    "LogCosh Tversky Dice",
    "hinge_losses": "Hinge SquaredHinge CategoricalHinge",
}


def page(registry: Registry, name: str, target: Any) -> str:
    """Return the address of a callable's page, or of its list.

    Args:
        registry: The family that it belongs to.
        name: Its main name.
        target: The class or function.
    """
    folder = INDEXES[registry]
    if registry == "layers":
        path = _layer_page(name, target)
    elif registry == "ops":
        path = _folder(name, target) or folder
    elif registry in ("metrics", "losses"):
        pages = _listed(METRICS if registry == "metrics" else LOSSES)
        path = f"{folder}{pages[name]}/" if name in pages else folder
    elif registry in ("optimizers", "schedules", "callbacks"):
        path = folder if name in UNLISTED else f"{folder}{_page_name(name)}/"
    else:
        path = folder
    return SITE + path


def _layer_page(name: str, target: Any) -> str:
    if name == "Layer":
        return "layers/base_layer/"
    folder = _folder(name, target) or INDEXES["layers"]
    return folder if name in UNLISTED else f"{folder}{_page_name(name)}/"


def _page_name(name: str) -> str:
    if name in IRREGULAR:
        return IRREGULAR[name]
    plain = snake_case(name).replace("separable_conv", "separable_convolution")
    if plain.startswith(("conv1", "conv2", "conv3", "depthwise_conv")):
        plain = plain.replace("conv", "convolution")
        plain = plain.replace("dtranspose", "d_transpose")
    return plain


def _folder(name: str, target: Any) -> str | None:
    elsewhere = _listed(ELSEWHERE)
    if name in elsewhere:
        return elsewhere[name]
    parts = target.__module__.removeprefix("keras.src.").split(".")
    for length in range(len(parts), 1, -1):
        folder = FOLDERS.get(".".join(parts[:length]))
        if folder:
            return folder
    return None


def _listed(table: dict[str, str]) -> dict[str, str]:
    return {name: page for page, names in table.items() for name in names.split()}
