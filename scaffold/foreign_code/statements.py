"""Translate lines of Python to statements of a model."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence

from scaffold.catalogue import Catalogue
from scaffold.catalogue.facts import examples
from scaffold.catalogue.foreign_names import INPUTS, MODELS, STATEMENTS
from scaffold.foreign_code.characters import plain
from scaffold.foreign_code.loops import Loops
from scaffold.foreign_code.parsing import statements
from scaffold.foreign_code.steps import (
    PastedCall,
    PastedInput,
    Statement,
    Untranslatable,
)
from scaffold.foreign_code.variables import CodeVariable, path_of
from scaffold.spec.syntax import explain

_LEADS = (
    (re.compile(r"(from\s+[\w.]+\s+)?import\s"), "import"),
    (re.compile(r"(if|elif|while|with|try|except)\b.*:\s*$|else\s*:\s*$"), "condition"),
    (re.compile(r"(async\s+)?for\b.*\bin\b.*:\s*$"), "loop"),
    (re.compile(r"(async\s+)?(def|class)\b.*:\s*$"), "definition"),
    (
        re.compile(rf"([\w, ]+=\s*)?([\w.]+\.)?({'|'.join(MODELS)})\s*\(\s*\[?\s*$"),
        "model",
    ),
    (re.compile(r"[\])},;\s]+$"), "model"),
)
"""How statements start that are not expressions."""

_METHODS = {
    "compile": "compile",
    "fit": "fit",
    "fit_generator": "fit",
    "evaluate": "call",
    "predict": "call",
    "build": "call",
    "summary": "call",
    "save": "call",
    "load_weights": "call",
}
_REASON = "this is a Python statement, but an entry is one layer"
_RESULT = re.compile(r"(.+\))\s*(--+>?|->|=>|\u2192|\u21d2)\s*([A-Za-z_]\w*)")
_COMMENT = re.compile(r"(.+[)\]])\s+//\s.*")
_MOST_EDITS = 6
_CHAIN = re.compile(r"\s*(?:->|=>|\u2192|\u21d2|>>|\|>?)\s*")
_STEP = re.compile(r"(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:\([^<>]*\))?")
"""A layer in a chain with arrows in between."""
_BRACKETS = re.compile(r"^((?:\w+\s*=\s*)?[A-Z]\w*)\[(.*)\]$")
UNPACKED = "an entry has one name: its outputs are `name[0]`, `name[1]`..."
SEVERAL = "an entry is one layer, but this line has several"
_NAME = re.compile(r"\s*([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s*=(?!=)")


class Statements(Loops):
    """Translates lines of Python."""

    def __init__(self, catalogue: Catalogue, params: Iterable[str]) -> None:
        """Store the catalogue and the names of params."""
        super().__init__(catalogue)
        self.params = frozenset(params)
        self.inputs: frozenset[str] = frozenset()

    def read(self, text: str) -> Statement | None:
        """Translate a line; return `None` if it is not code of a model.

        Args:
            text: The line, without an arrow.
        """
        line = plain(text).strip()
        self.reasons, self.codes, self.block = [], {}, ""
        if arrow := _RESULT.fullmatch(line):
            self.note(f"`{arrow[2]}` is not valid here")
            line = f"{arrow[3]} = {arrow[1]}"
        elif comment := _COMMENT.fullmatch(line):
            self.note("`//` does not start a comment: `#` does")
            line = comment[1]
        elif line != text.strip():
            self.note("this has a non-ASCII character in place of a similar ASCII one")
        pieces = _CHAIN.split(line)
        if len(pieces) > 1 and all(map(_STEP.fullmatch, pieces)):
            line = ", ".join(pieces)
        for pattern, kind in _LEADS:
            if pattern.match(line):
                return Statement((), (), _REASON, STATEMENTS[kind])
        is_return = re.match(r"return\b", line) is not None
        bare = re.sub(r"^return\b\s*", "", line).rstrip(";, \t")
        if bare != line and not is_return:
            self.note("an entry does not end in a comma or semicolon")
        tree = _parse(bare)
        if tree is None and not is_return:
            bare, tree = self.repaired(bare)
        value = getattr(tree, "value", None)
        if is_return and not isinstance(value, ast.Call | ast.BinOp):
            outputs = self.outputs_of(value)
            return Statement((), (), _REASON, STATEMENTS["return"], outputs=outputs)
        if tree is None:
            return None
        self.source = bare
        try:
            return self.translate(tree)
        except Untranslatable as error:
            if is_return and not error.args:
                return _placeholder(line, [_REASON], STATEMENTS["returned"])
            if error.args:
                return _placeholder(line, self.reasons, str(error))
            return None

    def repaired(self, text: str) -> tuple[str, ast.stmt | None]:
        """Fix small faults of a call: a bracket, a comma, a quote."""
        message = ""
        for _ in range(_MOST_EDITS):
            bare = _BRACKETS.sub(r"\1(\2)", text)
            head = re.match(r"[A-Za-z_]\w*\s*=(?!=)\s*", bare)
            at = head.end() if head else 0
            fault = explain(bare[at:])
            if fault is None:
                break
            message = message or fault.message
            if fault.edit is None:
                return text, None
            start, end, new = fault.edit
            text = f"{bare[: at + start]}{new}{bare[at + end :]}"
        tree = _parse(text)
        value = getattr(tree, "value", None)
        if not message or not isinstance(value, ast.Call):
            return text, None
        self.note(message)
        return text, tree

    def translate(self, tree: ast.stmt) -> Statement:
        """Return the translation of a statement.

        Raises:
            Untranslatable: No entry can express it.
        """
        targets: tuple[str, ...] = ()
        match tree:
            case ast.Expr(value=value):
                pass
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                targets = (name,)
            case ast.Assign(
                targets=[ast.Attribute(value=ast.Name(id="self"), attr=name)],
                value=value,
            ):
                self.note("the name of an entry has no `self.` prefix")
                targets = (name,)
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=value):
                targets = tuple(map(_name_of, names))
            case ast.For():
                return self.of_loop(tree)
            case ast.AugAssign(target=ast.Name(id=name) as left, op=op, value=right):
                value = ast.BinOp(ast.Name(left.id), op, right)
                ast.copy_location(value, tree)
                ast.copy_location(value.left, left)
                targets = (name,)
            case _:
                raise Untranslatable
        if statement := self.without_steps(value, targets):
            return statement
        steps = tuple(map(self.step, self.several(value)))
        if len(targets) > 1 and len(steps) == 1:
            self.note(UNPACKED, "KS208")
        if len(steps) > 1:
            self.reasons.insert(0, SEVERAL)
            targets = targets if isinstance(value, ast.Tuple) else ()
        reason = self.reasons[0] if self.reasons else ""
        code = self.codes.get(reason, "")
        return Statement(steps, targets, reason, code=code, block=self.block)

    def of_loop(self, tree: ast.For) -> Statement:
        """Return the statement for a loop: a repeat, or advice on how to write it."""
        try:
            step, target = self.loop(tree)
        except Untranslatable as error:
            target = next(iter(named(ast.unparse(tree.body[-1]))), "")
            advice = str(error) or STATEMENTS["loop"]
            placeholder = (PastedCall(examples.NOTHING),)
            return Statement(placeholder, (target,) * bool(target), _REASON, advice)
        targets = (target,) if target else ()
        return Statement((step,), targets, self.reasons[0], code="KS111")

    def without_steps(
        self, value: ast.expr, targets: tuple[str, ...]
    ) -> Statement | None:
        """Return the translation of a statement that a spec does not need."""
        if isinstance(value, ast.Name) and value.id[:1].islower() and targets:
            reason = "an entry is a layer, not a second name for a tensor"
            advice = f"remove it, and use the name of `{value.id}`"
            return Statement((), targets, reason, advice, value.id)
        if targets and self.is_list(value):
            tensors = self.listed(value)
            reason = "an entry is a layer, not a list of tensors"
            advice = f"remove it, and write its tensors in place of `{targets[0]}`"
            if any(isinstance(tensor.value, PastedCall) for tensor in tensors):
                reason, advice = SEVERAL, ""
            return Statement((), targets, reason, advice, listed=tensors)
        left_out = self.left_out(value)
        if not left_out:
            return None
        if section := self.section(value):
            return Statement((), (), _REASON, left_out, section=section)
        if outputs := self.returned(value):
            return Statement((), (), _REASON, left_out, outputs=outputs)
        is_input = "`inputs: " in left_out
        reason = (
            "the model's inputs are declared under `inputs`" if is_input else _REASON
        )
        if is_input and targets and targets[0] in self.inputs:
            left_out = f"remove it: `inputs` already declares `{targets[0]}`"
        return Statement((), targets if is_input else (), reason, left_out)

    def several(self, value: ast.expr) -> list[ast.expr]:
        """Return the layers of a `Sequential`, or of a line with several."""
        match value:
            case ast.Tuple(elts=items) | ast.List(elts=items) if items:
                return items
            case ast.Call(args=[ast.List(elts=items)]) if _end(value) == "Sequential":
                self.note("`Sequential` is not needed: entries are already in sequence")
                return [item for item in items if not self.left_out(item)]
            case ast.Call(args=items) if _end(value) == "Sequential" and all(
                isinstance(item, ast.Call) for item in items
            ):
                self.note("`Sequential` is not needed: entries are already in sequence")
                return items
        return [value]

    def left_out(self, value: ast.expr) -> str:
        """Return the help for a call that is not a layer, `""` if it is one."""
        if not isinstance(value, ast.Call):
            return ""
        path = path_of(value.func)
        if not path:
            return ""
        if path[-1] in INPUTS[:2]:
            return f"remove it, and write {_inputs(value)}"
        if path[-1] in MODELS and not self._has_layers(value):
            return STATEMENTS["model"]
        if len(path) > 1 and path[-1] in _METHODS:
            return STATEMENTS[_METHODS[path[-1]]]
        return STATEMENTS["call"] if path == ("print",) else ""

    def section(self, value: ast.expr) -> tuple[str, CodeVariable] | None:
        """Return the section for a call of `compile` or `fit`."""
        path = path_of(value.func) if isinstance(value, ast.Call) else ()
        name = _METHODS.get(path[-1], "") if len(path) > 1 else ""
        if name not in ("compile", "fit"):
            return None
        return {"fit": "train"}.get(name, name), CodeVariable(
            (), "", value, self.source
        )

    def has_only_tensors(self, value: ast.expr) -> bool:
        """Return whether a list has only names of tensors, or outputs of entries."""
        items = getattr(value, "elts", [])
        return not any(isinstance(item, ast.Call | ast.BinOp) for item in items)

    def _has_layers(self, value: ast.Call) -> bool:
        first = value.args[0] if value.args else None
        if isinstance(first, ast.List):
            return not self.is_list(first)
        return isinstance(first, ast.Call) and _end(value) == "Sequential"

    def returned(self, value: ast.expr) -> tuple[tuple[str, PastedInput], ...]:
        """Return the outputs of a `Model`, with their keys if it has keys."""
        if not isinstance(value, ast.Call) or _end(value) != "Model":
            return ()
        outputs: ast.expr | None = value.args[1] if len(value.args) > 1 else None
        for keyword in value.keywords:
            if keyword.arg in ("outputs", "output"):
                outputs = keyword.value
        return self.outputs_of(outputs)

    def outputs_of(
        self, outputs: ast.expr | None
    ) -> tuple[tuple[str, PastedInput], ...]:
        """Return the returned tensors; empty if they are unknown."""
        if isinstance(outputs, ast.Dict):
            keys = [str(getattr(key, "value", "")) for key in outputs.keys]
            items = outputs.values
        else:
            items = getattr(outputs, "elts", [] if outputs is None else [outputs])
            keys = [""] * len(items)
        known = (self.is_known(item, may_be_any=False) for item in items)
        if not all(known) or not self.has_only_tensors(ast.List([*items])):
            return ()
        return tuple(zip(keys, map(self.passed, items), strict=True))


def _placeholder(text: str, reasons: Sequence[str], advice: str) -> Statement:
    """Return a placeholder for a layer whose help is advice, not a line to write."""
    reason = reasons[0] if reasons else ""
    return Statement((PastedCall(examples.NOTHING),), named(text)[:1], reason, advice)


def named(text: str) -> tuple[str, ...]:
    """Return the variables to which a line assigns."""
    match = _NAME.match(text)
    return tuple(name.strip() for name in match[1].split(",")) if match else ()


def _name_of(tree: ast.expr) -> str:
    if isinstance(tree, ast.Name):
        return tree.id
    if isinstance(tree, ast.Starred):
        return _name_of(tree.value)
    raise Untranslatable


def _end(value: ast.Call) -> str:
    path = path_of(value.func)
    return path[-1] if path else ""


def _inputs(value: ast.Call) -> str:
    """Return the section `inputs` for `keras.Input(shape=(3,))`."""
    shape: list[ast.expr] = []
    for keyword in value.keywords:
        if keyword.arg in ("shape", "input_shape", "batch_shape", "batch_input_shape"):
            if isinstance(keyword.value, ast.Tuple | ast.List):
                shape = keyword.value.elts
                if keyword.arg.startswith("batch"):
                    shape = shape[1:]
            else:
                shape = [keyword.value]
    if not shape and value.args and isinstance(value.args[0], ast.Tuple | ast.List):
        shape = value.args[0].elts
    if not shape:
        return "`inputs: [28, 28, 1]`"
    listed = ", ".join(
        "null" if _is_none(size) else ast.unparse(size) for size in shape
    )
    return f"`inputs: [{listed}]`"


def _is_none(tree: ast.expr) -> bool:
    return isinstance(tree, ast.Constant) and tree.value is None


def _parse(text: str) -> ast.stmt | None:
    """Parse one statement; return `None` if the text is none, or several."""
    body = statements(text)
    return body[0] if len(body) == 1 else None
