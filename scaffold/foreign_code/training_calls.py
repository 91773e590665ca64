"""Translate `model.compile` and `model.fit` to the sections of a spec."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import NamedTuple

from scaffold.catalogue.foreign_arguments import OF_RUNS
from scaffold.diagnostics import Span
from scaffold.foreign_code.nodes import node_of
from scaffold.foreign_code.parsing import expression, statements
from scaffold.foreign_code.statements import Statements
from scaffold.foreign_code.steps import Untranslatable
from scaffold.foreign_code.variables import (
    CodeVariable,
    array_items,
    key_of,
    path_of,
)
from scaffold.spec.document import Items, Node, Scalar, Table
from scaffold.spec.node_text import written

CALLS = {"compile": "compile", "fit": "train"}
"""Methods of a model, and the section for each."""
_FIRST = {
    "compile": ("optimizer", "loss", "metrics"),
    "train": ("x", "y", "batch_size", "epochs"),
}
_DATA = ("x", "y", "validation_data", "sample_weight", "generator")
_FILE = "data.npz"
_MOST_NODES = 80
"""Nodes of the syntax tree of inline data: longer data belongs in a file."""
_UNSEPARATED = re.compile(r"(?<=[\w\"')\]])\s+(?=[A-Za-z_]\w*\s*=(?!=))")


class TrainingCall(NamedTuple):
    """A call, translated to a section.

    Attributes:
        table: The section.
        note: What the help adds after the section, `""` for nothing.
    """

    table: Table
    note: str


def call_of(text: str) -> CodeVariable | None:
    """Return the call in the text of a section: `history = model.fit(x, y)`.

    Arguments without a call, `optimizer="adam", loss="mse"`, are read as its arguments.
    """
    source = text.strip()
    body = statements(source)
    value = getattr(body[0], "value", None) if len(body) == 1 else None
    if isinstance(value, ast.Call) and path_of(value.func)[-1:]:
        is_run = path_of(value.func)[-1] in CALLS
        return CodeVariable((), "", value, source) if is_run else None
    inner = source[1:-1] if source.startswith("(") else source
    source = f"f({_UNSEPARATED.sub(', ', inner.strip().rstrip(','))})"
    tree = expression(source)
    is_named = isinstance(tree, ast.Call) and bool(tree.keywords) and not tree.args
    return CodeVariable((), "", tree, source) if tree is not None and is_named else None


def run_of(
    name: str, variable: CodeVariable, span: Span, writer: Statements
) -> TrainingCall | None:
    """Return the section for a call.

    Args:
        name: The section.
        variable: The call, and its source.
        span: The span of the call.
        writer: Translates its arguments.
    """
    call = variable.tree
    assert isinstance(call, ast.Call)
    first = _FIRST[name]
    named = [*zip(first, call.args, strict=False)]
    named += [(keyword.arg or "", keyword.value) for keyword in call.keywords]
    pairs: list[tuple[Scalar, Node]] = []
    left_out: list[str] = []
    unknown: list[str] = []
    for key, value in named:
        key = OF_RUNS.get(key, key) if name == "train" else key
        is_array = name == "train" and key in _DATA
        data = _listed_data(value, writer) if is_array and key in ("x", "y") else None
        try:
            text = ast.unparse(data) if data else writer.text_of(variable, value)
            node = node_of(text, span, writer.params)
        except Untranslatable:
            left_out.append(key)
            continue
        is_inline = data is not None and isinstance(node, Items)
        if isinstance(value, ast.Name) and not is_array and _is_variable(value, writer):
            unknown.append(f"`{key}` with the value of `{value.id}`")
        elif (is_array and not is_inline) or _is_variable(value, writer):
            left_out.append(key)
        else:
            pairs.append((Scalar(key, span), node))
    note = ""
    if name == "train" and not {"x", "y"} <= {key.value for key, _ in pairs}:
        pairs = [pair for pair in pairs if pair[0].value not in ("x", "y")]
        pairs.insert(0, (Scalar("data", span), Scalar(_FILE, span)))
        note = f", where `{_FILE}` holds the arrays `x` and `y`"
    note += _left_out_note(unknown, left_out)
    return TrainingCall(Table(tuple(pairs), span), note) if pairs else None


def _left_out_note(unknown: Sequence[str], left_out: Sequence[str]) -> str:
    """Return the note on the arguments of a call that a section lacks."""
    note = f", and {', '.join(unknown)}" if unknown else ""
    listed = ", ".join(f"`{key}`" for key in left_out if key not in ("", "x", "y"))
    return f"{note} (a spec cannot contain {listed})" if listed else note


def shown(name: str, run: TrainingCall) -> str:
    """Return the help that shows a section."""
    return f"write `{name}: {written(run.table)}`{run.note}"


def joined(node: Items) -> Table | None:
    """Return the section for a list of its keys, `- optimizer: adam`."""
    pairs = [pair for item in node.items if isinstance(item, Table) for pair in item[0]]
    is_list = all(isinstance(item, Table) for item in node.items)
    keys = {key.value for key, _ in pairs}
    if not pairs or not is_list or len(keys) < len(pairs):
        return None
    return Table(tuple(pairs), node.span)


def _listed_data(value: ast.expr, writer: Statements) -> ast.expr | None:
    """Return the list of an argument such as `np.array([1, 2]).reshape(-1, 1)`.

    Returns:
        The list; `None` if the numbers are not all in the code, or too many.
    """
    items = array_items(value)
    seen: set[str] = set()  # `x = np.array(x)` refers to itself
    while (key := key_of(items)) in writer.variables and key not in seen:
        seen.add(key)
        items = array_items(writer.variables[key].tree)
    nodes = [*ast.walk(items)]
    is_short = len(nodes) <= _MOST_NODES
    is_literal = not any(isinstance(node, ast.Name | ast.Call) for node in nodes)
    return items if is_short and is_literal else None


def _is_variable(value: ast.expr, writer: Statements) -> bool:
    """Return whether an argument is a variable whose value is unknown."""
    if not isinstance(value, ast.Name):
        return False
    return value.id not in writer.params and value.id not in writer.variables
