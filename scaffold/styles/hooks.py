"""Write the methods of Keras that the model class overrides, for users to change."""

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
"""The import of each backend, and the methods that use it directly."""


def hooks(model: ModelIR, backend: Backend) -> Hooks:
    """Return the methods that the model class overrides.

    Args:
        model: The model, in which the checks found no error.
        backend: The backend for which the steps are written.
    """
    overridden = {hook.name for hook in model.hooks}
    names = tuple(method for method in METHODS if method in overridden)
    example = _example(model.graph.inputs)
    return Hooks(names, backend, example, model.is_distributed)


def imports(model: ModelIR, backend: Backend) -> tuple[ImportStatement, ...]:
    """Return the imports that the methods need besides Keras."""
    needed, users = _IMPORTS[backend]
    return (needed,) if any(hook.name in users for hook in model.hooks) else ()


def _example(inputs: tuple[Input, ...]) -> ast.expr:
    """Return an input that every call receives: `x`, or an item of it."""
    if len(inputs) == 1:
        return name("x")
    model_input = next(
        (candidate for candidate in inputs if not is_optional(candidate)), inputs[0]
    )
    return ast.Subscript(name("x"), constant(model_input.name), ast.Load())
