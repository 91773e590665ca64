"""Write an entry that is in line notation in keyed notation."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from scaffold.catalogue import OBJECT_REGISTRIES, Catalogue
from scaffold.diagnostics import Span
from scaffold.spec.document import Scalar
from scaffold.spec.node_text import written

_Tree: TypeAlias = "str | Sequence[_Tree] | Mapping[str, _Tree]"
"""A value in YAML: the text of a scalar, a list or a mapping."""

_NOWHERE = Span("")


def keyed_lines(line: str, catalogue: Catalogue, width: int) -> list[str]:
    """Write an entry in keyed notation, in YAML, as a person would write it.

    Args:
        line: The entry: a call, and the names after `<-`, if any.
        catalogue: The catalogue, which has the names of arguments by position.
        width: The maximum width. An entry that is wider gets a line for each argument.

    Returns:
        The lines, without the dash of the list item.
    """
    text, _, sources = line.partition(" <- ")
    call = ast.parse(text, mode="eval").body
    assert isinstance(call, ast.Call)
    ((name, arguments),) = _ArgumentReader(text, catalogue).call(call).items()
    lines = _lines(name, arguments, width)
    if sources:
        names = sources.split(", ")
        lines.append(f"from: {_flow(names) if len(names) > 1 else sources}")
    return lines


class _ArgumentReader:
    """Read the arguments of an entry as a tree."""

    def __init__(self, text: str, catalogue: Catalogue) -> None:
        self.text = text
        self.catalogue = catalogue

    def call(self, call: ast.Call) -> Mapping[str, _Tree]:
        name = ast.unparse(call.func)
        by_position = zip(self.names(name), call.args, strict=False)
        by_keyword = ((str(item.arg), item.value) for item in call.keywords)
        pairs = (*by_position, *by_keyword)
        return {name: {key: self.value(value) for key, value in pairs}}

    def names(self, name: str) -> Sequence[str]:
        """Return the names of the arguments of a class of Keras, in order."""
        for registry in OBJECT_REGISTRIES:
            target = self.catalogue.find(registry, name)
            if target is not None:
                return [argument.name for argument in target.arguments]
        return ()

    def value(self, value: ast.expr) -> _Tree:
        if isinstance(value, ast.List | ast.Tuple):
            return [self.value(item) for item in value.elts]
        if isinstance(value, ast.Call):
            return self.call(value)
        text = ast.get_source_segment(self.text, value) or ast.unparse(value)
        try:
            constant = ast.literal_eval(value)
        except ValueError:
            return written(Scalar(f"$({text})", _NOWHERE))
        # A number stays as it is written: `1e-6`.
        is_number = isinstance(constant, int | float) and constant not in (True, False)
        return text if is_number else written(Scalar(constant, _NOWHERE))


def _lines(key: str, tree: _Tree, width: int) -> list[str]:
    """Write a pair of a mapping in one line, or its items in lines if it is wider."""
    line = f"{key}: {_flow(tree)}" if tree else f"{key}:"
    if isinstance(tree, str) or len(line) <= width:
        return [line]
    lines = [f"{key}:"]
    if isinstance(tree, Mapping):
        for name, value in tree.items():
            lines += (f"  {line}" for line in _lines(name, value, width - 2))
        return lines
    for item in tree:
        first, *more = _item(item, width - 4)
        lines += [f"  - {first}", *(f"    {line}" for line in more)]
    return lines


def _item(tree: _Tree, width: int) -> list[str]:
    if isinstance(tree, Mapping):
        return [line for pair in tree.items() for line in _lines(*pair, width)]
    return [_flow(tree)]


def _flow(tree: _Tree) -> str:
    if isinstance(tree, str):
        return tree
    if isinstance(tree, Mapping):
        pairs = (f"{key}: {_flow(value)}" for key, value in tree.items())
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(map(_flow, tree))}]"
