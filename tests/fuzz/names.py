"""Creates valid names, including difficult ones."""

from __future__ import annotations

import builtins
import keyword
import random

from scaffold.catalogue import load
from scaffold.ir.reserved import ATTRIBUTES, IN_CLASSES, IN_MAIN, LOCALS, MODULE_NAMES

_OF_KERAS = """add_loss add_weight build built call compile compute_mask count_params
dtype evaluate export fit get_config history input input_shape layers losses loss
metrics name optimizer output path pop predict save stop_evaluating stop_training
summary supports_jit trainable variables weights Model Layer Sequential Input
""".split()
_COLLIDING = """a a_0 a_1 A dense dense_1 Dense dense_layer dense_0 add concatenate lstm
layer layer_1 block i i_1 x_1 y z inputs_1 outputs_1 shared input_layer input_layer_1
keras_tensor masked Masked Recurse recurse Loop loop own Own residual
stage stage_0 conv2d conv2d_1 out out_layer output_layer name_1 b__c b_ c__d__ match
case type soft none true false null self cls kwargs args state until cell step
left_shape children nodes previous result config
""".split()
_LONG = ("a" * 32, "wide_" * 6 + "w", "B" + "b" * 59, "n0_" * 20)

LAYERS = frozenset(load().names("layers"))
WORDS = sorted(
    name
    for name in {
        *(MODULE_NAMES | LOCALS | IN_MAIN | IN_CLASSES | ATTRIBUTES),
        *(text for text in dir(builtins) if not text.startswith("_")),
        *_OF_KERAS,
        *_COLLIDING,
        *_LONG,
    }
    if not keyword.iskeyword(name) and name[0] != "_"
)
"""Names with a meaning in generated code, Keras, Python or PyTorch."""


class Names:
    """Creates names: simple names, or names with a meaning elsewhere."""

    def __init__(self, luck: random.Random, hostility: float, banned: set[str]) -> None:
        """Store the share of difficult names, and the refused names."""
        self.luck, self.hostility, self.banned = luck, hostility, banned
        self.number = 0

    def pick(self, kind: str, taken: set[str]) -> str:
        """Return a name that is not in use.

        Args:
            kind: `entry`, `input`, `param`, `loop`, `block` or `import`.
            taken: The names in use, in lower case.
        """
        if self.luck.random() < self.hostility:
            word = self.luck.choice(WORDS)
            if kind in ("param", "loop", "argument"):
                word = word.lower()[:32]
            if kind in ("block", "import"):
                word = "".join(part[:1].upper() + part[1:] for part in word.split("_"))
            if word in ("None", "True", "False"):
                word = f"{word}s"
            if kind == "block" and word in LAYERS:
                word = f"{word}s"
            if word.lower() not in taken and word not in self.banned:
                return word
        self.number += 1
        if kind in ("block", "import"):
            return f"{kind.capitalize()}{self.number}"
        return f"{kind[0]}{self.number}"
