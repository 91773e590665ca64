"""Turn a model into a module of Keras source, in one of three styles.

`scaffold.styles.write` does so; only commands that write code import it.
"""

from scaffold.styles.advice import Advice, Fit, advise, choose
from scaffold.styles.header import model_name
from scaffold.styles.obstacles import obstacles
from scaffold.styles.types import (
    BACKENDS,
    DEFAULT_BACKEND,
    STYLES,
    Backend,
    Module,
    Style,
    find_backend,
    find_style,
)

__all__ = [
    "BACKENDS",
    "DEFAULT_BACKEND",
    "STYLES",
    "Advice",
    "Backend",
    "Fit",
    "Module",
    "Style",
    "choose",
    "advise",
    "find_backend",
    "find_style",
    "model_name",
    "obstacles",
]
