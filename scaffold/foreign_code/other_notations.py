"""Translate entries in other notations: `Dense(8) x 3`, `3 * Dense(8)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterable
from itertools import islice

from scaffold.foreign_code.parsing import expression
from scaffold.foreign_code.prompts import REASON
from scaffold.foreign_code.variables import path_of

_NAME = r"(?P<name>[A-Za-z_]\w*\s*=(?!=)\s*)?"
_CALL = r"[A-Z]\w*(?:\(.*\))?"
_SHORT = r"[A-Z]\w*(?:\(.*?\))?"
_COUNT = r"(?:\d+|[a-z_]\w*)"
_COMPARED = re.compile(r"([a-z_]\w*)\s*(?:==|is)\s*(True|False)")
_MOST = 32
"""The most values of a loop in a help."""
_FUNCTIONS: dict[str, Callable[..., Iterable[object]]] = {
    "range": range,
    "enumerate": enumerate,
    "zip": zip,
    "reversed": reversed,
}
_PLACEHOLDER = re.compile(
    r"(?P<quote>[\"']?)(?:\$?\{\{(?P<double>[^{}:,\"']*)\}\}"
    r"|\$?\{(?P<single>[^{}:,\"']*)\})(?P=quote)"
)
_NAMES = re.compile(r"[A-Za-z_]\w*")

Names = Collection[str]
Rewritten = tuple[str, str] | None
"""A line, and the message about the original one."""


def reworded(text: str, tensors: Names, params: Names) -> tuple[str, str]:
    """Translate an entry in another notation to an entry of a spec.

    Args:
        text: The entry.
        tensors: Names of the inputs and of the previous entries.
        params: Names of the params.

    Returns:
        The entry, and the message about it, `""` if it is correct.
    """
    line = text.strip()
    for pattern, write in _NOTATIONS:
        match = pattern.fullmatch(line)
        new = match and write(match, tensors, params)
        if new:
            return new
    return text, ""


def _name(match: re.Match[str]) -> str:
    return match["name"] or ""


def _repeat(match: re.Match[str], tensors: Names, params: Names) -> Rewritten:
    """Translate `Dense(8) x 3`, `3 * Dense(8)` or `[Dense(8)] * 3`."""
    count = match["count"]
    if not count.isdecimal() and count not in params:
        return None
    line = f"{_name(match)}{match['call']} * {count}"
    return line, "a repeat is written as the layer, `*` and the count"


def _when(match: re.Match[str], tensors: Names, params: Names) -> Rewritten:
    """Translate `Dense(8) when deep`."""
    keyword, condition = match["word"], match["condition"]
    if keyword == "unless":
        condition = f"not {condition}"
    line = f"{_name(match)}{match['call']} if {condition}"
    return line, f"`{keyword}` is not valid here: a choice uses `if`"


def _if(match: re.Match[str], tensors: Names, params: Names) -> Rewritten:
    """Translate `if deep: Dense(8)` or `deep ? Dense(8) : Dense(4)`."""
    name, call = _name(match), match["call"]
    other = f" else {match['other']}" if match["other"] else ""
    condition = match["condition"].strip()
    if compared := _COMPARED.fullmatch(condition):
        condition = compared[1] if compared[2] == "True" else f"not {compared[1]}"
    line = f"{name}{call} if {condition}{other}"
    return line, "the condition of a choice follows the layer"


def _equal(match: re.Match[str], tensors: Names, params: Names) -> Rewritten:
    """Translate `Dense(8) if deep = True`."""
    left, right, other = match["left"], match["right"].strip(), match["other"] or ""
    if right in ("True", "False"):
        condition = left if right == "True" else f"not {left}"
    else:
        condition = f"{left} == {right}"
    line = f"{_name(match)}{match['call']} if {condition}{other}"
    return line, "a condition compares with `==`, not `=`"


def _comma(match: re.Match[str], tensors: Names, params: Names) -> Rewritten:
    """Translate `Dense, 128`."""
    tree = expression(f"f({match['arguments']})")
    if not isinstance(tree, ast.Call):
        return None
    if any(map(_is_layer, tree.args)):
        return None
    line = f"{_name(match)}{match['layer']}({match['arguments']}){match['rest'] or ''}"
    return line, "the arguments of a layer are in parentheses"


def _is_layer(tree: ast.expr) -> bool:
    func = tree.func if isinstance(tree, ast.Call) else tree
    name = path_of(func)[-1:]
    return bool(name) and name[0][:1].isupper()


def _from(match: re.Match[str], tensors: Names, params: Names) -> Rewritten:
    """Translate `Dense(4) from inputs`, `Dense(4) < inputs`, `Dense(4) -- inputs`."""
    names = _NAMES.findall(match["tail"])
    if not names or not set(names) <= set(tensors):
        return None
    line = f"{_name(match)}{match['call']} <- {match['tail']}"
    return line, f"`{match['word']}` is not valid here"


def _reuse(match: re.Match[str], tensors: Names, params: Names) -> Rewritten:
    """Translate `Reuse(shared) <- inputs`."""
    if match["layer"] not in tensors:
        return None
    line = f"{_name(match)}reuse({match['layer']}){match['rest'] or ''}"
    return line, f"a layer is called again with `reuse`, not `{match['word']}`"


def _prompt(match: re.Match[str], tensors: Names, params: Names) -> Rewritten:
    """Translate `>>> Dense(8)`."""
    return match["rest"], REASON


def _loop(match: re.Match[str], tensors: Names, params: Names) -> Rewritten:
    """Translate `Dense(8) for _ in range(3)` and `Dense(8 * i) for i in range(3)`."""
    names, call, rest = match["loop"], match["call"], match["rest"] or ""
    tree = expression(match["values"])
    values = None if tree is None else _values(tree)
    columns = _NAMES.findall(names)
    used = [name for name in columns if name in _NAMES.findall(call)]
    count = str(len(values)) if values is not None else _count(tree)
    if (used and values is None) or not (used or count):
        return None
    if values is not None and 0 < len(used) < len(columns):
        # A loop over several values must use all of them.
        names = ", ".join(used)
        values = _of_columns(values, [columns.index(name) for name in used])
        if not values:
            return None
    line = f"{_name(match)}{call}"
    line += f" for {names} in {values}" if used else f" * {count}"
    return line + rest, "`for` must loop over a list of values"


def _values(tree: ast.expr) -> list[object] | None:
    """Return the values of `3`, `range(1, 4)`, `enumerate([8, 4])` or `zip(...)`."""
    match tree:
        case ast.Constant(value=int() as count) if type(count) is int:
            values: list[object] = [*range(min(count, _MOST + 1))]
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            try:
                arguments = [ast.literal_eval(argument) for argument in args]
                values = [*islice(_FUNCTIONS[name](*arguments), _MOST + 1)]
            except (KeyError, TypeError, ValueError):
                return None
        case _:
            return None
    return values if 0 < len(values) <= _MOST else None


def _of_columns(values: list[object], columns: list[int]) -> list[object]:
    """Return the used items of each value; the item itself if only one is used."""
    chosen: list[object] = []
    for value in values:
        if not isinstance(value, tuple) or len(value) <= max(columns):
            return []
        items = tuple(value[at] for at in columns)
        chosen.append(items[0] if len(columns) == 1 else items)
    return chosen


def _count(tree: ast.expr | None) -> str:
    """Return the count of `range(n)`, `""` for anything else."""
    match tree:
        case ast.Constant(value=int() as count) if type(count) is int and count > 0:
            return str(count)
        case ast.Call(func=ast.Name(id="range"), args=[ast.Name(id=name)], keywords=[]):
            return name
        case ast.Call(func=ast.Name(id="range"), args=[count], keywords=[]):
            return _count(count)
    return ""


def _names(match: re.Match[str], tensors: Names, params: Names) -> Rewritten:
    """Translate `Add() <- x y`."""
    names = match["names"].split()
    line = f"{_name(match)}{match['call']} <- {', '.join(names)}"
    return line, f"a comma is missing before `{names[1]}`"


def _template(match: re.Match[str], tensors: Names, params: Names) -> Rewritten:
    """Translate `Dense({{ units }})`, `Dense({units})` and `Dense(${units})`."""

    def bare(part: re.Match[str]) -> str:
        inner = (part["double"] or part["single"] or "").strip()
        is_param = inner in params or not part["quote"]
        return inner if inner and is_param and not inner[0].isdigit() else part[0]

    text = _PLACEHOLDER.sub(bare, match[0])
    reason = "a param is written as its name, without braces"
    return (text, reason) if text != match[0] else None


def _hyphen(match: re.Match[str], tensors: Names, params: Names) -> Rewritten:
    """Translate `res-block()`."""
    layer = "".join(part[:1].upper() + part[1:] for part in match["call"].split("-"))
    line = f"{_name(match)}{layer}{match['rest'] or ''}"
    return line, f"a name cannot contain `-`, and a block's is in CamelCase: `{layer}`"


_NOTATIONS: tuple[tuple[re.Pattern[str], Callable[..., Rewritten]], ...] = tuple(
    (re.compile(f"{_NAME}{pattern}", re.DOTALL), write)
    for pattern, write in (
        (
            rf"(?P<call>(?:[a-z_]\w*\.)*{_CALL})\s+for\s+(?P<loop>[A-Za-z_]\w*(?:\s*,\s*\w+)*)"
            r"\s+in\s+(?P<values>\d+|[a-z]+\(.*\))(?P<rest>\s*<-.*)?",
            _loop,
        ),
        (
            rf"(?P<call>{_CALL}(?:\s*\*\s*{_COUNT})?)\s*<-"
            r"\s*(?P<names>[A-Za-z_]\w*(?:\s+[A-Za-z_]\w*)+)",
            _names,
        ),
        (r"[A-Z]\w*\s*\(.*\{.*\}.*", _template),
        (
            rf"(?P<call>{_CALL})\s*(?:[xX\u00d7]|\btimes\b)\s*(?P<count>{_COUNT})",
            _repeat,
        ),
        (rf"(?P<count>\d+)\s*(?:[*xX\u00d7]|\btimes\b)\s*(?P<call>{_CALL})", _repeat),
        (rf"(?P<count>{_COUNT})\s*\*\s*(?P<call>{_CALL})", _repeat),
        (rf"\[\s*(?P<call>{_CALL})\s*\]\s*\*\s*(?P<count>{_COUNT})", _repeat),
        (rf"(?P<count>{_COUNT})\s*\*\s*\[\s*(?P<call>{_CALL})\s*\]", _repeat),
        (
            rf"(?P<call>{_CALL})\s+(?P<word>when|where|unless)\s+(?P<condition>.+)",
            _when,
        ),
        (
            rf"if\s+(?P<condition>[^:]+):\s*(?P<call>{_SHORT})"
            rf"(?:[;,]?\s+else\s*:?\s*(?P<other>{_SHORT}))?:?",
            _if,
        ),
        (
            rf"(?P<condition>[a-z_][^?]*?)\s*\?\s*(?P<call>{_SHORT})"
            rf"\s*:\s*(?P<other>{_SHORT}):?",
            _if,
        ),
        (
            rf"(?P<call>{_CALL})\s+if\s+(?P<left>[a-z_]\w*)\s*=(?!=)"
            r"(?P<right>[^=<>:]+?)(?P<other>\s+else\s+.+)?",
            _equal,
        ),
        (r"(?P<layer>[A-Z]\w*)\s*,\s*(?P<arguments>[^<]+?)(?P<rest>\s*<-.*)?", _comma),
        (rf"(?P<call>{_CALL})\s*(?P<word><|--+|@)\s*(?P<tail>[A-Za-z_].*)", _from),
        (rf"(?P<call>{_CALL})\s+(?P<word>from|on|of)\s+(?P<tail>[A-Za-z_].*)", _from),
        (
            r"(?P<word>Reuse|Shared?|SharedLayer)"
            r"\(\s*(?P<layer>\w+)\s*\)(?P<rest>\s*<-.*)?",
            _reuse,
        ),
        (r"(?:>>>|\.\.\.)\s*(?P<rest>[A-Za-z_].*)", _prompt),
        (r"(?P<call>[A-Za-z]\w*(?:-[A-Za-z]\w*)+)(?P<rest>\(.*\).*)?", _hyphen),
    )
)
