"""How a rule is declared: a decorator says which codes its function reports.

The function has the name of its file, and one argument: a `Scope` where the rule looks
at one graph after the other (`rule`), `Inferred` where it looks at shapes
(`shape_rule`). Those run last, and only where nothing else is wrong with what they see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from scaffold.diagnostics import Code, Diagnostic

if TYPE_CHECKING:
    from scaffold.checks.inferred import Inferred
    from scaffold.checks.scope import Scope

Check = Callable[["Scope"], Iterator[Diagnostic]]
ShapeCheck = Callable[["Inferred"], Iterator[Diagnostic]]


class Key(NamedTuple):
    """What rules are ordered by.

    Attributes:
        is_late: Whether it is no rule about names, which come first.
        code: The first code that the rule reports.
        is_guest: Whether the page of that code is in the file of another rule.
        name: The name of the rule.
    """

    is_late: bool
    code: str
    is_guest: bool
    name: str


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
        _CHECKS[_key(codes, check, is_late=not early)] = check
        return check

    return declare


def shape_rule(*codes: type[Code] | str) -> Callable[[ShapeCheck], ShapeCheck]:
    """Declare a rule that looks at the shapes of a whole model.

    Args:
        *codes: The codes that it reports, as for `rule`.
    """

    def declare(check: ShapeCheck) -> ShapeCheck:
        _SHAPE_CHECKS[_key(codes, check, is_late=True)] = check
        return check

    return declare


def declared() -> tuple[tuple[Check, ...], tuple[ShapeCheck, ...]]:
    """Return the rules of both sorts that are declared so far, by code and name."""
    return (
        tuple(_CHECKS[key] for key in sorted(_CHECKS)),
        tuple(_SHAPE_CHECKS[key] for key in sorted(_SHAPE_CHECKS)),
    )


def _key(
    codes: tuple[type[Code] | str, ...], check: Callable[..., object], *, is_late: bool
) -> Key:
    code = codes[0]
    if isinstance(code, str):
        return Key(is_late, code, True, check.__name__)
    return Key(is_late, code.__name__, False, check.__name__)
