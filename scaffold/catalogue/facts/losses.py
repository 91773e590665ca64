"""Facts: the targets and predictions of losses and metrics."""

from __future__ import annotations

from collections.abc import Mapping

BINARY = ("BinaryCrossentropy", "BinaryFocalCrossentropy")
"""Losses of independent probabilities."""

CATEGORICAL = ("CategoricalCrossentropy", "CategoricalFocalCrossentropy")
"""Losses of class probabilities, with one-hot targets."""

SPARSE = ("SparseCategoricalCrossentropy",)
"""Losses of class probabilities, with integer targets."""

PROBABILITIES = (*BINARY, *CATEGORICAL, *SPARSE)
"""Losses of probabilities, or of logits with `from_logits`."""

HINGES = ("Hinge", "SquaredHinge")
"""Losses with the targets -1 and 1."""

DISTANCES = ("Huber", "LogCosh", "MeanAbsoluteError", "MeanSquaredError")
"""Losses of unbounded numbers."""

ELEMENTWISE = (*BINARY, *HINGES, *DISTANCES, "MeanSquaredLogarithmicError")
"""Losses that compare numbers element by element."""

ABSOLUTE_ERROR = "mean_absolute_error"
SQUARED_ERROR = "mean_squared_error"
BINARY_STRING = "binary_crossentropy"
CATEGORICAL_STRING = "categorical_crossentropy"
SPARSE_STRING = "sparse_categorical_crossentropy"
HINGE_STRING = "hinge"

BINARY_STRINGS = (BINARY_STRING, "bce", "binary_focal_crossentropy")
"""Strings in a spec for losses of independent probabilities, in snake case."""

CATEGORICAL_STRINGS = (CATEGORICAL_STRING, "categorical_focal_crossentropy")
"""Strings for losses with one-hot targets."""

SPARSE_STRINGS = (SPARSE_STRING,)
"""Strings for losses with integer targets."""

ACCURACY = "accuracy"
"""The string for which Keras chooses the metric according to the loss."""

ACCURACIES = (ACCURACY, "acc")
"""The strings for this metric."""

BY_TARGETS = ("crossentropy", "ce")
"""Strings for which Keras chooses the loss according to predictions and targets."""

BY_LOSS = (*ACCURACIES, *BY_TARGETS)
"""Strings for which Keras chooses the object according to the loss or the targets."""

SPARSE_METRICS = frozenset("""SparseCategoricalAccuracy SparseCategoricalCrossentropy
    SparseTopKCategoricalAccuracy""".split())
"""Metrics with integer targets."""

VECTOR_METRICS = frozenset(("CategoricalAccuracy", "TopKCategoricalAccuracy"))
"""Metrics with one-hot targets."""

METRICS_BY_CLASS = frozenset(("F1Score", "FBetaScore", "R2Score"))
"""Metrics whose value may be an array, with a number for each class."""

OTHER_TARGETS: Mapping[str, str] = {
    "SparseCategoricalAccuracy": "categorical_accuracy",
    "SparseTopKCategoricalAccuracy": "top_k_categorical_accuracy",
    "CategoricalAccuracy": "sparse_categorical_accuracy",
    "TopKCategoricalAccuracy": "sparse_top_k_categorical_accuracy",
}
"""The equivalent metric for the other kind of targets."""

OF_NUMBERS = ("sparse", "circle", "generalized")
"""Parts of the names of losses whose targets are class numbers."""

OF_CLASSES = ("categorical", "kl")
"""Parts of the names of other class losses, whose targets are one-hot."""

OF_LABELS = ("ctc",)
"""Parts of the names of losses whose targets are sequences of labels."""
