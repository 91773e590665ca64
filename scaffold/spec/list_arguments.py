"""Detection of keyword arguments in a list of positional arguments."""

from __future__ import annotations

import re

from scaffold.catalogue import load
from scaffold.diagnostics import Diagnostic
from scaffold.spec import node_text
from scaffold.spec.core_schema import plain
from scaffold.spec.document import Items, Node, Scalar, Table
from scaffold.spec.values import Pair, is_call

_KEYWORD = re.compile(r"([A-Za-z_]\w*)\s*=(?!=)\s*(\S.*)")


def named_in_list(key: Scalar, items: Items) -> Diagnostic | None:
    """Find a keyword argument in a list, as in `Dense: [8, activation=relu]`.

    Args:
        key: The name of the layer.
        items: Its arguments.
    """
    pairs = [_pair(item) for item in items.items]
    if not any(pairs):
        return None
    target = load().find("layers", str(key.value))
    names = [argument.name for argument in target.arguments] if target else []
    first = next((pair for pair in pairs if pair and pair[0].value in names), None)
    if first is None:
        return None
    arguments = [
        (
            pair
            if pair is not None and pair[0].value in names
            else (Scalar(name, key.span), item)
        )
        for name, item, pair in zip(names, items.items, pairs, strict=False)
    ]
    whole = node_text.entry(
        Table(((key, Table(tuple(arguments), key.span)),), key.span)
    )
    message = f"a list has positional arguments, but `{first[0].value}` is a keyword"
    return Diagnostic("KS110", message, first[0].span, f"write `{whole}`")


def _pair(item: Node) -> Pair | None:
    """Return an item of a list as a keyword and a value, if it is one."""
    if isinstance(item, Table) and len(item.pairs) == 1 and not is_call(item):
        return item.pairs[0]
    if isinstance(item, Scalar) and (match := _KEYWORD.fullmatch(str(item.value))):
        return Scalar(match[1], item.span), Scalar(plain(match[2]), item.span)
    return None
