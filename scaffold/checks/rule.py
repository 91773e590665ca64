"""Decorators that declare rules, with the codes that they report.

A rule has one argument: `RuleContext` if it checks one graph after the other (`rule`),
`Inferred` if it checks shapes (`shape_rule`). Shape rules run last, and skip inputs and
entries with other errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from scaffold.diagnostics import Code, Diagnostic

if TYPE_CHECKING:
    from scaffold.checks.inferred import Inferred
    from scaffold.checks.scope import RuleContext

    Check = Callable[[RuleContext], Iterator[Diagnostic]]
    ShapeCheck = Callable[[Inferred], Iterator[Diagnostic]]
    Key = tuple[bool, str, bool, str]

_CHECKS: dict[Key, Check] = {}
_SHAPE_CHECKS: dict[Key, ShapeCheck] = {}


def rule(*codes: type[Code] | str, early: bool = False) -> Callable[[Check], Check]:
    """Declare a rule that checks one graph after the other.

    Args:
        *codes: The codes that it reports, the main one first: the class if its page is
            in the rule's file, the string if it is elsewhere.
        early: Whether it checks names and params. Such rules run first: a wrong name
            explains the findings at its uses.
    """

    def declare(check: Check) -> Check:
        _CHECKS[_key(codes, check, early=early)] = check
        return check

    return declare


def shape_rule(*codes: type[Code] | str) -> Callable[[ShapeCheck], ShapeCheck]:
    """Declare a rule that checks the shapes of a whole model.

    Args:
        *codes: The codes that it reports, as for `rule`.
    """

    def declare(check: ShapeCheck) -> ShapeCheck:
        _SHAPE_CHECKS[_key(codes, check)] = check
        return check

    return declare


def declared() -> tuple[tuple[Check, ...], tuple[ShapeCheck, ...]]:
    """Return the rules of both types that are declared so far, in order."""
    return (
        tuple(_CHECKS[key] for key in sorted(_CHECKS)),
        tuple(_SHAPE_CHECKS[key] for key in sorted(_SHAPE_CHECKS)),
    )


def _key(
    codes: tuple[type[Code] | str, ...],
    check: Callable[..., object],
    *,
    early: bool = False,
) -> Key:
    """Return the sort key of a rule: early or not, its code, its name.

    Of the rules for one code, the one with the page comes first.
    """
    code = codes[0]
    if isinstance(code, str):
        return not early, code, True, check.__name__
    return not early, code.__name__, False, check.__name__
