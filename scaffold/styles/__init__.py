"""From the model to a module of Keras source, in one of three styles."""

from scaffold.styles.advice import Advice, Fit, choose, compare
from scaffold.styles.face import model_name
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
from scaffold.styles.write import write

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
    "compare",
    "find_backend",
    "find_style",
    "model_name",
    "obstacles",
    "write",
]
