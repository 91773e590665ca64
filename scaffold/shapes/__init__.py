"""Inference of the output shapes of a model's entries, without Keras.

    known = infer(model, catalogue)
    known.descriptions  # {Origin("", 3): "(None, 32, 32, 64)", ...}

A shape is inferred only if the catalogue or a rule in this package determines it. All
other shapes, and the shapes that depend on them, stay unknown. Nothing is guessed.
"""

from scaffold.shapes.text import text
from scaffold.shapes.types import Misfit, OutputShapes, Shape
from scaffold.shapes.walk import KnownShapes, Unfit, infer

__all__ = ["OutputShapes", "KnownShapes", "Misfit", "Shape", "Unfit", "infer", "text"]
