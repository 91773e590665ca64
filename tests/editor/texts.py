"""The same place of a spec in each notation, with the cursor `<|>` there."""

from __future__ import annotations

from tests.editor.servers import Kind
from tests.tools.snippets import CURSOR

ITEM = 0
"""Stands in a path for the one item of a list."""


def inside(kind: Kind, *path: str | int) -> str:
    """Gives a spec with the cursor in a mapping that is empty, where a key begins.

    Args:
        kind: The notation.
        path: The keys on the way to the mapping, `ITEM` for the item of a list.
    """
    if kind == "yaml":
        return _yaml(path, CURSOR)
    if kind == "json":
        return _json(path, f"{{{CURSOR}}}")
    return _toml(path) + CURSOR


def at_value(kind: Kind, *path: str | int) -> str:
    """Gives a spec with the cursor behind a key, where its value begins."""
    if kind == "yaml":
        return _yaml(path, CURSOR).replace(
            ":\n" + _margin(path) + CURSOR, f": {CURSOR}"
        )
    if kind == "json":
        return _json(path, CURSOR)
    return _toml(path[:-1]) + f"{path[-1]} = {CURSOR}"


def _margin(path: tuple[str | int, ...]) -> str:
    return "  " * len(path)


def _yaml(path: tuple[str | int, ...], end: str) -> str:
    text = ""
    for depth, key in enumerate(path):
        margin = "" if text.endswith("- ") else _margin(path[:depth])
        text += margin + ("- " if key == ITEM else f"{key}:\n")
    return text + ("" if text.endswith("- ") else _margin(path)) + end


def _json(path: tuple[str | int, ...], end: str) -> str:
    text = end
    for key in reversed(path):
        text = f"[{text}]" if key == ITEM else f'{{"{key}": {text}}}'
    return text


def _toml(path: tuple[str | int, ...]) -> str:
    """Gives the headers of tables: one for each item of a list, one for the rest."""
    text, is_open = "", True
    names: list[str] = []
    for key in path:
        if key == ITEM:
            text, is_open = f"{text}[[{'.'.join(names)}]]\n", True
        else:
            names.append(f'"{key}"' if "." in str(key) else str(key))
            is_open = False
    return text if is_open else f"{text}[{'.'.join(names)}]\n"
