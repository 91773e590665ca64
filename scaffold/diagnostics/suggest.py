"""Did-you-mean: the candidates that a mistyped word may have stood for."""

from __future__ import annotations

from collections.abc import Iterable

_MOST = 3
_LONGEST = 64
_CUTOFF = 0.72


def suggest(word: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """Finds the candidates nearest to a word.

    Upper and lower case, underscores and a trailing `layer` make no difference.

    Args:
        word: What was written. Only its first 64 characters count.
        candidates: What could have been meant.

    Returns:
        At most three candidates, the best first; none where nothing is near.
    """
    sought = _bare(word[:_LONGEST])
    bare = {candidate: _bare(candidate) for candidate in candidates}
    if not sought:
        return ()
    same = sorted(name for name, plain in bare.items() if plain == sought)
    if same:
        return tuple(same[:_MOST])
    found = [name for _, _, name in sorted(_longer(sought, bare))]
    if len(found) < _MOST:
        close = sorted(_alike(sought, bare))
        found += [name for _, name in close if name not in found]
    return tuple(found[:_MOST])


def _bare(word: str) -> str:
    plain = "".join(filter(str.isalnum, word.lower()))
    return plain.removesuffix("layer") or plain


def _longer(sought: str, bare: dict[str, str]) -> list[tuple[bool, int, str]]:
    """Finds names that begin with the word, then those that hold it elsewhere."""
    if len(sought) < 3:
        return []
    return [
        (not plain.startswith(sought), len(plain), name)
        for name, plain in bare.items()
        if plain.startswith(sought) or (len(sought) > 3 and sought in plain)
    ]


def _alike(sought: str, bare: dict[str, str]) -> list[tuple[float, str]]:
    """Finds names that share most letters, in order, with the word."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=sought, autojunk=False)
    near = []
    for name, plain in bare.items():
        matcher.set_seq1(plain)
        if matcher.real_quick_ratio() >= _CUTOFF <= matcher.quick_ratio():
            ratio = matcher.ratio()
            if ratio >= _CUTOFF:
                near.append((-ratio, name))
    return near
