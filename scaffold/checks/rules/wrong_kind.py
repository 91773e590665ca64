"""KS204: a value of the wrong type for an argument."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil, floor
from typing import Any

from scaffold.catalogue import Argument, KerasCallable
from scaffold.catalogue.facts import examples
from scaffold.catalogue.facts.examples import BY_KIND
from scaffold.checks.argument_match import (
    ArgumentValue,
    Match,
    item_of,
    string_registries,
)
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.checks.wording import (
    allowed_values,
    example,
    for_param,
    shown,
    split_at_comma,
)
from scaffold.diagnostics import Code, Diagnostic, Span, did_you_mean, suggest
from scaffold.ir.types import Object, Operation, ParamRef
from scaffold.ir.values import REGISTRIES


class KS204(Code):
    """A value has the wrong type for its argument.

    What it does:
        Reports a string instead of a number, a number instead of a list of sizes, a
        tuple of the wrong length, an optimizer instead of a loss, and a layer that a
        wrapper cannot hold. A param is checked with its default, an argument of a block
        by its uses in the block, and a loop variable with its value in each iteration.

    Why:
        Keras would fail on it, often much later, with a message about something else.

    Example:
        inputs: [4]
        layers:
          - Dense("8")

    Instead:
        inputs: [4]
        layers:
          - Dense(8)
    """

    name = "wrong-kind"


_NUMBER = r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?"
_WORD = r"[A-Za-z_]\w*"
_BOOLEANS = ("true", "false", "yes", "no", "on", "off")

_TAGS = ("class_name", "type", "name", "class", "kind")
"""The keys that name a class in other formats."""


@rule(KS204)
def wrong_kind(context: RuleContext) -> Iterator[Diagnostic]:
    """Report values of the wrong type for their argument."""
    for judged in context.judged:
        verdict, argument = judged.verdict, judged.argument
        if verdict.result != "wrong kind":
            continue
        if verdict.is_item:
            argument = item_of(argument)
        message = f"{judged.shown} must be {allowed_values(argument)}, not "
        message += shown(verdict.data)
        is_set = context.setting_of(verdict.value) is not None
        if isinstance(verdict.value, ParamRef) and not is_set:
            message += f", the default of `{verdict.value.name}`"
        help_ = _help(verdict, argument, context)
        if not help_:
            help_ = _example(judged, argument)
        yield Diagnostic("KS204", message, context.span_of(verdict.value), help_)


def _help(verdict: Match, argument: Argument, context: RuleContext) -> str:
    data, value = verdict.data, verdict.value
    if isinstance(value, ParamRef) and context.setting_of(value) is not None:
        numbers = [
            BY_KIND[kind] for kind in ("integer", "float") if kind in argument.kinds
        ]
        usual = f", for example `-p {value.name}={numbers[0]}`" if numbers else ""
        return f"set it to {allowed_values(argument)}{usual}"
    if isinstance(value, ParamRef):
        return f"change the default of `{value.name}`, or use another param"
    if isinstance(data, Object):
        target = data.target
        if isinstance(target, KerasCallable):
            return f"`{data.name}` belongs to `keras.{target.registry}`"
    elif isinstance(data, str) and split_at_comma(data):
        return split_at_comma(data)
    elif isinstance(data, str):
        return _for_string(data, value.span, argument, context)
    elif isinstance(data, dict):
        return _for_mapping(data, argument, context)
    elif isinstance(data, list) and len(data) == 1 and _is_number(data[0]):
        return f"write {data[0]} without brackets" if _takes_number(argument) else ""
    elif _is_number(data):
        return _for_number(data, argument, is_division=_divides(value))
    return ""


def _example(judged: ArgumentValue, argument: Argument) -> str:
    """Show a value of the right type, if one is known."""
    if judged.target is None:
        return f"write an integer, or the name of a param: `{examples.LAYER} * depth`"
    usual = example(argument, judged.target)
    if usual and judged.verdict.is_item:
        return f"write, for example, `{usual}`"
    if usual:
        return f"write, for example, `{judged.bound.name}={usual}`"
    return f"write {allowed_values(argument)}, or leave `{judged.bound.name}` out"


def _takes_number(argument: Argument) -> bool:
    return "integer" in argument.kinds or "float" in argument.kinds


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _divides(value: object) -> bool:
    return isinstance(value, Operation) and value.operator == "/"


def _for_number(number: float, argument: Argument, *, is_division: bool) -> str:
    if "integer" in argument.kinds:
        if is_division:
            return "divide with `//`: its result is an integer"
        return _nearest(number)
    if "shape" in argument.kinds:
        return f"write ({number},), or [[{number}]] in a list of arguments"
    for kind, name in examples.OF_NUMBER.items():
        if kind in argument.kinds:
            return f"write `{name}({number})`"
    if "boolean" in argument.kinds and number in (0, 1):
        return _for_boolean(bool(number))
    return ""


def _nearest(number: float) -> str:
    """Propose the integers next to a number; none below 1, unless it is whole."""
    if isinstance(number, int) or not abs(number) < 1e15:
        return ""
    integers = {floor(number), ceil(number)}
    if len(integers) > 1:
        integers = {integer for integer in integers if integer >= 1}
    listed = " or ".join(map(str, sorted(integers)))
    return f"write {listed}" if listed else ""


def _for_boolean(meant: bool) -> str:
    return f"write {meant}, or {str(meant).lower()} in YAML and JSON"


def _for_string(
    value: str, span: Span, argument: Argument, context: RuleContext
) -> str:
    text = value.strip()
    if text == "None" and argument.nullable:
        return "write `null`, or `None` in line notation, without quotes"
    if _takes_number(argument) and re.fullmatch(_NUMBER, text):
        return f"write {text} without quotes"
    if "boolean" in argument.kinds and text.lower() in _BOOLEANS:
        return _for_boolean(text.lower() in ("true", "yes", "on"))
    names = re.findall(_WORD, text)
    if names and all(name in context.defaults for name in names):
        return for_param(text, span)
    if "layer" in argument.kinds and context.catalogue.find("layers", text):
        return f"write a call: `{text}()`, with its arguments"
    return _for_class(text, argument, context)


def _for_class(text: str, argument: Argument, context: RuleContext) -> str:
    """Suggest a class that has no string form, such as a callback."""
    without = [
        registry
        for kind in argument.kinds
        for registry in REGISTRIES.get(kind, ())
        if registry not in string_registries(kind)
    ]
    names = [
        name
        for registry in without
        for name in context.catalogue.names(registry)
        if not _is_abstract(context.catalogue.find(registry, name))
    ]
    near = suggest(text, names)
    return did_you_mean(near)


def _is_abstract(target: KerasCallable | None) -> bool:
    """Return whether a class is a base class, which cannot be used itself."""
    return target is None or target.abstract


def _for_mapping(
    mapping: dict[Any, Any], argument: Argument, context: RuleContext
) -> str:
    if tagged := _tagged(mapping, argument, context):
        return tagged
    if len(mapping) != 1:
        return ""
    name = str(next(iter(mapping)))
    for kind in argument.kinds:
        for registry in REGISTRIES.get(kind, ()):
            if registry != "activations" and (
                target := context.catalogue.find(registry, name)
                or context.catalogue.find_string(registry, name)
            ):
                return f"name a Keras object by its class: write `{target.name}`"
    return ""


def _tagged(mapping: dict[Any, Any], argument: Argument, context: RuleContext) -> str:
    """Suggest the call that `{type: Adam, learning_rate: 0.1}` means."""
    tag = next((tag for tag in _TAGS if isinstance(mapping.get(tag), str)), None)
    if tag is None:
        return ""
    values = {key: value for key, value in mapping.items() if key != tag}
    if len(values) == 1 and isinstance(inner := next(iter(values.values())), dict):
        values = inner
    name = str(mapping[tag]).rpartition(".")[2]
    for kind in argument.kinds:
        for registry in REGISTRIES.get(kind, ()):
            target = context.catalogue.find(registry, name)
            target = target or context.catalogue.find_string(registry, name)
            if target is not None:
                listed = ", ".join(f"{key}={_written(values[key])}" for key in values)
                return f"write `{target.name}({listed})`"
    return ""


def _written(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
