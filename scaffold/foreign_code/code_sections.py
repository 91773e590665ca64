"""Find sections of a spec that are Python statements, not a list or a mapping."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scaffold.diagnostics import Span
from scaffold.foreign_code.characters import plain
from scaffold.foreign_code.parsing import statements
from scaffold.foreign_code.unrolling import unrolled
from scaffold.foreign_code.variables import path_of
from scaffold.spec.document import Node, Scalar, Table
from scaffold.spec.keys import SPEC_KEYS

_KEY = re.compile(
    r"(?P<indent> *)(?P<key>layers|compile|train)\s*:(?:\s+(?P<inline>.*))?"
)
_ANY_KEY = re.compile(rf"(?:{'|'.join(map(re.escape, SPEC_KEYS))})\s*:(?:\s|$)")
_TEXT_BLOCK = re.compile(r"[|>][-+0-9]*\s*(#.*)?")
_NO_CODE = re.compile(
    r"\s*(?:[-\[{\"'*&?!%@`+]|[0-9]+[.)]|[\u2010-\u2015\u2022\u00b7])"
)
_MOST_STATEMENTS = 400
_MODELS = frozenset(("Input", "Model", "Sequential"))
_DEFINITIONS = (ast.FunctionDef, ast.ClassDef)
_LONGEST = 100_000


class CodeSection(NamedTuple):
    """A section that is code.

    Attributes:
        section: Its key.
        key_line: The line of the key.
        span: The span of the code.
        pieces: Its statements, without compound statements.
        is_program: Whether it contains definitions or imports.
        params: The arguments of its functions that have defaults.
    """

    section: str
    key_line: int
    span: Span
    pieces: tuple[Scalar, ...]
    is_program: bool
    params: Table


def code_of(text: str, path: str) -> list[CodeSection]:
    """Return the sections that are code.

    Args:
        text: A spec in YAML, which may be invalid.
        path: Its name in findings.
    """
    if len(text) > _LONGEST:
        return []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    pieces = []
    for at, line in enumerate(lines):
        key = _KEY.fullmatch(line)
        if key is None:
            continue
        indent, inline = len(key["indent"]), (key["inline"] or "").strip()
        if _TEXT_BLOCK.fullmatch(inline) or inline.startswith("#"):
            inline = ""
        below = [*_below(lines[at + 1 :], indent)]
        first = at + 1
        body = textwrap.dedent("\n".join(below))
        shift = _shift(below)
        if inline:
            if any(map(str.strip, below)):
                continue
            first, body, shift = at, inline, line.index(inline)
        code = _code(key["key"], at + 1, first, shift, body, path)
        if code is not None:
            pieces.append(code)
    return pieces


def of_string(section: str, key_line: int, node: Node) -> CodeSection | None:
    """Return the code in a string, as in JSON; `None` if it is not code."""
    text = node.value if isinstance(node, Scalar) else None
    if section != "layers" or not isinstance(text, str) or len(text) > _LONGEST:
        return None
    trees = statements(plain(text).strip())
    if "\n" not in text.strip() or not all(map(_may_be_code, trees)) or not trees:
        return None
    pieces = pieces_of(trees, plain(text).strip(), node.span)
    pieces = [piece._replace(span=node.span) for piece in pieces]
    return CodeSection(
        section,
        key_line,
        node.span,
        (*pieces,),
        is_program(trees),
        defaults_of(trees, node.span),
    )


def without(text: str, code: Sequence[CodeSection]) -> str:
    """Return a text with each code section replaced by an empty string."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for piece in code:
        for at in range(piece.span.line - 1, piece.span.end_line):
            lines[at] = ""
        line = text.splitlines()[piece.key_line - 1]
        lines[piece.key_line - 1] = f"{line[: line.index(':')]}: ''"
    return "\n".join(lines)


def flattened(
    body: Sequence[ast.stmt], parts: frozenset[str] | None = None
) -> Iterator[ast.stmt]:
    """Return all simple statements in order; loops of one statement stay as they are.

    Args:
        body: The statements.
        parts: Functions and classes that the model calls; their bodies are left out.
    """
    if parts is None:
        parts = parts_of(body)
    for statement in body:
        if getattr(statement, "name", "") in parts:
            continue
        inner = getattr(statement, "body", None)
        if isinstance(statement, ast.For) and len(statement.body) > 1:
            yield from unrolled(statement) or [statement]
        elif isinstance(inner, list) and not isinstance(statement, ast.For):
            yield from flattened(inner, parts)
        else:
            yield statement


def parts_of(body: Sequence[ast.stmt]) -> frozenset[str]:
    """Return the functions and classes that other statements call on tensors."""
    module = ast.Module([*body], [])
    names = set()
    for node in ast.walk(module):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        inner = [*ast.walk(node)]
        is_model = not _MODELS.isdisjoint(
            name for child in inner for name in (_callee(child), *_bases(child))
        )
        inner_ids = {id(child) for child in inner}
        is_called = any(
            _callee(other) == node.name and id(other) not in inner_ids
            for other in ast.walk(module)
        )
        if is_called and not is_model:
            names.add(node.name)
    return frozenset(names)


def _callee(node: ast.AST) -> str:
    return (path_of(node.func) or ("",))[-1] if isinstance(node, ast.Call) else ""


def _bases(node: ast.AST) -> list[str]:
    bases = node.bases if isinstance(node, ast.ClassDef) else []
    return [(path_of(base) or ("",))[-1] for base in bases]


