"""The installed Keras: the one place of the catalogue that imports it."""

from __future__ import annotations

import importlib
import os
from typing import Any

from scaffold.catalogue.types import Registry

MODULES: dict[Registry, str] = {
    "layers": "keras.layers",
    "ops": "keras.ops",
    "activations": "keras.activations",
    "initializers": "keras.initializers",
    "regularizers": "keras.regularizers",
    "constraints": "keras.constraints",
    "losses": "keras.losses",
    "metrics": "keras.metrics",
    "optimizers": "keras.optimizers",
    "schedules": "keras.optimizers.schedules",
    "callbacks": "keras.callbacks",
}


def keras(module: str = "keras") -> Any:
    """Import Keras, or one of its modules, with its log lines turned off."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    return importlib.import_module(module)


def numpy() -> Any:
    """Import NumPy, without its types: they know no shape that is not settled."""
    return importlib.import_module("numpy")


def registry_module(registry: Registry) -> Any:
    """Import the module that a registry's objects are exported from."""
    return keras(MODULES[registry])
