"""Keyed notation: values and entries as mappings."""

from __future__ import annotations

import re
from functools import partial

from scaffold.diagnostics import Diagnostic, Refused, Span, suggest
from scaffold.spec.document import Items, Node, Scalar, Table, describe, place
from scaffold.spec.expression import parse
from scaffold.spec.line import make_loop, parse_sources
from scaffold.spec.types import (
    Call,
    CallArgument,
    Entry,
    Expression,
    Literal,
    Loop,
    Mapping,
    Name,
    Sequence,
    Source,
)

_CALLABLE = re.compile(r"[A-Z]\w*|ops\.\w+|reuse|recurse|loop")
_SIBLINGS = ("name", "from", "call", "repeat", "for", "if", "else")


def expression(node: Node) -> Expression:
    """Reads a value in keyed notation.

    A string that begins with `$` is an expression (`$$` is a literal `$`), and a mapping
    with one CamelCase key is a call.

    Args:
        node: The value's node.

    Raises:
        Refused: An expression in it cannot be read.
    """
    if isinstance(node, Items):
        return Sequence(tuple(expression(item) for item in node.items), node.span)
    if isinstance(node, Table):
        if is_call(node):
            return call(*node.pairs[0])
        pairs = tuple(
            (Literal(key.value, key.span, key), expression(value))
            for key, value in node.pairs
        )
        return Mapping(pairs, node.span)
    if isinstance(node.value, str) and node.value.startswith("$"):
        if node.value.startswith("$$"):
            return Literal(node.value[1:], node.span, node)
        return parse(node.value[1:], lambda at, length: place(node, at + 1, length))
    return Literal(node.value, node.span, node)


def is_call(table: Table) -> bool:
    """Tells whether a mapping is the call of a Keras object: `{L2: 0.0001}`."""
    return len(table.pairs) == 1 and bool(
        re.fullmatch(r"[A-Z]\w*", str(table.pairs[0][0].value))
    )


def call(key: Scalar, value: Node) -> Call:
    """Reads a callable's name and its arguments.

    The arguments are a mapping (by keyword), a list (by position), a scalar (the first
    one) or nothing.
    """
    return Call(str(key.value), arguments(value), key.span, key.span)


def arguments(node: Node) -> tuple[CallArgument, ...]:
    """Reads the arguments of a call; see `call`."""
    if isinstance(node, Table) and not is_call(node):
        return tuple(
            CallArgument(str(key.value), expression(value), key.span)
            for key, value in node.pairs
        )
    if isinstance(node, Items):
        return tuple(
            CallArgument(None, expression(item), item.span) for item in node.items
        )
    if isinstance(node, Scalar) and node.value is None:
        return ()
    return (CallArgument(None, expression(node), node.span),)


def parse_keyed(table: Table) -> Entry:
    """Reads an entry in keyed notation.

    Args:
        table: The entry's node.

    Raises:
        Refused: It has no callable or several, or a key that is not known.
    """
    siblings = {str(k.value): (k, v) for k, v in table.pairs if k.value in _SIBLINGS}
    others = [(k, v) for k, v in table.pairs if k.value not in _SIBLINGS]
    callables = [one for one in others if _CALLABLE.fullmatch(str(one[0].value))]
    if not callables and len(others) == 1:
        # `dense: 8`: a callable's name gone wrong, which is looked up (and found wrong).
        callables = others
    unknown = [key for key, _ in others if all(key is not one[0] for one in callables)]
    if unknown:
        raise Refused(*(_unknown(key) for key in unknown))
    if len(callables) != 1:
        raise Refused(_not_one(callables, table))
    key, value = callables[0]
    called = call(key, value)
    if called.name == "reuse":
        called = _reuse(key, value)
    name, name_span = _name(siblings)
    return Entry(
        called,
        key.span,
        name,
        name_span,
        _sources(siblings),
        expression(siblings["repeat"][1]) if "repeat" in siblings else None,
        _loop(siblings["for"][1]) if "for" in siblings else None,
        expression(siblings["if"][1]) if "if" in siblings else None,
        _otherwise(siblings["else"][1]) if "else" in siblings else None,
    )


