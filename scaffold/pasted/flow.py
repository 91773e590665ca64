"""Nodes as the text of one line: `{shape: [8], batch_size: 32}`."""

from __future__ import annotations

import json
import re

from scaffold.spec.document import Items, Node, Scalar, Table

_BARE = re.compile(r"[A-Za-z_$][\w.$-]*(\([\w.=-]*\))?")
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off"))


def written(node: Node) -> str:
    """Write a node in YAML's flow notation."""
    if isinstance(node, Items):
        return f"[{', '.join(map(written, node.items))}]"
    if isinstance(node, Table):
        pairs = (f"{_scalar(key)}: {written(value)}" for key, value in node.pairs)
        return f"{{{', '.join(pairs)}}}"
    return _scalar(node)


def _scalar(node: Scalar) -> str:
    value = node.value
    if isinstance(value, str):
        is_bare = _BARE.fullmatch(value) and value.lower() not in _WORDS
        return value if is_bare else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)
