"""Joining of neighboring `if` statements with the same condition."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from scaffold.styles.syntax import name
from scaffold.styles.types import Assignment, IfStatement, Statement


def joined(statements: Iterable[Statement], usual: str) -> tuple[Statement, ...]:
    """Join consecutive conditions with the same test into one.

    Args:
        statements: The statements of a function.
        usual: The variable that is passed along a chain.
    """
    kept: list[Statement] = []
    for statement in statements:
        last = kept[-1] if kept else None
        if isinstance(last, IfStatement) and isinstance(statement, IfStatement):
            if ast.dump(last.test) == ast.dump(statement.test):
                kept[-1] = IfStatement(
                    last.test,
                    _chained(last.body, statement.body, usual),
                    _chained(last.otherwise, statement.otherwise, usual),
                )
                continue
        kept.append(statement)
    return tuple(kept)


def _chained(
    before: tuple[Assignment, ...], after: tuple[Assignment, ...], usual: str
) -> tuple[Assignment, ...]:
    """Join assignments: of `x = inputs` and `shortcut = x`, only `shortcut = inputs`.

    The variable `usual` is only used by the next call.
    """
    if before and after and ast.dump(after[0].value) == ast.dump(name(usual)):
        if ast.dump(before[-1].target) == ast.dump(name(usual)):
            first = after[0]._replace(value=before[-1].value)
            return (*before[:-1], first, *after[1:])
    return before + after
