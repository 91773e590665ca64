"""Translate other arrows to `<-`, and what an entry is called on after it."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection

from scaffold.foreign_code.parsing import expression
from scaffold.foreign_code.statements import UNPACKED, Statements
from scaffold.foreign_code.steps import Statement, Untranslatable
from scaffold.foreign_code.text import split

_LIKE = re.compile(
    r"(?P<head>.*?[)\w])\s*"
    r"(?P<arrow><--+|<\s+-|<=+|<<-*|<~+|<[\u2010-\u2015]"
    r"|[\u2190\u27f5\u21d0\u21a4]|->|=>|\u2192|\u21d2)"
    r"\s*(?P<tail>[A-Za-z_\[(\"'][^<>]*)",
    re.DOTALL,
)
_CALL = re.compile(
    r"([A-Za-z_]\w*\s*=\s*)?([A-Z]\w*|[a-z]\w*(\.\w+)+)\s*(\(.*\))?", re.S
)
_NAMES = re.compile(r"[A-Za-z_]\w*")


def arrowed(text: str, tensors: Collection[str]) -> tuple[str, str]:
    """Replace another arrow by `<-`.

    Args:
        text: An entry.
        tensors: Names of the inputs and of the previous entries.

    Returns:
        The entry, and the message about its arrow, `""` if it is correct.
    """
    match = _LIKE.fullmatch(text.strip())
    if match is None or _CALL.fullmatch(match["head"]) is None:
        return text, ""
    arrow, tail = match["arrow"], match["tail"]
    if arrow in ("->", "=>", "\u2192", "\u21d2"):
        names = _NAMES.findall(tail)
        if not names or not set(names) <= set(tensors):
            return text, ""
    line = f"{match['head']} <- {tail}"
    if split(line) is None:
        return text, ""
    return line, f"`{' '.join(arrow.split())}` is not valid here"


class Arrows(Statements):
    """Translates entries with an arrow."""

    unpacked: frozenset[str] = frozenset()
    """Variables that each hold one of several outputs: `x, h, c = LSTM(...)`."""

    def arrow_inputs(self, text: str) -> str:
        """Rewrite what follows an arrow, with names for `inputs["b"]` and the like."""
        tree = expression(f"f({text})")
        if not isinstance(tree, ast.Call):
            return text
        count = len(self.reasons)
        named = [self.referred(argument) for argument in tree.args]
        for keyword in tree.keywords:
            named.append(f"{keyword.arg}={self.referred(keyword.value)}")
        return ", ".join(named) if len(self.reasons) > count else text

    def rebuilt(self, parts: dict[str, str]) -> str | None:
        """Rewrite an entry with its layers translated; `None` if that is impossible.

        Args:
            parts: The parts of the entry, by the sign that starts each.
        """
        calls: dict[str, str] = {}
        reasons: list[str] = []
        codes: dict[str, str] = {}
        for sign in ("call", "else"):
            if sign not in parts:
                continue
            if sign == "else" and parts[sign].isidentifier() and parts[sign].islower():
                # `else x` leaves the tensor unchanged.
                continue
            if parts[sign].startswith("reuse("):
                continue
            entry = self.read(parts[sign])
            if entry is None or len(entry.steps) != 1:
                return None
            reasons, codes = reasons + self.reasons, {**codes, **self.codes}
            calls[sign] = entry.steps[0].call
        self.reasons, self.codes = reasons, codes
        if "<-" in parts:
            calls["<-"] = self.arrow_inputs(parts["<-"])
        new = f"{parts['name']} = " if parts.get("name") else ""
        for sign, text in {**parts, **calls}.items():
            if sign == "else" and sign not in calls:
                continue
            if sign == "call":
                new += text
            elif sign != "name":
                new += f" {sign} {text}"
        return new

    def referred(self, tree: ast.expr) -> str:
        """Return the name that `inputs["b"]`, `inputs.b`, `"b"` or `b` refers to."""
        match tree:
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return f"[{', '.join(map(self.referred, items))}]"
            case ast.Subscript(slice=ast.Constant(value=str() as name)):
                pass
            case ast.Constant(value=str() as name) | ast.Attribute(attr=name):
                pass
            case _:
                return ast.unparse(tree)
        if name not in self.tensors:
            return ast.unparse(tree)
        shown = ast.unparse(tree).replace("'", '"')
        self.note(f"`{shown}` is not the name of an input or entry", "KS110")
        return name

    def on_layers(self, parts: dict[str, str]) -> Statement | None:
        """Return the statement for an entry with layers after its arrow.

        Args:
            parts: The parts of the entry, by the sign that starts each.
        """
        source = f"f({parts.get('<-', '')})"
        tree = expression(source)
        if set(parts) - {"name", "call", "<-"} or not isinstance(tree, ast.Call):
            return None
        unpacked = [
            node.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and node.id in self.unpacked
        ]
        is_on_layers = any(isinstance(call.func, ast.Call) for call in _calls(tree))
        targets = (*_NAMES.findall(parts.get("name", "")),)
        if not is_on_layers and not unpacked and len(targets) < 2:
            return None
        entry = self.read(parts["call"])
        if entry is None or len(entry.steps) != 1:
            return None
        self.source = source
        try:
            passed, constants = self.called_on(tree)
        except Untranslatable:
            return None
        step = entry.steps[0]._replace(passed=(*passed,), constants=constants)
        if len(targets) > 1:
            return Statement((step,), targets, UNPACKED, code="KS208")
        if not is_on_layers:
            reason = f"`{unpacked[0]}` is one output of an entry, which has no name"
            return Statement((step,), targets, reason, code="KS304")
        reason = "`<-` takes names, not layers"
        return Statement((step,), targets, reason, code="KS110")


def _calls(tree: ast.Call) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
