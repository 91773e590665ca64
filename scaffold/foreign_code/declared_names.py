"""Find the names that the tree of a spec declares and uses."""

from __future__ import annotations

from scaffold.foreign_code.statements import named
from scaffold.spec.document import Items, Node, Scalar, Table


def names_of(node: Node | None) -> tuple[str, ...]:
    """Return the names that a section declares."""
    if isinstance(node, Table):
        return tuple(str(key.value) for key, _ in node.pairs)
    if isinstance(node, Items):
        names: list[str] = []
        for item in node.items:
            if isinstance(item, Scalar) and isinstance(item.value, str):
                names.append(item.value)
            names += names_of(item) if isinstance(item, Table) else ()
        return tuple(names)
    return ()


def values_of(node: Node | None) -> tuple[str, ...]:
    """Return the names in `outputs`."""
    if isinstance(node, Scalar):
        return (str(node.value),)
    if isinstance(node, Items):
        return tuple(name for item in node.items for name in values_of(item))
    if isinstance(node, Table):
        return tuple(name for _, value in node.pairs for name in values_of(value))
    return ()


def name_of(item: Node) -> str:
    """Return the name of an entry that is not translated."""
    if isinstance(item, Table):
        return next(
            (
                str(v.value)
                for k, v in item.pairs
                if k.value == "name" and isinstance(v, Scalar)
            ),
            "",
        )
    if isinstance(item, Scalar) and isinstance(item.value, str):
        return next(iter(named(item.value)), "")
    return ""
