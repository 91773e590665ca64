"""Custom parts (layers, losses, metrics, callbacks): from a name to a `Part`."""

from scaffold.parts.describe import describe
from scaffold.parts.kinds import KINDS
from scaffold.parts.naming import module_name
from scaffold.parts.types import Part

__all__ = ["KINDS", "Part", "describe", "module_name"]
