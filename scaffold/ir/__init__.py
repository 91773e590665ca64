"""The model, independent of style."""

from scaffold.ir.build import BuildResult, build
from scaffold.ir.types import ModelIR

__all__ = ["BuildResult", "ModelIR", "build"]
