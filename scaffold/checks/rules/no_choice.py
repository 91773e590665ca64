"""KS205: a string that is not one of the allowed values of an argument."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import Argument
from scaffold.checks.argument_match import choices_of
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.checks.wording import NOUNS, for_param, split_at_comma
from scaffold.diagnostics import Code, Diagnostic, Span, did_you_mean, suggest
from scaffold.ir.types import ParamRef


class KS205(Code):
    """A string is not one of the allowed values of an argument.

    What it does:
        Reports unknown names of activations, initializers, losses and other objects,
        and unknown options, such as a `padding` that is neither `valid` nor `same`.

    Why:
        Keras accepts a fixed set of strings for each of these arguments.

    Example:
        inputs: [4]
        layers:
          - Dense(8, activation="rleu")

    Instead:
        inputs: [4]
        layers:
          - Dense(8, activation="relu")
    """

    name = "no-choice"


_MOST = 8


@rule(KS205)
def no_choice(context: RuleContext) -> Iterator[Diagnostic]:
    """Report strings that are not one of the allowed values of an argument."""
    for judged in context.judged:
        verdict, argument = judged.verdict, judged.argument
        if verdict.result != "no choice":
            continue
        data = verdict.data
        quoted = repr(data) if len(repr(data)) < 60 else "this"
        nouns = _nouns(argument)
        default = ""
        is_set = context.setting_of(verdict.value) is not None
        if isinstance(verdict.value, ParamRef) and not is_set:
            default = f", the default of `{verdict.value.name}`"
        message = f"{judged.shown} cannot be {quoted}{default}"
        if nouns and not argument.choices:
            subject = f"{quoted}{default}," if default else quoted
            message = f"{subject} is not {' or '.join(nouns)}"
        help_ = split_at_comma(str(data)) or _help(
            str(data), verdict.value.span, argument, context
        )
        yield Diagnostic("KS205", message, context.span_of(verdict.value), help_)


def _nouns(argument: Argument) -> list[str]:
    nouns = [NOUNS[kind] for kind in argument.kinds if kind in NOUNS]
    return [noun for noun in nouns if noun not in ("a list", "a mapping")]


def _help(text: str, span: Span, argument: Argument, context: RuleContext) -> str:
    if text == "None" and argument.nullable:
        return "write `null`, or `None` in line notation, without quotes"
    choices = choices_of(argument, context.catalogue)
    # Of two spellings, `adam` and `Adam`, suggest the common one.
    spelled = {choice.lower().replace("_", ""): choice for choice in choices[::-1]}
    names = [choice for choice in choices if choice in spelled.values()]
    if near := suggest(text, names):
        return did_you_mean(near, '"')
    if text in context.defaults:
        return for_param(text, span)
    listed = [f'"{name}"' for name in names[:_MOST]]
    if len(names) > _MOST:
        listed.append("...")
    listed += _nouns(argument) if argument.choices else []
    return f"use one of {', '.join(listed)}"
