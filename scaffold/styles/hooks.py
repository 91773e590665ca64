"""Methods of Keras's own that the model's class overrides, ready to be changed."""

from __future__ import annotations

import ast

from scaffold.ir import ModelIR
from scaffold.ir.hooks import METHODS
from scaffold.ir.types import Input
from scaffold.styles.inputs import is_optional
from scaffold.styles.syntax import constant, name
from scaffold.styles.types import Backend, Hooks, ImportStatement

_IMPORTS: dict[Backend, tuple[ImportStatement, tuple[str, ...]]] = {
    "tensorflow": (
        ImportStatement("tensorflow", alias="tf"),
        ("train_step", "test_step"),
    ),
    "jax": (ImportStatement("jax"), ("train_step",)),
    "torch": (ImportStatement("torch"), ("train_step",)),
}
"""What each backend is called, and the methods that use more of it than Keras."""


def hooks(model: ModelIR, backend: Backend) -> Hooks:
    """Write down which methods a model's class overrides.

    Args:
        model: The model, in which the checks found no error.
        backend: What steps are written for.
    """
    wanted = {hook.name for hook in model.hooks}
    names = tuple(method for method in METHODS if method in wanted)
    return Hooks(names, backend, _example(model.graph.inputs))


def imports(model: ModelIR, backend: Backend) -> tuple[ImportStatement, ...]:
    """Return what the methods need besides Keras."""
    needed, users = _IMPORTS[backend]
    return (needed,) if any(hook.name in users for hook in model.hooks) else ()


def _example(inputs: tuple[Input, ...]) -> ast.expr:
    """Find an input that is given in every call: `x`, or one of several in it."""
    if len(inputs) == 1:
        return name("x")
    model_input = next(
        (candidate for candidate in inputs if not is_optional(candidate)), inputs[0]
    )
    return ast.Subscript(name("x"), constant(model_input.name), ast.Load())
