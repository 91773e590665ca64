"""Where a param may stand under `compile` and `train`, and what shows its effect."""

from __future__ import annotations

from tests.run.places import Place, argument, at

COMPILE = {
    "optimizer": Place({"optimizer": "$p"}, ("sgd", "adam"), argument("optimizer")),
    "rate": Place(
        {"optimizer": "SGD(learning_rate=p)"},
        (0.5, 0.25),
        at("optimizer", "learning_rate"),
    ),
    "rate_in_keys": Place(
        {"optimizer": {"Adam": {"beta_1": "$p"}}},
        (0.5, 0.25),
        at("optimizer", "beta_1"),
    ),
    "schedule": Place(
        {"optimizer": "Adam(learning_rate=ExponentialDecay(0.1, p * 2, 0.5))"},
        (5, 6),
        lambda arguments: (
            at("optimizer", "learning_rate", "config", "decay_steps")(arguments) // 2
        ),
    ),
    "loss": Place({"loss": "$p"}, ("mse", "mae"), argument("loss")),
    "in_the_loss": Place(
        {"loss": "BinaryCrossentropy(label_smoothing=p)"},
        (0.5, 0.25),
        at("loss", "label_smoothing"),
    ),
    "in_the_loss_in_keys": Place(
        {"loss": {"BinaryCrossentropy": {"label_smoothing": "$(p / 2)"}}},
        (0.5, 0.25),
        lambda arguments: at("loss", "label_smoothing")(arguments) * 2,
    ),
    "loss_weights": Place(
        {"loss_weights": "$p"}, (0.5, 0.25), argument("loss_weights")
    ),
    "in_loss_weights": Place(
        {"loss_weights": ["$p"]}, (0.5, 0.25), at("loss_weights", "0")
    ),
    "metric": Place({"metrics": ["$p"]}, ("mae", "mse"), at("metrics", "0")),
    "in_a_metric": Place(
        {"metrics": ["BinaryAccuracy(threshold=p)"]},
        (0.5, 0.25),
        at("metrics", "0", "threshold"),
    ),
    "in_the_only_metric": Place(
        {"metrics": "BinaryAccuracy(threshold=p)"},
        (0.5, 0.25),
        at("metrics", "0", "threshold"),
    ),
}
"""Places under `compile`: the param is one of `compile_model`."""

TRAIN = {
    "epochs": Place({"epochs": "$p"}, (1, 2), argument("epochs")),
    "epochs_by_arithmetic": Place(
        {"epochs": "$(p * 2)"}, (1, 2), lambda arguments: arguments["epochs"] // 2
    ),
    "rows_in_a_batch": Place({"batch_size": "$p"}, (2, 3), argument("batch_size")),
    "shuffle": Place({"shuffle": "$p"}, (True, False), argument("shuffle")),
    "callback": Place(
        {"callbacks": ["EarlyStopping(monitor='loss', patience=p)"]},
        (1, 2),
        at("callbacks", "0", "patience"),
    ),
    "only_callback": Place(
        {"callbacks": "EarlyStopping(monitor=p)"},
        ("loss", "val_loss"),
        at("callbacks", "0", "monitor"),
    ),
    "callback_in_keys": Place(
        {"callbacks": [{"EarlyStopping": {"monitor": "loss", "min_delta": "$p"}}]},
        (0.5, 0.25),
        lambda arguments: abs(at("callbacks", "0", "min_delta")(arguments)),
    ),
    "validation_split": Place(
        {"validation_split": "$p"}, (0.25, 0.5), argument("validation_split")
    ),
    "in_x": Place(
        {"x": [["$p", 2, 3, 4], [1, 2, 3, 4]], "y": [1, 2]},
        (5, 6),
        lambda arguments: int(arguments["x"][0][0]),
    ),
    "all_of_x": Place(
        {"x": "$p", "y": [1]},
        ([[1.0, 2.0, 3.0, 4.0]], [[5.0, 6.0, 7.0, 8.0]]),
        lambda arguments: arguments["x"].tolist(),
    ),
    "row_of_x": Place(
        {"x": ["$p", [1, 2, 3, 4]], "y": [1, 2]},
        ([1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]),
        lambda arguments: arguments["x"][0].tolist(),
    ),
    "arithmetic_in_x": Place(
        {"x": [[1, "$(p * 2)", 3, 4], [1, 2, 3, 4]], "y": [1, 2]},
        (0.5, 0.25),
        lambda arguments: float(arguments["x"][0][1]) / 2,
    ),
    "in_y": Place(
        {"x": [[1, 2, 3, 4], [1, 2, 3, 4]], "y": ["$p", 2]},
        (0.5, 0.25),
        lambda arguments: float(arguments["y"][0]),
    ),
    "all_of_y": Place(
        {"x": [[1, 2, 3, 4], [1, 2, 3, 4]], "y": "$p"},
        ([1, 2], [3, 4]),
        lambda arguments: arguments["y"].tolist(),
    ),
    "in_predict": Place(
        {"predict": [["$p", 2, 3, 4]]},
        (5, 6),
        lambda arguments: int(arguments["new"][0][0]),
    ),
    "all_of_predict": Place(
        {"predict": "$p"},
        ([[1.0, 2.0, 3.0, 4.0]], [[5.0, 6.0, 7.0, 8.0]]),
        lambda arguments: arguments["new"].tolist(),
    ),
    "in_x_and_predict": Place(
        {"x": [["$p", 2, 3, 4]], "y": [1], "predict": [["$(p + 1)", 2, 3, 4]]},
        (5, 6),
        lambda arguments: int(arguments["new"][0][0]) - 1,
    ),
}
"""Places under `train`: the param is one of `main`."""
