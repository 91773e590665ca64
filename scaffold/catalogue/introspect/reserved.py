"""Find the attributes that Keras uses on models and layers."""

from __future__ import annotations

from typing import Any

from scaffold.catalogue.introspect.installed import keras


def reserved_names() -> set[str]:
    """Return the attributes of a trained model and a built layer, except dunders."""
    names = {*dir(_trained_model()), *dir(_built_layer())}
    return {name for name in names if not _is_dunder(name)}


def _trained_model() -> Any:
    """Return the attributes of a trained model, as `fit` adds `stop_training`."""
    package = keras()

    def call(model: Any, inputs: Any) -> Any:
        return inputs * model.scale

    model = type("Plain", (package.Model,), {"call": call})()
    model.scale = package.Variable(1.0)
    model.compile(optimizer="sgd", loss="mse", metrics=["mae"], run_eagerly=True)
    ones = package.ops.ones((2, 1))
    model.fit(ones, ones, verbose=0)
    model.evaluate(ones, ones, verbose=0)
    model.predict(ones, verbose=0)
    names = [name for name in dir(model) if name != "scale"]
    return type("Attributes", (), dict.fromkeys(names))


def _built_layer() -> Any:
    layer = keras().layers.Layer()
    layer.build((None, 4))
    return layer


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")
