"""Maps the lines of edited files to the entries of the spec."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

from scaffold.ir.types import Origin

_WORD = re.compile(r"\w+")
_MOST_PAIRS = 1_000_000
"""The largest number of word pairs to compare; more would take too long."""

Origins = tuple[tuple[int, Origin], ...]


def carry_over(origins: Origins, before: str, after: str) -> Origins:
    """Return the origins of the lines of an edited text.

    Unchanged lines keep their origins, and so do lines that replace the same number
    of lines, or lines of a single origin. For other lines, words are compared.

    Args:
        origins: The origins of the lines of the generated text, counted from 1.
        before: The generated text.
        after: The edited text.
    """
    if before == after:
        return origins
    old, new = before.split("\n"), after.split("\n")
    origin_of_line, carried = dict(origins), {}
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        replaced = [
            origin_of_line.get(number + 1) for number in range(old_start, old_end)
        ]
        if len(set(replaced)) == 1:
            replaced = replaced[:1] * (new_end - new_start)
        elif len(replaced) != new_end - new_start:
            replaced = _by_words(
                replaced, old[old_start:old_end], new[new_start:new_end]
            )
        for number, origin in enumerate(replaced, start=new_start + 1):
            if origin is not None:
                carried[number] = origin
    return tuple(carried.items())


def _by_words(
    origins: list[Origin | None], before: list[str], after: list[str]
) -> list[Origin | None]:
    """Return the origin of each edited line, by the words that were kept."""
    old = [
        (word, origin)
        for line, origin in zip(before, origins, strict=True)
        for word in _WORD.findall(line)
    ]
    new = [
        (word, index)
        for index, line in enumerate(after)
        for word in _WORD.findall(line)
    ]
    votes: list[Counter[Origin | None]] = [Counter() for _ in after]
    if len(old) * len(new) <= _MOST_PAIRS:
        matcher = SequenceMatcher(
            None, [word for word, _ in old], [word for word, _ in new], autojunk=False
        )
        for old_start, new_start, size in matcher.get_matching_blocks():
            for step in range(size):
                votes[new[new_start + step][1]][old[old_start + step][1]] += 1
    # At least half of the words of an entry must be kept: a few may be a coincidence.
    words = Counter(origin for _, origin in old)
    kept_counts = sum(votes, Counter())
    return [
        max(
            (
                origin
                for origin in vote
                if origin and 2 * kept_counts[origin] >= words[origin]
            ),
            key=vote.__getitem__,
            default=None,
        )
        for vote in votes
    ]
