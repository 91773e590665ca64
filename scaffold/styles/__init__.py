"""From the model to a module of Keras source, in one of three styles."""

from scaffold.styles.advice import Advice, Fit, choose, compare
from scaffold.styles.obstacles import obstacles
from scaffold.styles.types import STYLES, Module, Style, find_style
from scaffold.styles.write import write

__all__ = [
    "STYLES",
    "Advice",
    "Fit",
    "Module",
    "Style",
    "choose",
    "compare",
    "find_style",
    "obstacles",
    "write",
]
