"""The table of names that generated code uses itself.

Rules reject a name in the spec that would hide one of them, and styles choose other
names for their variables and attributes. A test generates code for every feature,
removes the user's names, and compares the remaining names with this table.
"""

from __future__ import annotations

MODULES = frozenset(("keras", "layers", "ops", "np", "pathlib"))
"""The names that the code imports."""

BACKENDS = frozenset(("tf", "jax", "torch"))
"""The names that the code also imports for overridden methods."""

FUNCTIONS = frozenset(("build_model", "compile_model", "main"))
"""The functions that the code defines in every style."""

_BUILTINS = frozenset(
    "ValueError dict enumerate float isinstance print range super zip".split()
)
"""The builtins that the code uses where names of the spec are local variables."""

BUILTINS_OF_MAIN = frozenset(("len", "max"))
"""The builtins that the code uses only in `main`, apart from methods of classes."""

_OTHER_BUILTINS = BUILTINS_OF_MAIN | {"classmethod", "tuple"}
"""The builtins that the code uses elsewhere."""

GLOBALS = MODULES | FUNCTIONS | _BUILTINS
"""Names not allowed for a param, the name of a loop or an input of a block."""

MODULE_NAMES = GLOBALS | BACKENDS | _OTHER_BUILTINS
"""Names not allowed in a module: for a block, an import or the model's class."""

LOCALS = frozenset(("inputs", "outputs", "x", "self", "training", "mask", "name"))
"""Variables and parameters in functions that build a model, and in methods."""

IN_MAIN = frozenset("data model name new value x y".split())
"""Variables of `main`."""

IN_MAIN_WHERE_FREE = tuple(
    "epoch history intercept logs losses prediction row slope slopes values".split()
)
"""Variables of `main` that have another name where a name of the spec is in use."""

IN_CLASSES = frozenset(
    "cls input_shape inputs kwargs outputs previous_mask self".split()
)
"""Parameters and variables of methods."""

IN_EXPORT = frozenset(("args", "filepath"))
"""Parameters of `export`; there, names of the spec are attributes only."""

IN_CALLS = frozenset(("mask", "name", "self", "training"))
"""The arguments that Keras and the functions of blocks take besides tensors."""

_OF_PYTORCH = frozenset(
    """T_destination add_module apply bfloat16 buffers call_super_init children compile
    cpu cuda double dump_patches eval extra_repr float forward get_buffer
    get_extra_state get_parameter get_submodule half ipu load_state_dict modules mtia
    named_buffers named_children named_modules named_parameters parameters
    register_backward_hook register_buffer register_forward_hook
    register_forward_pre_hook register_full_backward_hook
    register_full_backward_pre_hook register_load_state_dict_post_hook
    register_load_state_dict_pre_hook register_module register_parameter
    register_state_dict_post_hook register_state_dict_pre_hook requires_grad_
    set_extra_state set_submodule share_memory state_dict to to_empty torch_params
    train training type xpu zero_grad""".split()
)
"""Attributes of PyTorch's `Module`, the base of a Keras layer on that backend."""

_OF_OTHER_BACKENDS = frozenset(
    """compute_loss_and_updates jax_state_sync ov_compiled_model ov_device
    ov_input_shapes struct_outputs struct_params""".split()
)
"""Attributes that a model has only with JAX and OpenVINO."""

_OF_SOME_MODELS = frozenset("input_names inputs output_names outputs".split())
"""Attributes that only graph models have; Keras recognizes a graph by them."""

ATTRIBUTES = _OF_PYTORCH | _OF_OTHER_BACKENDS | _OF_SOME_MODELS
"""Names not allowed for attributes, in addition to `Catalogue.reserved`.

The catalogue has the attributes of a model with TensorFlow.
"""


def attribute_of_param(name: str) -> str:
    """Return the name of the attribute that holds a param."""
    return f"{name}_arg" if name in ATTRIBUTES else name
