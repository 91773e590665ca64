"""The initial training data of a project, by its preset."""

from __future__ import annotations

from math import prod

from scaffold.kit.types import ProjectFacts, Recipe

PLAIN = Recipe("plain", "random examples; replace them with your own", 600)
"""The recipe for a spec without examples."""

_FEW = 200
_LARGEST = 50_000
"""The numbers of an example that is so large that only a few are generated."""

_DIGITS = "1,797 handwritten digits from scikit-learn"
_FLAT = f"{_DIGITS}, as rows of 64 pixels"
_TUMOURS = Recipe(
    "tumours",
    "30 measurements each of 569 tumours from scikit-learn, malignant or benign",
    569,
    ((30,),),
    (2,),
)
_RACES = Recipe(
    "reports",
    "3,000 generated reports of races, to predict the winner",
    3000,
    ((12,),),
    (2,),
)
_TEXTS = {"vocab_size": 60, "embed_dim": 32}

RECIPES = {
    "adaptive_depth": Recipe("flat_digits", _FLAT, 1797, ((64,),), (10,)),
    "autoencoder": Recipe(
        "flat_digits",
        _FLAT,
        1797,
        ((64,),),
        params={"latent_dim": 8},
        is_same=True,
    ),
    "cnn": Recipe(
        "digits",
        f"{_DIGITS}, enlarged from 8x8 to 28x28 pixels",
        1797,
        ((28, 28, 1),),
        (10,),
    ),
    "logistic_regression": _TUMOURS._replace(classes=(0,)),
    "mlp": _TUMOURS,
    "multi_task": Recipe(
        "wines",
        "178 wines from scikit-learn, to predict their grower and color intensity",
        178,
        ((12,),),
        (3, 0),
        batch_size=4,
    ),
    "resnet": Recipe(
        "small_digits",
        f"{_DIGITS}, with 8x8 gray pixels",
        1797,
        ((8, 8, 1),),
        (10,),
        params={"num_blocks": 1},
    ),
    "siamese": Recipe(
        "pairs",
        "6,000 pairs of handwritten digits from scikit-learn",
        6000,
        ((8, 8, 1), (8, 8, 1)),
        is_ordered=True,
    ),
    "text_classifier": _RACES._replace(params={**_TEXTS, "units": 32}),
    "time_series_forecaster": Recipe(
        "waves",
        "1,476 windows of a generated series: two waves and noise",
        1476,
        ((24, 1),),
        is_series=True,
    ),
    "transformer_classifier": _RACES._replace(
        params={**_TEXTS, "max_length": 12, "num_heads": 2, "num_blocks": 1}
    ),
    "tree_rnn": Recipe(
        "expressions",
        "1,000 generated boolean expressions, to predict their value",
        1000,
        ((15,), (15, 2)),
        (2,),
        params={"vocab_size": 7},
    ),
    "two_tower": Recipe(
        "likes",
        "9,600 generated preferences, of 120 users for 80 items",
        9600,
        ((), ()),
        params={"num_users": 120, "num_items": 80},
    ),
    "unet": Recipe(
        "shapes",
        "500 generated pictures of discs and squares",
        500,
        ((16, 16, 1),),
        (3,),
        is_map=True,
    ),
    "wide_and_deep": Recipe(
        "visits",
        "3,000 generated visits to a shop, to predict whether the visitor buys",
        3000,
        ((2,), (3,)),
        params={"num_categories": 12},
    ),
}
"""The recipes by preset name. Other presets have examples in their spec."""


def plain_recipe(facts: ProjectFacts) -> Recipe:
    """Return the recipe for a spec without examples; of large ones, there are fewer."""
    numbers = sum(
        prod(size or 1 for size in model_input.usual) for model_input in facts.inputs
    )
    size = _FEW if numbers > _LARGEST else PLAIN.size
    if not facts.batch_size:
        return PLAIN._replace(size=size)
    batches = max(5, size // facts.batch_size)
    return PLAIN._replace(size=batches * facts.batch_size, batch_size=facts.batch_size)
