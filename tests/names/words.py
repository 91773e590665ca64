"""Words that mean something to generated code, to Keras, to Python or to PyTorch."""

from __future__ import annotations

import builtins
import io
import keyword
import re
import tokenize

from scaffold.catalogue import load
from scaffold.ir.reserved import (
    ATTRIBUTES,
    IN_CALLS,
    IN_CLASSES,
    IN_MAIN,
    IN_MAIN_WHERE_FREE,
    LOCALS,
    MODULE_NAMES,
)
from scaffold.resources import resource_directory
from tests.goldens import CASES

_COLLIDING = """a a_0 a_1 a_01 A B b dense_1 dense_0 dense_layer Dense DENSE add lstm
layer_1 block_1 i j i_1 x_1 y_1 z x_2 inputs_1 outputs_1 shared_dense input_layer
input_layer_1 keras_tensor keras_tensor_1 Masked masked MaskedModel Recurse Loop state
input_shape_shape x_shape previous_mask some_mask name_1 b__c b_ c__d__ match case type
soft none true false null self cls kwargs args l O result config Residual residual
random_seed seed_generator sequential functional model_1 __x _x conv2d W weight bias
kernel gamma tf jax torch signature signatures serve default call_fn
""".split()
_LONG = ("a" * 32, "a" * 33, "b" * 60, "b" * 61, "wide_" * 12, "B" + "c" * 59)


def words() -> list[str]:
    """Gives all words, most of them found mechanically."""
    results = {
        *_COLLIDING,
        *_LONG,
        *dir(builtins),
        *keyword.softkwlist,
        *keyword.kwlist,
    }
    results |= load().reserved | ATTRIBUTES | IN_CALLS | IN_CLASSES | IN_MAIN | LOCALS
    results |= MODULE_NAMES | {*IN_MAIN_WHERE_FREE}
    for path in sorted(CASES.glob("*/expected/*.py")):
        results |= _of_code(path.read_text(encoding="utf-8"))
    for path in sorted(resource_directory("model").glob("*.jinja")):
        results |= set(re.findall(r"[A-Za-z_]\w*", path.read_text(encoding="utf-8")))
    return sorted(results)


def _of_code(text: str) -> set[str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {token.string for token in tokens if token.type == tokenize.NAME}
