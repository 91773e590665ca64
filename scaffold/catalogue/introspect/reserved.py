"""The attributes that Keras itself uses on a model or layer."""

from __future__ import annotations

from scaffold.catalogue.introspect.installed import keras


def reserved_names() -> set[str]:
    """Lists every attribute of a built model and a built layer but the dunders."""
    package = keras()
    model = package.Sequential([package.layers.Input((4,)), package.layers.Dense(2)])
    model.compile(optimizer="sgd", loss="mse")
    subclassed = type("Subclassed", (package.Model,), {})()
    layer = package.layers.Dense(2)
    layer.build((None, 4))
    bare = package.layers.Layer()
    bare.build((None, 4))
    names = {*dir(subclassed), *dir(bare)}
    return {name for name in names if not _is_dunder(name)}


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")
