"""Reading of the inputs of an entry: the names after `<-`, or under `from`."""

from __future__ import annotations

import ast
from functools import partial

from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.spec.document import Node, Scalar, place
from scaffold.spec.expression import Reader
from scaffold.spec.python import NO_COMMA, Locate, parse_tree
from scaffold.spec.types import Expression, FromItem, ReferenceList, TensorReference
from scaffold.spec.values import wrong

_HEAD = "f("
_HELP = "write names of entries: `<- a, b`, or `<- query=a, value=b`"


def parse_sources(text: str, locate: Locate) -> tuple[FromItem, ...]:
    """Read the inputs of an entry, as written after `<-`.

    Args:
        text: `a, b[0]`, or `query=x, value=y, use_causal_mask=True`.
        locate: Returns the location of a part of the text in the file.

    Raises:
        Refused: It is not a list of names, outputs and call arguments.
    """
    if not text.strip():
        message = "the name of an entry is missing here"
        raise Refused(Diagnostic("KS110", message, locate(0, len(text)), _HELP))

    def within(start: int, length: int) -> Span:
        """Return a location from an index that counts the head before the text."""
        first = min(max(start - len(_HEAD), 0), len(text) - 1)
        return locate(first, min(length, len(text) - first))

    # The line end terminates a comment, as it does in an entry.
    call = f"{_HEAD}{text}\n)"
    try:
        tree = parse_tree(call, within)
    except Refused as refused:
        raise _of_names(refused, text) from refused
    reader = Reader(call, within)
    if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Name):
        message = "this is not a list of names"
        raise Refused(Diagnostic("KS110", message, locate(0, len(text)), _HELP))
    sources = [
        FromItem(None, _source(value, reader), reader.span(value))
        for value in tree.args
    ]
    for keyword in tree.keywords:
        if keyword.arg is None:
            raise reader.refuse(keyword.value, "`**` in a call", _HELP)
        value = _source(keyword.value, reader)
        sources.append(FromItem(keyword.arg, value, reader.span(keyword)))
    return tuple(sources)


def _of_names(refused: Refused, text: str) -> Refused:
    """Replace the help for a missing comma, which is about arguments of a layer."""
    names = text.split()
    first, *others = refused.diagnostics
    if not first.message.startswith(NO_COMMA):
        return refused
    help_ = "separate the names with commas: `<- a, b`"
    if all(name.isidentifier() for name in names):
        help_ = f"separate the names with commas: `<- {', '.join(names)}`"
    return Refused(first._replace(help=help_), *others)


def read_sources(node: Node, what: str, help_: str) -> tuple[FromItem, ...]:
    """Read a string of names, as `parse_sources` does.

    Raises:
        Refused: The node, called `what` in the message, is not a string of names.
    """
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        raise wrong(what, "names of entries", node, help_)
    return parse_sources(node.value, partial(place, node))


def _source(
    tree: ast.expr, reader: Reader
) -> TensorReference | ReferenceList | Expression:
    if reference := _reference(tree, reader):
        return reference
    if isinstance(tree, (ast.List, ast.Tuple)) and tree.elts:
        items = [_reference(item, reader) for item in tree.elts]
        references = tuple(item for item in items if item is not None)
        if len(references) == len(items):
            return ReferenceList(references, reader.span(tree))
    return reader.convert(tree, 0)


def _reference(tree: ast.expr, reader: Reader) -> TensorReference | None:
    match tree:
        case ast.Name(id=name):
            return TensorReference(name, None, reader.span(tree))
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=index)):
            if type(index) is int:
                return TensorReference(name, index, reader.span(tree))
    return None
