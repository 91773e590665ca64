"""Facts: what losses and metrics take as targets and as predictions."""

from __future__ import annotations

from collections.abc import Mapping

BINARY = ("BinaryCrossentropy", "BinaryFocalCrossentropy")
"""Losses of probabilities of which each stands by itself."""

CATEGORICAL = ("CategoricalCrossentropy", "CategoricalFocalCrossentropy")
"""Losses of probabilities of classes, with one-hot targets."""

SPARSE = ("SparseCategoricalCrossentropy",)
"""Losses of probabilities of classes, with integers as targets."""

PROBABILITIES = (*BINARY, *CATEGORICAL, *SPARSE)
"""Losses that take probabilities, or logits where `from_logits` is set."""

HINGES = ("Hinge", "SquaredHinge")
"""Losses with -1 and 1 as targets."""

DISTANCES = ("Huber", "LogCosh", "MeanAbsoluteError", "MeanSquaredError")
"""Losses of numbers of any size."""

ELEMENTWISE = (*BINARY, *HINGES, *DISTANCES, "MeanSquaredLogarithmicError")
"""Losses that compare number by number."""

ABSOLUTE_ERROR = "mean_absolute_error"
SQUARED_ERROR = "mean_squared_error"
BINARY_STRING = "binary_crossentropy"
CATEGORICAL_STRING = "categorical_crossentropy"
SPARSE_STRING = "sparse_categorical_crossentropy"
HINGE_STRING = "hinge"

BINARY_STRINGS = (BINARY_STRING, "bce", "binary_focal_crossentropy")
"""What a spec may call losses of single probabilities, in snake case."""

CATEGORICAL_STRINGS = (CATEGORICAL_STRING, "categorical_focal_crossentropy")
"""What it may call losses with one-hot targets."""

SPARSE_STRINGS = (SPARSE_STRING,)
"""What it may call losses with integers as targets."""

ACCURACY = "accuracy"
"""The metric that becomes another one by what the loss compares."""

ACCURACIES = (ACCURACY, "acc")
"""The strings for it."""

BY_TARGETS = ("crossentropy", "ce")
"""Strings for the loss that Keras chooses by the predictions and by the targets."""

BY_LOSS = (*ACCURACIES, *BY_TARGETS)
"""Strings for what Keras chooses by the loss, or by the targets."""

SPARSE_METRICS = frozenset("""SparseCategoricalAccuracy SparseCategoricalCrossentropy
    SparseTopKCategoricalAccuracy""".split())
"""Metrics with integers as targets."""

VECTOR_METRICS = frozenset(("CategoricalAccuracy", "TopKCategoricalAccuracy"))
"""Metrics with one-hot targets."""

OTHER_TARGETS: Mapping[str, str] = {
    "SparseCategoricalAccuracy": "categorical_accuracy",
    "SparseTopKCategoricalAccuracy": "top_k_categorical_accuracy",
    "CategoricalAccuracy": "sparse_categorical_accuracy",
    "TopKCategoricalAccuracy": "sparse_top_k_categorical_accuracy",
}
"""The metric that does the same with the other sort of targets."""

OF_NUMBERS = ("sparse", "circle", "generalized")
"""In the names of losses whose targets are the numbers of classes."""

OF_CLASSES = ("categorical", "kl")
"""In the names of other losses of classes, whose targets are one-hot."""

OF_LABELS = ("ctc",)
"""In the names of losses whose targets are sequences of labels."""
