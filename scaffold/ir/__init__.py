"""The model itself, free of style."""

from scaffold.ir.build import Building, build
from scaffold.ir.types import ModelIR

__all__ = ["Building", "ModelIR", "build"]
