"""Import statements, in the order that isort and ruff keep."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from scaffold.styles.types import Import


def imports(found: Sequence[Import]) -> str:
    """Writes imports: the standard library's first, then all others."""
    standard = [one for one in found if _is_standard(one)]
    others = [one for one in found if not _is_standard(one)]
    return "\n\n".join(_section(section) for section in (standard, others) if section)


def _is_standard(one: Import) -> bool:
    return one.module.split(".")[0] in sys.stdlib_module_names


def _section(found: Sequence[Import]) -> str:
    """Writes one section: `import` before `from`, each sorted by module."""
    plain = sorted({one for one in found if not one.name})
    lines = [
        f"import {one.module} as {one.alias}" if one.alias else f"import {one.module}"
        for one in plain
    ]
    by_module: dict[str, list[Import]] = {}
    for one in sorted({one for one in found if one.name}):
        by_module.setdefault(one.module, []).append(one)
    for module in sorted(by_module):
        lines += _from(module, by_module[module])
    return "\n".join(lines)


def _from(module: str, found: Sequence[Import]) -> list[str]:
    """Writes what comes from one module; an `as` has a statement of its own."""
    names = sorted((one.name for one in found if not one.alias), key=_rank)
    members = {one.name: f"{one.name} as {one.alias}" for one in found if one.alias}
    if names:
        members[names[0]] = ", ".join(names)
    return [f"from {module} import {members[key]}" for key in sorted(members, key=_rank)]


def _rank(name: str) -> tuple[int, str]:
    """Sorts constants before classes before the rest, as isort does."""
    if name.isupper() and len(name) > 1:
        return 0, name
    return (1, name) if name[:1].isupper() else (2, name)
