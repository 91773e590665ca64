"""Recognize files that are not specs: Python code, and models saved by Keras."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Sequence

from scaffold.catalogue import Catalogue
from scaffold.catalogue.facts import examples
from scaffold.catalogue.foreign_arguments import AXES, FIRST
from scaffold.catalogue.foreign_names import MODELS
from scaffold.diagnostics import Diagnostic, Span
from scaffold.foreign_code.code_sections import defaults_of, flattened, pieces_of
from scaffold.foreign_code.configs import is_config, layers_of, shape_of
from scaffold.foreign_code.parsing import statements
from scaffold.foreign_code.prompts import prompted, without_prompts
from scaffold.foreign_code.script import Script, listed
from scaffold.foreign_code.shapes import sizes
from scaffold.foreign_code.variables import definition, path_of
from scaffold.spec.document import Node, Scalar, Table
from scaffold.spec.keys import SPEC_KEYS

_LONGEST = 200_000
_NO_INPUTS = ("training", "mask")
"""Arguments of `call` that are not inputs."""


def recognize_file(
    text: str, path: str, root: Node | None, catalogue: Catalogue
) -> Diagnostic | None:
    """Recognize a file that is not a spec.

    Args:
        text: The text of the file.
        path: The name of the file.
        root: The tree of the file, `None` if it cannot be parsed.
        catalogue: The catalogue of Keras.

    Returns:
        The only finding about the file; `None` if it may be a spec.
    """
    top = Span(path, 1, 1, 1, 1)
    keys = {key.value for key, _ in root.pairs} if isinstance(root, Table) else set()
    if isinstance(root, Table) and is_config(root):
        message = "this is a model as `model.to_json()` writes it, not a spec"
        help_ = _help(shape_of(root), layers_of(root, catalogue))
        return Diagnostic("KS114", message, top, help_)
    if keys & {*SPEC_KEYS}:
        return None
    text = textwrap.dedent(without_prompts(text)) if prompted(text) else text
    body = statements(text) if len(text) <= _LONGEST else []
    if not body:
        return None
    if all(
        isinstance(statement, ast.Assign) and _is_key(statement) for statement in body
    ):
        if path.lower().endswith(".toml"):
            return None
        message = "this is TOML, but the file's name does not end in `.toml`"
        help_ = "name the file `model.toml`, or write `inputs: [4]` for `inputs = [4]`"
        return Diagnostic("KS114", message, top, help_)
    if any(map(_is_key, body)) or not any(map(_is_code, body)):
        return None
    message = "this is Python code, but a spec is YAML, JSON or TOML"
    return Diagnostic("KS114", message, top, _of_code(text, body, path, catalogue))


def _help(shape: list[int | None] | None, lines: list[str]) -> str:
    """Return the help that shows the spec for a saved model."""
    return _spec(_shape_text([28, 28, 1] if shape is None else shape), lines)


def _spec(inputs: str, lines: Sequence[str]) -> str:
    shown = listed(lines or [examples.LAYER])
    return f"write `inputs: {inputs}`, and under `layers:` one layer per line: {shown}"


def _shape_text(sizes: Sequence[int | None]) -> str:
    return f"[{', '.join('null' if size is None else str(size) for size in sizes)}]"


def _is_code(statement: ast.stmt) -> bool:
    """Return whether a statement cannot be part of a spec."""
    if isinstance(statement, ast.Expr | ast.Assign):
        return isinstance(statement.value, ast.Call)
    return hasattr(statement, "body") or isinstance(
        statement, ast.Import | ast.ImportFrom
    )


def _is_key(statement: ast.stmt) -> bool:
    """Return whether a statement assigns a key of a spec, as in TOML."""
    match statement:
        case ast.Assign(targets=[target]) | ast.AnnAssign(target=target):
            name = target.id if isinstance(target, ast.Name) else ""
            return name in SPEC_KEYS and not isinstance(statement.value, ast.Call)
    return False


def _of_code(text: str, body: list[ast.stmt], path: str, catalogue: Catalogue) -> str:
    """Return the help that shows the spec for Python code."""
    place = Span(path, 1, 1, 1, 1)
    names = _inputs_of(body)
    inputs = Table(
        tuple((Scalar(name, place), Scalar(None, place)) for name in names), place
    )
    params = defaults_of(body, place)
    sections = ((Scalar("inputs", place), inputs), (Scalar("params", place), params))
    root = Table(tuple(pair for pair in sections if pair[1].pairs), place)
    script = Script(root, (), text, catalogue)
    items, pieces = script.translated(pieces_of(body, text, place), script.keys)
    lines = [str(item.value) for item in items.items if isinstance(item, Scalar)]
    script.declare(params, lines)
    shapes = [_shape_text(shape or [28, 28, 1]) for shape in names.values()]
    shape = next(iter(shapes), "")
    if len(names) > 1:
        pairs = zip(names, shapes, strict=True)
        shape = f"{{{', '.join(f'{name}: {size}' for name, size in pairs)}}}"
    elif not names:
        shape = _shape_text(_first_shape(body) or [28, 28, 1])
    return _spec(shape, lines) + script.remaining_help(items, pieces)


def _inputs_of(body: Sequence[ast.stmt]) -> dict[str, list[int | None] | None]:
    """Return the inputs and their shapes, if the code has several."""
    names: dict[str, list[int | None] | None] = {}
    for statement in flattened(body):
        assignment = definition(statement)
        if assignment is not None and isinstance(assignment[1], ast.Call):
            if path_of(assignment[1].func)[-1:] == ("Input",):
                names[assignment[0]] = sizes(ast.unparse(assignment[1]))
    if not names:
        for node in (node for statement in body for node in ast.walk(statement)):
            if isinstance(node, ast.FunctionDef) and node.name in ("call", "forward"):
                arguments = [argument.arg for argument in node.args.args[1:]]
                names = {
                    argument: None
                    for argument in arguments
                    if argument not in _NO_INPUTS
                }
    return names if len(names) > 1 else {}


def _first_shape(body: Sequence[ast.stmt]) -> list[int | None] | None:
    """Return the shape of the first `Input`, or in the first layer."""
    for statement in flattened(body):
        for call in ast.walk(statement):
            if not isinstance(call, ast.Call):
                continue
            if (shape := _shape(call)) is not None:
                return shape
            path = path_of(call.func)
            if path[:1] == ("nn",) and path[-1] not in MODELS:
                return _torch_shape(call)
    return None


def _torch_shape(call: ast.Call) -> list[int | None] | None:
    """Return the input shape of the first PyTorch layer, `None` if unknown."""
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    name = path_of(call.func)[-1]
    first = FIRST.get(f"torch.{name}", FIRST.get(name, ("",)))[0]
    size = keywords.get(first, call.args[0] if len(call.args) > 1 else None)
    axes = AXES.get(name)
    if axes is None or not (isinstance(size, ast.Constant) and type(size.value) is int):
        return None
    return [*[28] * axes, size.value]


def _shape(call: ast.Call) -> list[int | None] | None:
    """Return the shape in the arguments of a call, `None` if there is none."""
    for keyword in call.keywords:
        if keyword.arg in ("input_shape", "batch_input_shape", "input_dim"):
            text = ast.unparse(keyword).replace("dim", "shape", 1)
            return sizes(f"Input({text})")
    return sizes(ast.unparse(call))