def _unknown(key: Scalar) -> Diagnostic:
    near = suggest(str(key.value), _SIBLINGS)
    help_ = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(_SIBLINGS)}"
    return Diagnostic("KS106", f"an entry has no key `{key.value}`", key.span, help_)


def _not_one(callables: list[tuple[Scalar, Node]], table: Table) -> Diagnostic:
    help_ = "an entry is one layer: `- Dense: {units: 8}`, each with its own `- `"
    if not callables:
        return Diagnostic("KS112", "this entry names no layer", table.span, help_)
    names = ", ".join(f"`{key.value}`" for key, _ in callables)
    message = f"this entry names {len(callables)} layers: {names}"
    return Diagnostic("KS112", message, callables[1][0].span, help_)


def _reuse(key: Scalar, value: Node) -> Call:
    if isinstance(value, Scalar) and isinstance(value.value, str):
        argument = CallArgument(None, Name(value.value, value.span), value.span)
        return Call("reuse", (argument,), key.span, key.span)
    help_ = "write `reuse: encoder`"
    message = f"`reuse` takes an entry's name, not {describe(value)}"
    raise Refused(Diagnostic("KS107", message, value.span, help_))


def _name(siblings: dict[str, tuple[Scalar, Node]]) -> tuple[str | None, Span | None]:
    if "name" not in siblings:
        return None, None
    node = siblings["name"][1]
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return node.value, node.span
    message = f"a name is a string, not {describe(node)}"
    raise Refused(Diagnostic("KS107", message, node.span))


def _sources(
    siblings: dict[str, tuple[Scalar, Node]],
) -> tuple[Source, ...] | None:
    if "from" not in siblings and "call" not in siblings:
        return None
    found: list[Source] = []
    if "from" in siblings:
        node = siblings["from"][1]
        if isinstance(node, Table):
            for key, value in node.pairs:
                one = _references(value)
                found.append(Source(str(key.value), one[0].value, key.span))
        else:
            found.extend(_references(node))
    if "call" in siblings:
        node = siblings["call"][1]
        if not isinstance(node, Table):
            message = f"`call` takes a mapping of call arguments, not {describe(node)}"
            raise Refused(Diagnostic("KS107", message, node.span))
        found.extend(
            Source(str(key.value), expression(value), key.span)
            for key, value in node.pairs
        )
    return tuple(found)


def _references(node: Node) -> tuple[Source, ...]:
    if isinstance(node, Items):
        return tuple(one for item in node.items for one in _references(item))
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return parse_sources(node.value, partial(place, node))
    message = f"`from` takes names of entries, not {describe(node)}"
    raise Refused(Diagnostic("KS107", message, node.span))


def _loop(node: Node) -> Loop:
    """Reads `{f: [64, 128], s: [1, 2]}`: one list of values for each name."""
    help_ = "write `for: {filters: [64, 128]}`: one list of values for each name"
    if not isinstance(node, Table) or not node.pairs:
        message = f"`for` takes a mapping, not {describe(node)}"
        raise Refused(Diagnostic("KS107", message, node.span, help_))
    columns = []
    for key, value in node.pairs:
        if not isinstance(value, Items):
            message = f"`{key.value}` takes a list, not {describe(value)}"
            raise Refused(Diagnostic("KS107", message, value.span, help_))
        columns.append(tuple(expression(item) for item in value.items))
    if len({len(column) for column in columns}) > 1:
        message = "the lists of `for` are not of one length"
        raise Refused(Diagnostic("KS110", message, node.span, help_))
    names = tuple(Name(str(key.value), key.span) for key, _ in node.pairs)
    if len(names) == 1:
        return make_loop(names, Sequence(columns[0], node.span), node.span)
    rows = tuple(Sequence(row, node.span) for row in zip(*columns, strict=True))
    return make_loop(names, Sequence(rows, node.span), node.span)


def _otherwise(node: Node) -> Call:
    if isinstance(node, Table) and len(node.pairs) == 1:
        return call(*node.pairs[0])
    message = (
        f"`else` takes one layer, as in `else: {{Identity: }}`, not {describe(node)}"
    )
    raise Refused(Diagnostic("KS107", message, node.span))
