"""What a project's model is trained on at first, by the preset it begins with."""

from __future__ import annotations

from scaffold.kit.types import Recipe

PLAIN = Recipe("plain", "random numbers, which are there to be replaced by yours")
"""For specs of the user's own: nothing is known of their examples."""

_TUMOURS = "30 measures each of 569 tumours of scikit-learn, malignant or benign"
_RACES = "3,000 made-up reports of races, to tell who won"
_TEXTS = {"num_words": 60, "width": 32}

RECIPES = {
    "adaptive_depth": Recipe(
        "flat_digits", "1,797 handwritten digits of scikit-learn, as rows of 64 numbers"
    ),
    "autoencoder": Recipe(
        "flat_digits",
        "1,797 handwritten digits of scikit-learn, as rows of 64 numbers",
        params={"code_size": 8},
        is_same=True,
    ),
    "cnn": Recipe("digits", "1,797 handwritten digits of scikit-learn"),
    "linear_regression": Recipe(
        "petals",
        "the petals of 150 irises of scikit-learn: their width by their length",
        batch_size=4,
    ),
    "logistic_regression": Recipe("tumours", _TUMOURS),
    "mlp": Recipe("tumours", _TUMOURS),
    "multi_task": Recipe(
        "wines",
        "178 wines of scikit-learn: who grew them, how intense their color is",
        batch_size=4,
    ),
    "resnet": Recipe(
        "small_digits", "1,797 handwritten digits of scikit-learn", params={"depth": 1}
    ),
    "siamese": Recipe(
        "pairs",
        "6,000 pairs of scikit-learn's handwritten digits",
    ),
    "text_classifier": Recipe("reports", _RACES, params=_TEXTS),
    "time_series_forecaster": Recipe(
        "waves",
        "1,500 made-up steps of a series: two waves and noise",
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
        "made-up tastes of 120 users for 80 items",
        params={"num_users": 120, "num_items": 80},
    ),
    "unet": Recipe("shapes", "500 drawn pictures of discs and squares", is_map=True),
    "wide_and_deep": Recipe(
        "visits", "3,000 made-up visits to a shop", params={"num_categories": 12}
    ),
}
"""By the preset's name."""
