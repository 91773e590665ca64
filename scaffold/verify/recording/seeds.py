"""Sets the same random seeds at the start of each check.

Setting TensorFlow's seed clears its kernel cache, and each operation is prepared again.
That takes a third of the time of `verify`, and matters only for code that draws from
TensorFlow directly: Keras passes seeds with all its random operations.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import keras

_SEED = 1
_INDIRECT = {"builtins", "importlib", "pkgutil", "runpy"}
_WELL_KNOWN = {"keras", "numpy"} | sys.stdlib_module_names - _INDIRECT
"""Modules that do not draw from TensorFlow, and import no modules by name."""


def seed(text: str) -> None:
    """Set all seeds; TensorFlow's only if code may draw from it.

    Args:
        text: The code that will run.
    """
    if may_draw(text):
        keras.utils.set_random_seed(_SEED)
    else:
        with _preserved_kernels():
            keras.utils.set_random_seed(_SEED)


@lru_cache(maxsize=16)
def may_draw(text: str) -> bool:
    """Return whether code may draw from TensorFlow directly.

    It may if it names TensorFlow, if it imports an unknown module, and if it cannot be
    parsed.
    """
    if "tensorflow" in text or "__import__" in text:
        return True
    try:
        nodes = list(ast.walk(ast.parse(text)))
    # Python's parser raises several types of errors for invalid text.
    except Exception:
        return True
    imported: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add("" if node.level else (node.module or "").partition(".")[0])
    return not imported <= _WELL_KNOWN


@contextmanager
def _preserved_kernels() -> Iterator[None]:
    """Prevent Keras from setting TensorFlow's seed."""
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is None:
        yield
        return
    random_module, set_seed = tensorflow.random, tensorflow.random.set_seed
    random_module.set_seed = lambda seed: None
    try:
        yield
    finally:
        random_module.set_seed = set_seed
