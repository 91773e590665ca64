"""Write import statements in the order of isort and ruff."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scaffold.render.source import identifier
from scaffold.styles.types import ImportStatement

_PIECES = re.compile("(?P<number>[0-9]+)|.")


class _Statement(NamedTuple):
    """An import statement; statements sort in the order of the output."""

    is_from: bool
    module: tuple[object, ...]
    name: tuple[object, ...]
    alias: str
    text: str


def imports(items: Sequence[ImportStatement]) -> str:
    """Write imports: the standard library first, then other packages."""
    standard = {item for item in items if _is_standard(item)}
    sections = (standard, set(items) - standard)
    return "\n\n".join(_section(section) for section in sections if section)


def _is_standard(item: ImportStatement) -> bool:
    return item.module.split(".")[0] in sys.stdlib_module_names


def _section(items: Iterable[ImportStatement]) -> str:
    statements = []
    grouped: dict[str, list[str]] = {}
    for item in items:
        for name in (*item.module.split("."), item.name or "_", item.alias or "_"):
            identifier(name)
        if item.name and not item.alias:
            grouped.setdefault(item.module, []).append(item.name)
            continue
        # An import with `as` is a separate statement.
        alias = f" as {item.alias}" if item.alias else ""
        text = f"import {item.name or item.module}{alias}"
        if item.name:
            text = f"from {item.module} {text}"
        key = _natural(item.module), _member(item.name)
        statements.append(_Statement(bool(item.name), *key, item.alias, text))
    for module, names in grouped.items():
        names.sort(key=_member)
        text = f"from {module} import {', '.join(names)}"
        key = _natural(module), _member(names[0])
        statements.append(_Statement(True, *key, "", text))
    return "\n".join(statement.text for statement in sorted(statements))


def _member(name: str) -> tuple[object, ...]:
    """Return a sort key: constants before classes before other names."""
    if name.isupper() and len(name) > 1:
        return 0, _natural(name)
    return 1 if name[:1].isupper() else 2, _natural(name)


def _natural(name: str) -> tuple[object, ...]:
    """Return a sort key: `layer_9` before `layer_10`, regardless of case."""
    key = []
    for piece in _PIECES.finditer(name.lower()):
        number = (piece["number"] or "").lstrip("0")
        sign = "0" if piece["number"] else piece[0]
        key.append((sign, len(number), number))
    return tuple(key), name
