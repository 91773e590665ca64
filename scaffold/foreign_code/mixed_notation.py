"""Translate entries that mix keyed and line notation."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from scaffold.catalogue import KerasCallable
from scaffold.foreign_code.nodes import node_of
from scaffold.foreign_code.parsing import expression
from scaffold.foreign_code.statements import Statements
from scaffold.foreign_code.steps import Untranslatable
from scaffold.spec.document import Items, Node, Scalar, Table
from scaffold.spec.keyed import SIBLINGS
from scaffold.spec.node_text import written

_NAMED = re.compile(r"([A-Za-z_]\w*)\s*=\s*([A-Za-z_][\w.]*)")
_ARROW = re.compile(r"(.*?)\s*<-\s*([A-Za-z_].*)", re.DOTALL)


class MixedEntry(NamedTuple):
    """A mixed entry, translated to keyed notation.

    Attributes:
        item: The translated entry.
        reason: The message about the original entry.
        help: What to write.
    """

    item: Table
    reason: str
    help: str


def to_keyed(item: Table, writer: Statements) -> MixedEntry | None:
    """Return a mixed entry in keyed notation; `None` if the entry is not mixed."""
    for at, (key, value) in enumerate(item.pairs):
        text = str(key.value)
        mixed = None
        if match := _NAMED.fullmatch(text):
            mixed = _named(match, key, value)
        elif text[:1].isupper():
            mixed = _merged(key, value, writer)
            if mixed is None and isinstance(value, Scalar):
                mixed = _called(key, value, writer)
        if mixed is not None:
            pairs = (*item.pairs[:at], *mixed.item.pairs, *item.pairs[at + 1 :])
            return mixed._replace(item=Table(pairs, item.span))
    return None


def _below(key: str, layer: str) -> str:
    return f"and `{key}` on its own line, indented like `{layer}`"


def _named(match: re.Match[str], key: Scalar, value: Node) -> MixedEntry:
    """Return the entry for `x = Dense: {units: 8}`."""
    name, layer = match[1], match[2].rpartition(".")[2]
    pairs = (
        (Scalar(layer, key.span), value),
        (Scalar("name", key.span), Scalar(name, key.span)),
    )
    bare = "" if isinstance(value, Scalar) and value.value is None else written(value)
    shown = f"{layer}: {bare}".rstrip()
    help_ = f"write `{shown}`, {_below(f'name: {name}', layer)}"
    reason = "in keyed notation, the key `name` sets the name"
    return MixedEntry(Table(pairs, key.span), reason, help_)


def _merged(key: Scalar, value: Node, writer: Statements) -> MixedEntry | None:
    """Return the entry for `Concatenate: [a, b]`: tensors belong under `from`."""
    remaining: list[tuple[Scalar, Node]] = []
    names: list[str] = []
    alone = ((Scalar("", key.span), value),)
    for argument, node in value.pairs if isinstance(value, Table) else alone:
        if argument.value in SIBLINGS:
            return None
        if tensors := _tensors(node, writer):
            names += tensors
        else:
            remaining.append((argument, node))
    if not names or any(not argument.value for argument, _ in remaining):
        return None
    layer = str(key.value)
    arguments = (
        Table(tuple(remaining), value.span) if remaining else Scalar(None, value.span)
    )
    items = Items(tuple(Scalar(name, value.span) for name in names), value.span)
    sources = items.items[0] if len(names) == 1 else items
    shown = f"{layer}: {written(arguments)}" if remaining else f"{layer}:"
    help_ = f"write `{shown}`, {_below(f'from: {written(sources)}', layer)}"
    new = Table(((key, arguments), (Scalar("from", value.span), sources)), key.span)
    return MixedEntry(
        new, f"`{names[0]}` is a tensor, which belongs under `from`", help_
    )


def _tensors(node: Node, writer: Statements) -> list[str]:
    """Return the tensors that a value lists; empty if it contains anything else."""
    values: list[object] = []
    if isinstance(node, Items):
        values += [getattr(item, "value", None) for item in node.items]
    elif isinstance(node, Scalar) and isinstance(node.value, str):
        values += [name.strip() for name in node.value.split(",")]
    names = [str(value) for value in values if value in writer.tensors]
    names = [name for name in names if not name.startswith("$")]  # a param is a size
    return names if len(names) == len(values) else []


def _called(key: Scalar, value: Scalar, writer: Statements) -> MixedEntry | None:
    """Return the entry for `Dense: Dense(8)`, `Dense: units=8`, `Dense: 8 <- x`."""
    layer, text = str(key.value), value.value
    if not isinstance(text, str) or writer.target(layer)[1] is None:
        return None
    arrow = ""
    if match := _ARROW.fullmatch(text):
        text, arrow = match[1], match[2]
    arguments = _arguments(layer, text, value, writer)
    if arguments is None:
        return None
    pairs: list[tuple[Scalar, Node]] = [(key, arguments)]
    help_ = f"write `{layer}: {written(arguments)}`"
    reason = "in keyed notation, arguments are written `name: value`"
    if arrow:
        names = [name.strip() for name in arrow.split(",")]
        items = Items(tuple(Scalar(name, value.span) for name in names), value.span)
        sources = items.items[0] if len(names) == 1 else items
        pairs.append((Scalar("from", value.span), sources))
        help_ = f"{help_}, {_below(f'from: {written(sources)}', layer)}"
        reason = "in keyed notation, `from` lists what an entry is called on"
    return MixedEntry(Table(tuple(pairs), key.span), reason, help_)


def _arguments(
    layer: str, text: str, value: Scalar, writer: Statements
) -> Table | None:
    """Return the arguments in a text; `None` if the text is one value."""
    target = writer.target(layer)[1]
    tree = _call_in(layer, text, value, target)
    if tree is None or target is None:
        return None
    writer.source = f"f({text})"
    try:
        call = writer.text(ast.Call(ast.Name(layer), tree.args, tree.keywords))
        again = expression(call)
        if not isinstance(again, ast.Call):
            return None
        names = [argument.name for argument in target.arguments]
        named = [*zip(names, again.args, strict=False)]
        named += [(keyword.arg or "", keyword.value) for keyword in again.keywords]
        pairs = [
            (
                Scalar(name, value.span),
                node_of(ast.unparse(argument), value.span, writer.params),
            )
            for name, argument in named
        ]
    except Untranslatable:
        return None
    return Table(tuple(pairs), value.span)


def _call_in(
    layer: str, text: str, value: Scalar, target: KerasCallable | None
) -> ast.Call | None:
    """Return the call whose arguments a text contains; `None` if it is one value."""
    tree = expression(f"f({text})")
    if not isinstance(tree, ast.Call):
        return None
    inner = tree.args[0] if len(tree.args) == 1 and not tree.keywords else None
    if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name | ast.Attribute):
        is_layer = ast.unparse(inner.func).rpartition(".")[2] == layer
        return inner if is_layer else None
    if isinstance(inner, ast.Tuple):
        kinds = {*target.arguments[0].kinds} if target and target.arguments else set()
        is_value = bool(kinds & {"tuple", "shape", "list"})
        call = tree if is_value else ast.Call(tree.func, inner.elts, [])
        return call if inner.elts else None
    if inner is None or text.startswith("("):
        return tree
    is_before_arrow = isinstance(inner, ast.Constant) and "<-" in str(value.value)
    return tree if is_before_arrow else None
