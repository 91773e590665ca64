"""Conversion of nodes to text: `{shape: [8], batch_size: 32}`, `Dense(3)`."""

from __future__ import annotations

import json
import re

from scaffold.spec.document import Items, Node, Scalar, Table, plain
from scaffold.spec.values import is_call

_BARE = re.compile(r"[A-Za-z_$][\w.$-]*(\([\w.=-]*\))?")
_KEYWORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off"))


def written(node: Node) -> str:
    """Write a node in YAML's flow notation."""
    if isinstance(node, Items):
        return f"[{', '.join(map(written, node.items))}]"
    if isinstance(node, Table):
        pairs = (f"{_scalar(key)}: {written(value)}" for key, value in node.pairs)
        return f"{{{', '.join(pairs)}}}"
    return _scalar(node)


def entry(table: Table) -> str:
    """Write an entry in keyed notation, in the syntax of its file."""
    suffix = table.span.path.lower().rpartition(".")[2]
    if suffix == "json":
        return json.dumps(plain(table), ensure_ascii=False)
    if suffix == "toml":
        return ", ".join(f"{key.value} = {_toml(value)}" for key, value in table.pairs)
    (key, value), *more = table.pairs
    if isinstance(value, Scalar) and value.value is None and not more:
        return str(key.value)
    text = written(table)
    return text if more else text[1:-1]


def line(key: Scalar, arguments: list[tuple[str, Node]]) -> str:
    """Write a call in line notation: `Dense(3, activation="relu")`."""
    listed = (
        f"{name}={_python(argument)}" if name else _python(argument)
        for name, argument in arguments
    )
    return f"{key.value}({', '.join(listed)})"


def _toml(node: Node) -> str:
    if isinstance(node, Items):
        return f"[{', '.join(map(_toml, node.items))}]"
    if isinstance(node, Table):
        pairs = (f"{key.value} = {_toml(value)}" for key, value in node.pairs)
        return f"{{{', '.join(pairs)}}}"
    return '"$None"' if node.value is None else json.dumps(node.value)


def _python(node: Node) -> str:
    if isinstance(node, Items):
        return f"[{', '.join(map(_python, node.items))}]"
    if isinstance(node, Table) and is_call(node):
        key, value = node.pairs[0]
        if isinstance(value, Table) and not is_call(value):
            return line(key, [(str(name.value), item) for name, item in value.pairs])
        if isinstance(value, Scalar) and value.value is None:
            return line(key, [])
        return line(key, [("", value)])
    if isinstance(node, Table):
        pairs = (f"{json.dumps(k.value)}: {_python(v)}" for k, v in node.pairs)
        return f"{{{', '.join(pairs)}}}"
    text = node.value
    if isinstance(text, str) and text.startswith("$") and not text.startswith("$$"):
        return text[1:]
    if isinstance(text, str):
        return json.dumps(text, ensure_ascii=False)
    return node.numeral or repr(text)


def _scalar(node: Scalar) -> str:
    value = node.value
    if isinstance(value, str):
        is_bare = _BARE.fullmatch(value) and value.lower() not in _KEYWORDS
        return value if is_bare else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)
