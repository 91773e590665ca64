"""How a rule is declared: a decorator says which codes its function reports.

The function has one argument: a `Scope` where the rule looks at one graph after the
other (`rule`), `Inferred` where it looks at shapes (`shape_rule`). Those run last, and
only where nothing else is wrong with what they see.
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
    """Declare a rule that looks at one graph after the other.

    Args:
        *codes: The codes that it reports, the first being what it is about: the class
            where the page is in the rule's file, the string where it is elsewhere.
        early: Whether it is about names and params. Such rules come first: what is
            wrong with a name explains what others find where it is used.
    """

    def declare(check: Check) -> Check:
        _CHECKS[_key(codes, check, early=early)] = check
        return check

    return declare


def shape_rule(*codes: type[Code] | str) -> Callable[[ShapeCheck], ShapeCheck]:
    """Declare a rule that looks at the shapes of a whole model.

    Args:
        *codes: The codes that it reports, as for `rule`.
    """

    def declare(check: ShapeCheck) -> ShapeCheck:
        _SHAPE_CHECKS[_key(codes, check)] = check
        return check

    return declare


def declared() -> tuple[tuple[Check, ...], tuple[ShapeCheck, ...]]:
    """Return the rules of both sorts that are declared so far, in their order."""
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
    """Return what a rule is ordered by: early or not, its code, its name.

    Of the rules about one code, the one that has the page comes first.
    """
    code = codes[0]
    if isinstance(code, str):
        return not early, code, True, check.__name__
    return not early, code.__name__, False, check.__name__
