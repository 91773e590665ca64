"""What the entries of a model give, worked out without Keras.

    known = infer(model, catalogue)
    known.descriptions  # {Origin("", 3): "(None, 32, 32, 64)", ...}

Where a rule is plain, it is here or in the catalogue; what no rule is there for stays
unknown, and so does all that comes of it. Nothing is guessed.
"""

from scaffold.shapes.text import text
from scaffold.shapes.types import Gave, Misfit, Shape
from scaffold.shapes.walk import KnownShapes, Unfit, infer

__all__ = ["Gave", "KnownShapes", "Misfit", "Shape", "Unfit", "infer", "text"]
