"""Which call of a model stands for which call of the reference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scaffold.verify.arrays import is_same
from scaffold.verify.leaves import Key
from scaffold.verify.listener import Call


def pairs(ours: Sequence[Call], theirs: Iterable[Call]) -> list[Call | None]:
    """Gives the model's call for each of the reference's, if there is one.

    Args:
        ours: The calls of the reference; those of operations have none.
        theirs: The calls of the model.
    """
    found = by_layer(theirs)
    matched = {
        key: iter(_matched(calls, found.get(key, [])))
        for key, calls in by_layer(ours).items()
    }
    return [None if one.key is None else next(matched[one.key]) for one in ours]


def by_layer(calls: Iterable[Call]) -> dict[Key, list[Call]]:
    """Gives the calls of each layer, in order."""
    found: dict[Key, list[Call]] = {}
    for call in calls:
        if call.key is not None:
            found.setdefault(call.key, []).append(call)
    return found


def _matched(ours: Sequence[Call], theirs: Sequence[Call]) -> list[Call | None]:
    """Matches the calls of a layer: those on the same tensors first, then in order.

    A graph may run the calls of a shared layer in another order.
    """
    if len(ours) == len(theirs) == 1:
        return [theirs[0]]
    left = list(theirs)
    found: list[Call | None] = []
    for call in ours:
        same = (one for one in left if is_same(call.given, one.given))
        found.append(next(same, None))
        left = [one for one in left if one is not found[-1]]
    rest = iter(left)
    return [one if one is not None else next(rest, None) for one in found]
