"""The shape rules of layers and of functions of `keras.ops`.

`catalogue/facts/shapes.py` assigns the rules to layers. Layers that keep their input's
shape or broadcast several inputs need no rule: the catalogue declares that.
"""

from functools import partial

from scaffold.catalogue.facts import shapes as facts
from scaffold.shapes.rules.attention import ATTENTION
from scaffold.shapes.rules.convolutions import CONVOLUTIONS
from scaffold.shapes.rules.extensions import EXTENSION_RULES
from scaffold.shapes.rules.merges import MERGES
from scaffold.shapes.rules.ops import OPS as OF_OPS
from scaffold.shapes.rules.plain import PLAIN, RESIZING
from scaffold.shapes.rules.pooling import POOLING
from scaffold.shapes.rules.recurrent import RECURRENT, WRAPPERS
from scaffold.shapes.rules.types import Rule

RULES = {**ATTENTION, **MERGES, **PLAIN, **WRAPPERS}
"""The rules for layers, by rule name."""

NUMBERED_RULES = {**CONVOLUTIONS, **POOLING, **RECURRENT, **RESIZING}
"""The rules for families of layers, which take a number as well."""


def _rule(name: str, number: int | None = None) -> Rule:
    return RULES[name] if number is None else partial(NUMBERED_RULES[name], number)


LAYERS = {name: _rule(*rule) for name, rule in facts.LAYERS.items()}
"""The rules for layers, by their names in the catalogue."""

OPS = {name: OF_OPS[rule] for name, rule in facts.OPS.items()}
"""The rules for functions of `keras.ops`, by their names."""

__all__ = ["EXTENSION_RULES", "LAYERS", "OPS"]
