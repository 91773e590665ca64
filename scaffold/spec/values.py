"""Reading of values in keyed notation: data, `$` expressions, calls as mappings."""

from __future__ import annotations

import re
from keyword import iskeyword

from scaffold.diagnostics import Diagnostic, Refused
from scaffold.spec.document import Items, Node, Scalar, Table, describe, place
from scaffold.spec.expression import parse
from scaffold.spec.limits import MOST_IN_PARAM, shown, too_much
from scaffold.spec.types import (
    Call,
    CallArgument,
    Expression,
    Literal,
    Mapping,
    Sequence,
)

Pair = tuple[Scalar, Node]
"""A key and its value."""

_CAMEL_CASE = re.compile(r"[A-Z]\w*")

NOT_AN_ARGUMENT_NAME = "cannot be the name of an argument"
"""In the message of KS208 about a key, for example a tuple that YAML splits."""


def expression(node: Node) -> Expression:
    """Read a value in keyed notation.

    A string that begins with `$` is an expression (`$$` is a literal `$`); a mapping
    with one CamelCase key is a call.

    Args:
        node: The value's node.

    Raises:
        Refused: The value contains an expression that cannot be read.
    """
    if isinstance(node, Scalar):
        return _scalar(node)
    if isinstance(node, Items):
        return Sequence(tuple(map(expression, node.items)), node.span)
    if is_call(node):
        return call(*node.pairs[0])
    pairs = [
        (Literal(key.value, key.span, key, key.numeral), expression(value))
        for key, value in node.pairs
    ]
    return Mapping(tuple(pairs), node.span)


def default(node: Node) -> Expression:
    """Read the default of a param.

    Raises:
        Refused: The default cannot be read, or has too many values.
    """
    if _size(node, MOST_IN_PARAM) > MOST_IN_PARAM:
        message = f"a param's default can have at most {MOST_IN_PARAM} values"
        raise too_much(message, node.span, "write the value where it is used")
    return expression(node)


def _size(node: Node, most: int) -> int:
    """Count the nodes within a node, up to a limit."""
    if isinstance(node, Scalar):
        is_text = isinstance(node.value, str) and node.value.startswith("$")
        # Commas separate the values of an expression.
        return 1 + str(node.value).count(",") if is_text else 1
    items = (
        node.items if isinstance(node, Items) else [value for _, value in node.pairs]
    )
    size = 1
    for item in items:
        size += _size(item, most - size)
        if size > most:
            break
    return size


def _scalar(node: Scalar) -> Expression:
    value = node.value
    if isinstance(value, str) and value.startswith("$"):
        if value.startswith("$$"):
            return Literal(value[1:], node.span)
        return parse(value[1:], lambda at, length: place(node, at + 1, length))
    return Literal(value, node.span, node, node.numeral)


def is_call(table: Table) -> bool:
    """Return whether a mapping is a call of a Keras object: `{L2: 0.0001}`."""
    return len(table.pairs) == 1 and bool(
        _CAMEL_CASE.fullmatch(str(table.pairs[0][0].value))
    )


def call(key: Scalar, value: Node) -> Call:
    """Read a callable's name and its arguments.

    The arguments are a mapping (by keyword), a list (by position), a scalar (the first
    argument) or null (no arguments).
    """
    return Call(str(key.value), arguments(value), key.span, key.span)


def arguments(node: Node) -> tuple[CallArgument, ...]:
    """Read the arguments of a call; see `call`."""
    if isinstance(node, Table) and not is_call(node):
        return keywords(node)
    if isinstance(node, Items):
        return tuple(
            CallArgument(None, expression(item), item.span) for item in node.items
        )
    if isinstance(node, Scalar) and node.value is None:
        return ()
    return (CallArgument(None, expression(node), node.span),)


def keywords(table: Table) -> tuple[CallArgument, ...]:
    """Read a mapping as keyword arguments."""
    return tuple(keyword(*pair) for pair in table.pairs)


def keyword(key: Scalar, value: Node) -> CallArgument:
    """Read a key and its value as a keyword argument.

    Raises:
        Refused: The key is not a valid keyword, or the value cannot be read.
    """
    name = str(key.value)
    if not name.isidentifier() or iskeyword(name):
        message = f"`{shown(name)}` {NOT_AN_ARGUMENT_NAME}"
        help_ = "use letters, digits and `_`, and start with a letter"
        if name == "<<":
            message = "a spec does not support YAML merge keys"
            help_ = "write the arguments themselves instead"
        raise Refused(Diagnostic("KS208", message, key.span, help_))
    return CallArgument(name, expression(value), key.span)


def string(node: Node, what: str, help_: str) -> str:
    """Read a value that must be a string.

    Raises:
        Refused: The value, called `what` in the message, is not a string.
    """
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return node.value
    raise wrong(what, "a string", node, help_)


def wrong(what: str, wanted: str, node: Node, help_: str) -> Refused:
    """Return the error for a value of the wrong kind."""
    message = f"{what} must be {wanted}, not {describe(node)}"
    return Refused(Diagnostic("KS107", message, node.span, help_))
