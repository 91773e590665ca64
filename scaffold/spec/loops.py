"""`for f, s in [(64, 1), (128, 2)]`: names, and a row of values for each turn."""

from __future__ import annotations

from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.spec.types import (
    Expression,
    ForClause,
    Name,
    OperationExpression,
    Sequence,
)

HELP = "write `for units in [64, 32]`, or `for f, s in [(64, 1), (128, 2)]`"


def read_loop(expression: Expression, span: Span) -> ForClause:
    """Read what stands behind `for` in line notation.

    Raises:
        Refused: It is not names, `in`, and rows of values.
    """
    names: tuple[Expression, ...] = ()
    rows: Expression | None = None
    # Without brackets, Python reads `f, s in rows` as the pair of `f` and `s in rows`.
    if isinstance(expression, Sequence) and expression.items:
        *first, last = expression.items
        if isinstance(last, OperationExpression) and last.operator == "in":
            names, rows = (*first, last.operands[0]), last.operands[1]
    elif isinstance(expression, OperationExpression) and expression.operator == "in":
        target, rows = expression.operands
        names = target.items if isinstance(target, Sequence) else (target,)
    are_names = names and all(isinstance(name, Name) for name in names)
    if not are_names or not isinstance(rows, Sequence):
        message = "a loop runs over rows of values"
        raise Refused(Diagnostic("KS110", message, span, HELP))
    return make_loop(names, rows, span)


def make_loop(names: tuple[Expression, ...], rows: Sequence, span: Span) -> ForClause:
    """Pair the names of a loop with the values of each row.

    Raises:
        Refused: A row has not one value for each name.
    """
    iterations = []
    for row in rows.items:
        values = row.items if isinstance(row, Sequence) and len(names) > 1 else (row,)
        if len(values) != len(names):
            message = f"this row has {len(values)} values for {len(names)} names"
            raise Refused(Diagnostic("KS110", message, row.span, HELP))
        iterations.append(tuple(values))
    wanted = tuple(name.name for name in names if isinstance(name, Name))
    return ForClause(wanted, tuple(iterations), span)
