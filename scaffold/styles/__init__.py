"""From the model to a module of Keras source, in one of three styles."""

from scaffold.styles.obstacles import obstacles
from scaffold.styles.types import STYLES, Module, Style, find_style
from scaffold.styles.write import choose, write

__all__ = ["STYLES", "Module", "Style", "choose", "find_style", "obstacles", "write"]
