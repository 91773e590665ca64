"""KS209: a bare name that is not a param, and a default that uses a param."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from scaffold.catalogue import Argument
from scaffold.catalogue.facts import examples
from scaffold.checks.argument_match import choices_of
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.checks.wording import MOST_NAMES
from scaffold.diagnostics import Code, Diagnostic, did_you_mean, suggest
from scaffold.ir.types import Collection, ParamRef, Value
from scaffold.ir.values import registries_of
from scaffold.ir.walk import within


class KS209(Code):
    """A bare name is not a param.

    What it does:
        Reports names in expressions that `params` does not declare, defaults of params
        that use another param, and `-p` with an unknown param. A block sees only its
        own params.

    Why:
        A bare name in an expression is always a param. Strings have quotes; objects
        inside a layer have parentheses; in line notation, the constants are Python's:
        `True`, `False`, `None`.

    Example:
        inputs: [4]
        layers:
          - Dense(8, activation=relu)

    Instead:
        inputs: [4]
        layers:
          - Dense(8, activation="relu")
    """

    name = "unknown-param"


_CONSTANTS = {
    "true": "True",
    "false": "False",
    "null": "None",
    "none": "None",
    "nil": "None",
}


@rule(KS209, early=True)
def unknown_param(context: RuleContext) -> Iterator[Diagnostic]:
    """Report bare names that are not params."""
    unknown = [value for value in context.values if is_unknown(value)]
    deciding = {id(value) for value in _of_conditions(context)} if unknown else set()
    seen: set[str] = set()
    for value in unknown:
        assert isinstance(value, ParamRef)
        if value.name in seen:
            continue
        seen.add(value.name)
        message = f"there is no param `{value.name}`"
        if id(value) in deciding and value.name in _tensors(context):
            help_ = "a condition uses params when the model is built, not data"
        else:
            help_ = _help(value.name, _argument_of(value, context), context)
        yield Diagnostic("KS209", message, value.span, help_)
    for name, default in context.defaults.items():
        for value in within(default):
            if isinstance(value, ParamRef):
                message = f"the default of `{name}` uses `{value.name}`"
                help_ = "a default is a plain value: it cannot use another param"
                yield Diagnostic("KS209", message, value.span, help_)


def is_unknown(value: Value) -> bool:
    """Return whether a value is a name that is not a param."""
    return isinstance(value, ParamRef) and not value.is_known


def _of_conditions(context: RuleContext) -> Iterator[Value]:
    for node in context.graph.nodes:
        if node.choice is not None:
            yield from within(node.choice.condition)


def _tensors(context: RuleContext) -> set[str]:
    """Return the names of tensors."""
    inputs = {graph_input.name for graph_input in context.graph.inputs}
    return inputs | {node.name for node in context.graph.nodes}


def _argument_of(value: ParamRef, context: RuleContext) -> Argument:
    """Return the argument whose value is a name, alone or in a list."""
    for _, arguments in context.calls:
        for bound in arguments:
            holds = isinstance(bound.value, Collection) and value in bound.value.items
            if bound.argument is not None and (bound.value == value or holds):
                return bound.argument
    return Argument("")


def _for_block(name: str, argument: Argument, context: RuleContext) -> str:
    """Describe how to declare a param of a block."""
    block = f"the block `{context.graph.name}`"
    help_ = f"declare it in {block}: `params: [{name}]`"
    if context.graph.params:
        help_ = f"add it to the `params` of {block}"
    if any(param.name == name for param in context.model.graph.params):
        call = f"`{context.graph.name}({name}={name})`"
        return f"a block sees only its own params: {help_}, and set it in {call}"
    if "string" in argument.kinds or "choice" in argument.kinds:
        help_ += f', or write the string as "{name}"'
    return help_


def _help(name: str, argument: Argument, context: RuleContext) -> str:
    if name in _CONSTANTS:
        return f"write `{_CONSTANTS[name]}`"
    if name in choices_of(argument, context.catalogue):
        return f'write the string "{name}"'
    if any(name in loop.names for _, loop in context.loops):
        return "loop variables exist only in the arguments of the loop's layer"
    if any(name == block.name for block in context.model.blocks):
        return f"a block inside a layer needs parentheses: `{name}()`"
    if name in _tensors(context):
        return f"write a tensor after the arrow: `{examples.LAYER} <- {name}`"
    if near := suggest(name, islice(context.defaults, MOST_NAMES)):
        return did_you_mean(near[:1])
    if name[:1].isupper():
        for registry in registries_of(argument):
            if registry != "activations" and context.catalogue.find(registry, name):
                return f"an object inside a layer needs parentheses: `{name}()`"
    if context.is_block:
        return _for_block(name, argument, context)
    if "string" in argument.kinds or "choice" in argument.kinds:
        return f'declare it under `params`, or write the string as "{name}"'
    return f"declare it: `params: {{{name}: 8}}`"
