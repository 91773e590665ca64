"""Whole files that are no spec: Python code, and models as Keras saves them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scaffold.catalogue import Catalogue
from scaffold.diagnostics import Diagnostic, Span
from scaffold.pasted.configs import is_config, layers_of, shape_of
from scaffold.pasted.entries import Entries
from scaffold.pasted.reading import statements
from scaffold.pasted.shapes import sizes
from scaffold.pasted.statements import Statements
from scaffold.spec.document import Node, Table
from scaffold.spec.reader import SPEC_KEYS

_MOST = 3
_LONGEST = 200_000
_MOST_STATEMENTS = 200


def foreign(
    text: str, path: str, root: Node | None, catalogue: Catalogue
) -> Diagnostic | None:
    """Recognize a file that is no spec.

    Args:
        text: Its text.
        path: Its name.
        root: It as a tree, `None` where it is none.
        catalogue: What Keras offers.

    Returns:
        The one finding about it; `None` where it may be a spec.
    """
    top = Span(path, 1, 1, 1, 1)
    if isinstance(root, Table):
        if not is_config(root):
            return None
        message = "this is a model as `model.to_json()` writes it, and no spec"
        help_ = _help(shape_of(root), layers_of(root, catalogue))
        return Diagnostic("KS114", message, top, help_)
    body = statements(text) if len(text) <= _LONGEST else []
    if not body:
        return None
    if all(isinstance(one, ast.Assign) and _is_key(one) for one in body):
        if path.lower().endswith(".toml"):
            return None
        message = "this is TOML, and the file's name says another notation"
        help_ = "name the file `model.toml`, or write `inputs: [4]` for `inputs = [4]`"
        return Diagnostic("KS114", message, top, help_)
    if any(map(_is_key, body)) or not any(map(_is_code, body)):
        return None
    shape, lines = _of_code(text, body, catalogue)
    message = "this is Python code, and a spec is data: YAML, JSON or TOML"
    return Diagnostic("KS114", message, top, _help(shape, lines))


def _help(shape: list[int | None] | None, lines: list[str]) -> str:
    """Say what the spec of such a file begins with."""
    sizes = [28, 28, 1] if shape is None else shape
    listed = ", ".join("null" if one is None else str(one) for one in sizes)
    entries = ", ".join(f"`- {line}`" for line in lines[:_MOST] or ["Dense(8)"])
    more = ", ..." if len(lines) > _MOST else ""
    return (
        f"write `inputs: [{listed}]`, and below `layers:` one layer a line: "
        f"{entries}{more}"
    )


def _is_code(statement: ast.stmt) -> bool:
    """Tell whether a statement can stand in no spec."""
    if isinstance(statement, ast.Expr | ast.Assign):
        return isinstance(statement.value, ast.Call)
    return hasattr(statement, "body") or isinstance(
        statement, ast.Import | ast.ImportFrom
    )


def _is_key(statement: ast.stmt) -> bool:
    """Tell whether a statement is a key of a spec with its value, as in TOML."""
    match statement:
        case ast.Assign(targets=[target]) | ast.AnnAssign(target=target):
            name = target.id if isinstance(target, ast.Name) else ""
            return name in SPEC_KEYS and not isinstance(statement.value, ast.Call)
    return False


def _of_code(
    text: str, body: list[ast.stmt], catalogue: Catalogue
) -> tuple[list[int | None] | None, list[str]]:
    """Find the input's shape and the layers in Python code."""
    reader = Statements(catalogue, ())
    entries = Entries(("inputs",), ())
    shape = None
    for number, statement in enumerate(_all(body)):
        if number == _MOST_STATEMENTS:
            break
        for call in ast.walk(statement):
            if shape is None and isinstance(call, ast.Call):
                shape = _shape(call)
        found = reader.read(ast.get_source_segment(text, statement) or "")
        if found is not None and (found.steps or found.targets):
            entries.add(number, found)
    return shape, [line for lines in entries.lines().values() for line in lines]


def _shape(call: ast.Call) -> list[int | None] | None:
    """Return the shape of an `Input`, or that a first layer names."""
    for keyword in call.keywords:
        if keyword.arg in ("input_shape", "batch_input_shape", "input_dim"):
            return sizes(
                f"Input({keyword.arg.replace('dim', 'shape')}={_text(keyword)})"
            )
    return sizes(ast.unparse(call))


def _text(keyword: ast.keyword) -> str:
    return ast.unparse(keyword.value)


def _all(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Give all statements that hold no others, in order."""
    for statement in body:
        inner = getattr(statement, "body", None)
        if isinstance(inner, list):
            yield from _all(inner)
        else:
            yield statement
