"""The initial training data of a project, by its preset."""

from __future__ import annotations

from scaffold.kit.types import Recipe

PLAIN = Recipe("plain", "random numbers; replace them with your own examples")
"""The recipe for a user's spec without examples."""

_TUMOURS = "30 measurements each of 569 tumours from scikit-learn, malignant or benign"
_RACES = "3,000 generated reports of races, to predict the winner"
_TEXTS = {"num_words": 60, "width": 32}

RECIPES = {
    "adaptive_depth": Recipe(
        "flat_digits",
        "1,797 handwritten digits from scikit-learn, as rows of 64 numbers",
    ),
    "autoencoder": Recipe(
        "flat_digits",
        "1,797 handwritten digits from scikit-learn, as rows of 64 numbers",
        params={"code_size": 8},
        is_same=True,
    ),
    "cnn": Recipe("digits", "1,797 handwritten digits from scikit-learn"),
    "linear_regression": Recipe(
        "petals",
        "the petals of 150 irises from scikit-learn, to predict width from length",
        batch_size=4,
    ),
    "logistic_regression": Recipe("tumours", _TUMOURS),
    "mlp": Recipe("tumours", _TUMOURS),
    "multi_task": Recipe(
        "wines",
        "178 wines from scikit-learn, to predict their grower and color intensity",
        batch_size=4,
    ),
    "resnet": Recipe(
        "small_digits",
        "1,797 handwritten digits from scikit-learn",
        params={"depth": 1},
    ),
    "siamese": Recipe(
        "pairs",
        "6,000 pairs of handwritten digits from scikit-learn",
    ),
    "text_classifier": Recipe("reports", _RACES, params=_TEXTS),
    "time_series_forecaster": Recipe(
        "waves",
        "1,500 generated steps of a series: two waves and noise",
        is_series=True,
    ),
    "transformer_classifier": Recipe(
        "reports",
        _RACES,
        params={**_TEXTS, "max_length": 12, "heads": 2, "depth": 1},
    ),
    "tree_rnn": Recipe(
        "expressions", "1,000 boolean expressions", params={"num_tokens": 7}
    ),
    "two_tower": Recipe(
        "likes",
        "generated preferences of 120 users for 80 items",
        params={"num_users": 120, "num_items": 80},
    ),
    "unet": Recipe(
        "shapes", "500 generated pictures of discs and squares", is_map=True
    ),
    "wide_and_deep": Recipe(
        "visits", "3,000 generated visits to a shop", params={"num_categories": 12}
    ),
}
"""The recipes by preset name."""
