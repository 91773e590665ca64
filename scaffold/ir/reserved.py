"""The one table of names that generated code has for things of its own.

Rules refuse a name of the spec that would hide one of them, and styles give their
variables and attributes names that are free. A test generates code for every feature,
takes the user's names out, and holds what is left against this table.
"""

from __future__ import annotations

MODULES = frozenset(("keras", "layers", "ops", "np", "pathlib"))
"""What the code imports."""

BACKENDS = frozenset(("tf", "jax", "torch"))
"""What it imports for overridden methods besides."""

FUNCTIONS = frozenset(("build_model", "compile_model", "main"))
"""What it defines in every style."""

_BUILTINS = frozenset(
    "ValueError dict enumerate float isinstance print range super zip".split()
)
"""What of Python it uses where names of a spec are at hand as local variables."""

_OTHER_BUILTINS = frozenset(("classmethod", "len", "next", "tuple"))
"""What of Python it uses elsewhere."""

GLOBALS = MODULES | FUNCTIONS | _BUILTINS
"""What no local name may hide: a param, the name of a loop, an input of a block."""

MODULE_NAMES = GLOBALS | BACKENDS | _OTHER_BUILTINS
"""What no name in a module may hide: a block's, an import's, that of the class."""

LOCALS = frozenset(("inputs", "outputs", "x", "self", "training", "mask", "name"))
"""Variables and parameters in functions that build a model, and in methods."""

IN_MAIN = frozenset("data given model name new predicted value x y".split())
"""Variables of `main`."""

IN_CLASSES = frozenset(
    "cls input_shape inputs kwargs outputs previous_mask self".split()
)
"""Parameters and variables of methods."""

IN_EXPORT = frozenset(("args", "filepath"))
"""Parameters of `export`: it has a spec's names as attributes only, and hides none."""

IN_CALLS = frozenset(("mask", "name", "self", "training"))
"""What Keras, and the functions of blocks, take besides tensors."""

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
"""Attributes of PyTorch's `Module`, which a Keras layer is on that backend."""

_OF_OTHER_BACKENDS = frozenset(
    """compute_loss_and_updates jax_state_sync ov_compiled_model ov_device
    ov_input_shapes struct_outputs struct_params""".split()
)
"""Attributes that a model has with JAX and OpenVINO only."""

_OF_SOME_MODELS = frozenset("input_names inputs output_names outputs".split())
"""Attributes by which Keras tells a graph of layers, which other models lack."""

ATTRIBUTES = _OF_PYTORCH | _OF_OTHER_BACKENDS | _OF_SOME_MODELS
"""What no attribute may be called, besides what a model has with TensorFlow.

That is in the catalogue, which saw it: `Catalogue.reserved`.
"""


def attribute_of_param(name: str) -> str:
    """Return what the attribute is called that holds a param, where that is free."""
    return f"{name}_arg" if name in ATTRIBUTES else name
