"""The names that a spec's tree declares and uses."""

from __future__ import annotations

from scaffold.pasted.statements import named
from scaffold.spec.document import Items, Node, Scalar, Table


def names_of(node: Node | None) -> tuple[str, ...]:
    """Return the names that a section declares."""
    if isinstance(node, Table):
        return tuple(str(key.value) for key, _ in node.pairs)
    if isinstance(node, Items):
        found: list[str] = []
        for item in node.items:
            if isinstance(item, Scalar) and isinstance(item.value, str):
                found.append(item.value)
            found += names_of(item) if isinstance(item, Table) else ()
        return tuple(found)
    return ()


def values_of(node: Node | None) -> tuple[str, ...]:
    """Return the names that `outputs` names."""
    if isinstance(node, Scalar):
        return (str(node.value),)
    if isinstance(node, Items):
        return tuple(one for item in node.items for one in values_of(item))
    if isinstance(node, Table):
        return tuple(one for _, value in node.pairs for one in values_of(value))
    return ()


def name_of(item: Node) -> str:
    """Return the name of an entry that stays as it is."""
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
