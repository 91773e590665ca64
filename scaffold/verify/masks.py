"""Whether masks arrive wherever they arrive in the reference."""

from __future__ import annotations

from itertools import zip_longest

from scaffold.diagnostics import Diagnostic
from scaffold.verify.arrays import is_same_mask
from scaffold.verify.forward import Pass
from scaffold.verify.leaves import Key
from scaffold.verify.listener import Call
from scaffold.verify.subject import Subject, Verdict, judged, skipped


def masks(subject: Subject, done: Pass) -> Verdict:
    """Looks whether masks reach every layer that they reach in the reference."""
    standard = subject.standard
    if standard is None:
        return skipped("there is no spec to compare it with")
    theirs: dict[Key, list[Call]] = {}
    for call in done.calls:
        if call.key is not None:
            theirs.setdefault(call.key, []).append(call)
    found, count = [], 0
    is_lost: list[bool] = []
    for call in standard.calls:
        before = any(is_lost[one] for one in call.sources)
        lost = False
        if call.key is not None:
            other = _taken(call, theirs.get(call.key, []))
            count += any(mask is not None for mask in call.masks)
            lost = other is not None and _loses(call, other)
            if lost and not before:
                name = subject.code.name_of(call.path)
                message = f"the mask that `{name}` should get does not reach it"
                found.append(Diagnostic("KS712", message, subject.of_key(call.key)))
        is_lost.append(before or lost)
    if not count:
        return skipped("nothing makes a mask")
    return judged(found, f"{count}")


def _taken(ours: Call, theirs: list[Call]) -> Call | None:
    """Takes the call that is the same, of a shared layer's calls.

    A graph makes them in an order of its own: the first that loses nothing will do.
    """
    for number, one in enumerate(theirs):
        if not _loses(ours, one):
            return theirs.pop(number)
    return theirs.pop(0) if theirs else None


def _loses(ours: Call, theirs: Call) -> bool:
    """Tells whether a mask of the reference's is missing, or is another."""
    return any(
        mask is not None and not is_same_mask(mask, other)
        for mask, other in zip_longest(ours.masks, theirs.masks)
    )
