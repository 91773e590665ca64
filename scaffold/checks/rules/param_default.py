"""KS216: a param's default that is a mapping or a Keras object."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic, Span
from scaffold.ir.types import Dictionary, Object, Value
from scaffold.ir.walk import within


class KS216(Code):
    """A param's default is a mapping or a Keras object.

    What it does:
        Reports defaults that contain mappings or calls.

    Why:
        Python creates a default once, when the function is defined: all models would
        share the same object. Below the name of a param, a mapping is its long form:
        `units: {default: 64, description: Units of each layer.}`.

    Example:
        params: {regularizer: {L2: 0.01}}
        inputs: [4]
        layers:
          - Dense(8, kernel_regularizer=regularizer)

    Instead:
        params: {factor: 0.01}
        inputs: [4]
        layers:
          - Dense(8, kernel_regularizer=L2(factor))
    """

    name = "param-default"


@rule(KS216, early=True)
def param_default(context: RuleContext) -> Iterator[Diagnostic]:
    """Report defaults that contain mappings or Keras objects."""
    for param in context.graph.params:
        if param.default:
            yield from default_faults(param.name, param.default, param.span)


def default_faults(name: str, default: Value, span: Span) -> Iterator[Diagnostic]:
    """Report a default that is or contains a mapping or a Keras object."""
    for value in within(default):
        if isinstance(value, (Dictionary, Object)):
            what = f"`{value.name}`" if isinstance(value, Object) else "a mapping"
            message = f"the default of `{name}` cannot be {what}"
            help_ = "write a number, a string, a boolean, `null` or a list"
            yield Diagnostic("KS216", message, span, help_)
            break
