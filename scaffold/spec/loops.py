"""`for f, s in [(64, 1), (128, 2)]`: names, and their values in each iteration."""

from __future__ import annotations

from scaffold.catalogue.facts import examples
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
    """Read the text after `for` in line notation.

    Raises:
        Refused: It is not names, `in`, and a list of values.
    """
    names: tuple[Expression, ...] = ()
    values: Expression | None = None
    # Python parses `f, s in values` as the tuple of `f` and `s in values`.
    if isinstance(expression, Sequence) and expression.items:
        *first, last = expression.items
        if isinstance(last, OperationExpression) and last.operator == "in":
            names, values = (*first, last.operands[0]), last.operands[1]
    elif isinstance(expression, OperationExpression) and expression.operator == "in":
        target, values = expression.operands
        names = target.items if isinstance(target, Sequence) else (target,)
    are_names = names and all(isinstance(name, Name) for name in names)
    if not are_names or not isinstance(values, Sequence):
        message = "`for` must loop over a list of values"
        help_ = "list the values, `for units in [64, 32]`, or repeat one layer, "
        help_ += f"`{examples.LAYER} * 3`"
        raise Refused(Diagnostic("KS110", message, span, help_))
    return make_loop(names, values, span)


def make_loop(names: tuple[Expression, ...], values: Sequence, span: Span) -> ForClause:
    """Pair the names of a loop with the values of each iteration.

    Raises:
        Refused: An item does not have one value for each name.
    """
    iterations = []
    for item in values.items:
        is_several = isinstance(item, Sequence) and len(names) > 1
        row = item.items if isinstance(item, Sequence) and is_several else (item,)
        if len(row) != len(names):
            message = f"this item has {len(row)} values for {len(names)} names"
            raise Refused(Diagnostic("KS110", message, item.span, HELP))
        iterations.append(tuple(row))
    texts = tuple(name.name for name in names if isinstance(name, Name))
    return ForClause(texts, tuple(iterations), span)
