"""Import the installed Keras; no other module of the catalogue does so."""

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
    """Import Keras, or one of its modules, with logging turned off."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    return importlib.import_module(module)


def numpy() -> Any:
    """Import NumPy without its types, which do not support unknown shapes."""
    return importlib.import_module("numpy")


def registry_module(registry: Registry) -> Any:
    """Import the module that a registry's objects are exported from."""
    return keras(MODULES[registry])
