"""KS205."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.matching import NOUNS, choices_of, judge
from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic, suggest
from scaffold.ir.walk import arguments


def no_choice(scope: Scope) -> Iterator[Diagnostic]:
    """Reports strings that are none of those an argument may be."""
    for bound in arguments(scope.model):
        if bound.argument is None:
            continue
        verdict, given = judge(bound.value, bound.argument, scope)
        if verdict != "no choice":
            continue
        choices = choices_of(bound.argument, scope.catalogue)
        nouns = [NOUNS[kind] for kind in bound.argument.kinds if kind in NOUNS]
        nouns = [noun for noun in nouns if noun not in ("a list", "a mapping")]
        shown = repr(given) if len(repr(given)) < 60 else "this"
        what = " or ".join(nouns).removeprefix("an ").removeprefix("a ")
        message = (
            f"{shown} is no {what}" if what else f"`{bound.name}` cannot be {shown}"
        )
        near = suggest(str(given), choices)
        if near:
            help_ = "did you mean " + " or ".join(f'"{name}"' for name in near) + "?"
        else:
            listed = ", ".join(f'"{choice}"' for choice in choices[:8])
            help_ = f"it may be {listed}" + (", ..." if len(choices) > 8 else "")
        yield Diagnostic("KS205", message, bound.value.span, help_)
