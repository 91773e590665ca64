"""What one version of Keras offers and another does not, in lines to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from scaffold.catalogue import Argument, Catalogue, KerasCallable, Registry

_MOST_NAMES = 8
"""So many names are listed behind a change that several callables share."""

_LEFT_OUT = ("name", "arguments", "call", "example", "url")
"""Fields that are compared by their items, or say nothing of what a spec may hold."""


def differences(old: Catalogue, new: Catalogue) -> Iterator[str]:
    """Compare two catalogues.

    Args:
        old: The one that a project knows.
        new: The other.

    Yields:
        A line for each callable that is new or gone, and for each change of an argument
        or of a trait, with the callables that share it.
    """
    for registry in get_args(Registry):
        names, others = set(old.names(registry)), set(new.names(registry))
        for sign, only in (("+", others - names), ("-", names - others)):
            for name in sorted(only):
                yield f"{sign} {registry}: {name}"
        changed: dict[str, list[str]] = {}
        for name in sorted(names & others):
            before, after = old.find(registry, name), new.find(registry, name)
            assert before is not None and after is not None
            for change in _changes(before, after):
                changed.setdefault(change, []).append(name)
        for change, sharing in changed.items():
            yield f"~ {registry}: {change}: {_listed(sharing)}"
    for sign, only in (
        ("+", new.reserved - old.reserved),
        ("-", old.reserved - new.reserved),
    ):
        for name in sorted(only):
            yield f"{sign} reserved: {name}"


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_NAMES
    shown = ", ".join(names[:_MOST_NAMES])
    return f"{shown} and {more} more" if more > 0 else shown


def _changes(before: KerasCallable, after: KerasCallable) -> Iterator[str]:
    """Say what differs between two versions of a callable."""
    yield from _of_arguments("argument", before.arguments, after.arguments)
    yield from _of_arguments("call argument", before.call, after.call)
    for field in KerasCallable._fields:
        if field not in _LEFT_OUT:
            yield from _of_field(field, before, after)


def _of_arguments(
    what: str, before: tuple[Argument, ...], after: tuple[Argument, ...]
) -> Iterator[str]:
    old = {argument.name: argument for argument in before}
    new = {argument.name: argument for argument in after}
    for name in new.keys() - old.keys():
        required = " (required)" if new[name].required else ""
        yield f"{what} `{name}` added{required}"
    for name in old.keys() - new.keys():
        yield f"{what} `{name}` removed"
    for name in old:
        if name in new:
            for field in Argument._fields:
                for change in _of_field(field, old[name], new[name]):
                    yield f"{what} `{name}`: {change}"
    kept = [name for name in old if name in new]
    if kept != [name for name in new if name in old]:
        yield f"{what}s in another order"


def _of_field(field: str, before: Any, after: Any) -> Iterator[str]:
    old, new = getattr(before, field), getattr(after, field)
    if old != new:
        yield f"{field} {_shown(old)} -> {_shown(new)}"


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return "/".join(map(str, value)) or "none"
    return repr(value)
