"""A generated file, split into pieces by what the code is for."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from scaffold.comparison.types import CodeLine, Piece, Purpose
from scaffold.ir.types import Origin
from scaffold.output.digest import PLACEHOLDER
from scaffold.render import render_with_origins
from scaffold.styles.types import Chain, Class, Function, Module, Subclass

_METHODS: dict[str, Purpose] = {
    "build": "building",
    "call": "calls",
    "export": "exporting",
    "from_config": "saving",
    "get_config": "saving",
}
"""The purposes of the methods of a model's class."""

_Definition = ast.ClassDef | ast.FunctionDef


def split(module: Module, width: int) -> Iterator[Piece]:
    """Split a module into pieces.

    `compile_model`, `main` and docstrings, which are the same in every style, are
    left out.

    Args:
        module: The module.
        width: The columns of a line of code.
    """
    shown = module._replace(compiling=None, training=None)
    text, origins = render_with_origins(shown, width)
    tree = ast.parse(text)
    lines = _Lines(text, dict(origins), _docstring_lines(tree, text.splitlines()))
    blocks: Sequence[Chain | Function | Class] = module.body.blocks
    names = {block.name: str(at) for at, block in enumerate(blocks)}
    for node, first in _with_first_lines(tree.body, 1):
        last = _last(node)
        if isinstance(node, ast.Import | ast.ImportFrom):
            part = ast.unparse(node)
            yield Piece(module.style, "imports", part, lines.between(first, last))
        elif isinstance(node, _Definition):
            if _is_model(node, module):
                yield from _model(node, first, module, lines)
                continue
            purpose, part = _purpose(node, module, names)
            yield Piece(module.style, purpose, part, lines.between(first, last))


class _Lines:
    """The lines of a file, some of which are hidden."""

    def __init__(
        self, text: str, origins: dict[int, Origin], hidden: frozenset[int]
    ) -> None:
        self._texts = text.splitlines()
        self._origins = origins
        self._hidden = hidden

    def between(self, first: int, last: int) -> tuple[CodeLine, ...]:
        """Return the lines of a range, without blank lines at its ends."""
        shown = [
            CodeLine(self._texts[number - 1], self._origins.get(number))
            for number in range(first, last + 1)
            if number not in self._hidden and self._texts[number - 1] != PLACEHOLDER
        ]
        while shown and not shown[0].text:
            del shown[0]
        while shown and not shown[-1].text:
            del shown[-1]
        return tuple(shown)


def _docstring_lines(tree: ast.Module, texts: Sequence[str]) -> frozenset[int]:
    """Find the lines of docstrings, with the blank line after each."""
    hidden: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | _Definition) and ast.get_docstring(node):
            first, last = node.body[0].lineno, _last(node.body[0])
            hidden.update(range(first, last + 1))
            if last < len(texts) and not texts[last]:
                hidden.add(last + 1)
    return frozenset(hidden)


def _with_first_lines(
    statements: Sequence[ast.stmt], first: int
) -> Iterator[tuple[ast.stmt, int]]:
    """Return statements with their first lines, which include comments above them."""
    for node in statements:
        yield node, first
        first = _last(node) + 1


def _last(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


def _is_model(node: _Definition, module: Module) -> bool:
    return isinstance(module.body, Subclass) and node.name == module.body.model.name


def _purpose(
    node: _Definition, module: Module, blocks: dict[str, str]
) -> tuple[Purpose, str]:
    if node.name in blocks:
        return "blocks", blocks[node.name]
    if node.name == "build_model":
        return ("instance" if isinstance(module.body, Subclass) else "layers"), ""
    return "helpers", node.name


def _model(
    node: _Definition, first: int, module: Module, lines: _Lines
) -> Iterator[Piece]:
    """Split the class of a model; its head belongs to the first method."""
    for method, start in _with_first_lines(node.body, first):
        if not isinstance(method, ast.FunctionDef):
            continue
        is_first = method.name == "__init__"
        purpose: Purpose = "layers" if is_first else _METHODS.get(method.name, "others")
        if method.name in module.hooks.names:
            purpose = "overriding"
        # Several methods can have this purpose: each is a separate part.
        part = method.name if purpose in ("saving", "overriding", "others") else ""
        begin = first if is_first else start
        yield Piece(module.style, purpose, part, lines.between(begin, _last(method)))