def pieces_of(body: Sequence[ast.stmt], text: str, place: Span) -> list[Scalar]:
    """Return the statements of code as nodes.

    Args:
        body: The statements.
        text: Their source.
        place: Where the source starts; lines and columns count from there.
    """
    pieces: list[Scalar] = []
    defined = {node.name for node in body if isinstance(node, _DEFINITIONS)}
    defined -= parts_of(body)
    for statement in flattened(body):
        value = getattr(statement, "value", None)
        if _is_left_out(statement) or (value and _callee(value) in defined):
            continue
        segment = ast.get_source_segment(text, statement)
        if hasattr(statement, "iteration"):
            segment = ast.unparse(statement)
        if segment is None or len(pieces) == _MOST_STATEMENTS:
            continue
        last = statement.end_lineno or statement.lineno
        span = Span(
            place.path,
            place.line + statement.lineno - 1,
            place.column + statement.col_offset,
            place.line + last - 1,
            place.column + (statement.end_col_offset or 0),
        )
        pieces.append(Scalar(textwrap.dedent(segment), span))
    return pieces


def is_program(body: Sequence[ast.stmt]) -> bool:
    """Return whether statements define or import something."""
    kinds = (ast.ClassDef, ast.FunctionDef, ast.Import, ast.ImportFrom)
    return any(isinstance(statement, kinds) for statement in body)


def _below(lines: Sequence[str], indent: int) -> Iterator[str]:
    """Return the lines that belong to a key."""
    for line in lines:
        depth = len(line) - len(line.lstrip())
        if line.strip() and depth <= indent:
            if indent or _ANY_KEY.match(line) or line.startswith("-"):
                return
        yield line


def _shift(lines: Sequence[str]) -> int:
    """Return the common indentation of lines."""
    depths = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    return min(depths, default=0)


def _code(
    section: str, key_line: int, first: int, shift: int, body: str, path: str
) -> CodeSection | None:
    """Return the section of a text, `None` if the text is not code."""
    bare = [line for line in body.split("\n") if line.strip()]
    bare = [line for line in bare if not line.lstrip().startswith("#")]
    source = plain(body)
    trees = statements(source) if bare and not _NO_CODE.match(bare[0]) else []
    if not trees or not all(map(_may_be_code, trees)):
        return None
    if section != "layers" and (len(trees) != 1 or not isinstance(trees[0], _RUNS)):
        return None
    end = body.rstrip().count("\n")
    last = body.split("\n")[end]
    start = trees[0].lineno - 1
    span = Span(path, first + start + 1, shift + 1, first + end + 1, 0)
    span = span._replace(end_column=shift + len(last.rstrip()) + 1)
    place = Span(path, first + 1, shift + 1, first + 1, shift + 1)
    pieces = pieces_of(trees, source, place)
    params = defaults_of(trees, span)
    return CodeSection(section, key_line, span, (*pieces,), is_program(trees), params)


_RUNS = (ast.Expr, ast.Assign)


def _may_be_code(tree: ast.stmt) -> bool:
    """Return whether a statement is certainly Python, not also a YAML value."""
    if isinstance(tree, ast.Expr):
        is_layer = isinstance(tree.value, ast.Name) and tree.value.id[:1].isupper()
        return is_layer or isinstance(tree.value, ast.Call | ast.BinOp | ast.Attribute)
    return not isinstance(tree, ast.AnnAssign)


def defaults_of(body: Sequence[ast.stmt], span: Span) -> Table:
    """Return the function arguments with constant defaults, as `params`."""
    pairs: dict[str, Scalar] = {}
    for node in (node for statement in body for node in ast.walk(statement)):
        if not isinstance(node, ast.FunctionDef):
            continue
        listed = [*node.args.posonlyargs, *node.args.args]
        last = listed[len(listed) - len(node.args.defaults) :]
        values = [*zip(last, node.args.defaults, strict=True)]
        for argument, value in zip(
            node.args.kwonlyargs, node.args.kw_defaults, strict=True
        ):
            values += [(argument, value)] if value is not None else []
        for argument, value in values:
            constant = value.value if isinstance(value, ast.Constant) else None
            if isinstance(constant, str | int | float):
                pairs.setdefault(argument.arg, Scalar(constant, span))
    return Table(
        tuple((Scalar(name, span), value) for name, value in pairs.items()), span
    )


def _is_left_out(statement: ast.stmt) -> bool:
    """Return whether a statement is irrelevant to the model, such as an import."""
    if isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass):
        return True
    value = getattr(statement, "value", None)
    if isinstance(statement, ast.Expr) and isinstance(value, ast.Constant):
        return True
    return isinstance(value, ast.Call) and ast.unparse(value).startswith("super(")


def lines_of(span: Span, text: str) -> list[Scalar]:
    """Return the statements of an entry that spans several lines.

    Args:
        span: The span of the entry.
        text: The file's text.
    """
    lines = text.replace("\r\n", "\n").split("\n")[span.line - 1 : span.end_line]
    lines[:1] = [line[span.column - 1 :] for line in lines[:1]]
    first = span.line
    if lines and _TEXT_BLOCK.fullmatch(lines[0].strip()):
        lines, first = lines[1:], first + 1
    source = "\n".join(line.strip() for line in lines).rstrip()
    trees = statements(source) if "\n" in source else []
    if len(trees) < 2 or not all(map(_may_be_code, trees)):
        return []
    pieces = []
    for tree in trees:
        line = first + tree.lineno - 1
        full_line = text.replace("\r\n", "\n").split("\n")[line - 1]
        segment = ast.get_source_segment(source, tree) or ""
        column = full_line.find(segment.split("\n")[0]) + 1
        end = first + (tree.end_lineno or tree.lineno) - 1
        place = span._replace(line=line, column=max(column, 1), end_line=end)
        place = place._replace(end_column=place.column + len(segment))
        pieces.append(Scalar(segment, place))
    return pieces
