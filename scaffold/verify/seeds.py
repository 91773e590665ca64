"""The random numbers that a check begins with: the same for each.

TensorFlow empties its store of kernels where its own seed is set, and each operation is
prepared anew. That takes a third of the time of verifying, and counts only for code
that draws from TensorFlow itself: all of Keras's random numbers come with their seeds.
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
"""Modules that draw nothing from TensorFlow, and import nothing that somebody names."""


def seed(text: str) -> None:
    """Set all seeds; TensorFlow's own only where code may draw from it.

    Args:
        text: The code that is about to run.
    """
    if may_draw(text):
        keras.utils.set_random_seed(_SEED)
    else:
        with _kernels_kept():
            keras.utils.set_random_seed(_SEED)


@lru_cache(maxsize=16)
def may_draw(text: str) -> bool:
    """Return whether code may draw from TensorFlow itself.

    It may where it names TensorFlow, where it imports what is not known not to, and
    where it cannot be read.
    """
    if "tensorflow" in text or "__import__" in text:
        return True
    try:
        nodes = list(ast.walk(ast.parse(text)))
    # Whatever Python's parser raises at text that somebody wrote.
    except Exception:
        return True
    named: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            named |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            named.add("" if node.level else (node.module or "").partition(".")[0])
    return not named <= _WELL_KNOWN


@contextmanager
def _kernels_kept() -> Iterator[None]:
    """Have Keras leave out TensorFlow where it sets seeds."""
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is None:
        yield
        return
    home, set_seed = tensorflow.random, tensorflow.random.set_seed
    home.set_seed = lambda seed: None
    try:
        yield
    finally:
        home.set_seed = set_seed
