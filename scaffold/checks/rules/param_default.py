"""KS216: a param's default that no signature should hold."""

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
        Reports defaults that hold mappings or calls.

    Why:
        Python makes a default once, when the function is defined: all models would
        share that one object.

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
    """Report defaults that are made anew for each call, or shared by all."""
    for param in context.graph.params:
        if param.default:
            yield from default_faults(param.name, param.default, param.span)


def default_faults(name: str, default: Value, span: Span) -> Iterator[Diagnostic]:
    """Report a default that is a mapping or an object, or hold one."""
    for value in within(default):
        if isinstance(value, (Dictionary, Object)):
            what = f"`{value.name}`" if isinstance(value, Object) else "a mapping"
            message = f"the default of `{name}` cannot be {what}"
            help_ = "a default is a number, a string, a boolean, nothing, or a list"
            yield Diagnostic("KS216", message, span, help_)
            break
