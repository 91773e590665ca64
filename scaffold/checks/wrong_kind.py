"""KS204."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scaffold.catalogue import Argument, KerasCallable
from scaffold.checks.matching import NOUNS, judge
from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic
from scaffold.ir.types import Object
from scaffold.ir.walk import arguments


def wrong_kind(scope: Scope) -> Iterator[Diagnostic]:
    """Reports values of a kind that an argument cannot be."""
    for bound in arguments(scope.model):
        if bound.argument is None:
            continue
        verdict, given = judge(bound.value, bound.argument, scope)
        if verdict == "wrong kind":
            yield Diagnostic(
                "KS204",
                f"`{bound.name}` takes {_wanted(bound.argument)}, not {_given(given)}",
                bound.value.span,
                _help(given, bound.argument),
            )


def _wanted(argument: Argument) -> str:
    found = [NOUNS[kind] for kind in argument.kinds if kind in NOUNS]
    if argument.rank is not None and "a tuple" in found:
        found[found.index("a tuple")] = f"a tuple of {argument.rank}"
    if argument.choices:
        shown = [repr(choice) for choice in argument.choices[:6]]
        found.append(" or ".join(shown))
    if argument.nullable:
        found.append("nothing")
    return " or ".join(dict.fromkeys(found))


def _given(given: Any) -> str:
    if isinstance(given, Object):
        return f"`{given.name}`"
    match given:
        case None:
            return "nothing"
        case bool():
            return f"the boolean {given}"
        case int():
            return f"the integer {given}"
        case float():
            return f"the number {given}"
        case str():
            return f"the string {given[:40]!r}"
        case list():
            return f"a list of {len(given)}"
    return "a mapping"


def _help(given: Any, argument: Argument) -> str:
    kinds = argument.kinds
    if isinstance(given, str) and given.isidentifier() and "string" not in kinds:
        return f"for a param write `{given}` without quotes, or `${given}` in a mapping"
    if isinstance(given, float) and given == int(given or 0) and "integer" in kinds:
        return f"write {int(given)}"
    if isinstance(given, int) and "shape" in kinds:
        return f"write ({given},), or [[{given}]] as a list of arguments"
    if isinstance(given, Object) and isinstance(given.target, KerasCallable):
        return f"`{given.name}` belongs to `keras.{given.target.registry}`"
    return ""
