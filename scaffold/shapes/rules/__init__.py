"""The rules: what becomes of a shape, by layer and by function of `keras.ops`.

What gives the shape that it takes, or what arithmetic makes of several, stands in the
catalogue, and not here.
"""

from scaffold.shapes.rules.attention import ATTENTION
from scaffold.shapes.rules.beyond import BEYOND
from scaffold.shapes.rules.convolutions import CONVOLUTIONS
from scaffold.shapes.rules.merges import MERGES
from scaffold.shapes.rules.ops import OPS
from scaffold.shapes.rules.plain import PLAIN
from scaffold.shapes.rules.pooling import POOLING
from scaffold.shapes.rules.recurrent import RECURRENT

LAYERS = {**ATTENTION, **CONVOLUTIONS, **MERGES, **PLAIN, **POOLING, **RECURRENT}
"""The rules for layers, by their names in the catalogue."""

__all__ = ["BEYOND", "LAYERS", "OPS"]
