"""Did-you-mean: the candidates that a mistyped word may have stood for."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MOST = 3
_LONGEST = 64
_CUTOFF = 0.72
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def suggest(word: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """Find the candidates nearest to a word.

    Upper and lower case, underscores and a trailing `layer` make no difference. Of
    candidates that differ in nothing else, the one written like the word is taken.

    Args:
        word: What was written. Only its first 64 characters count.
        candidates: What could have been meant.

    Returns:
        At most three candidates, the best first; none where nothing is near.
    """
    word = word[:_LONGEST]
    sought = _bare(word)
    if not sought:
        return ()
    bare: dict[str, str] = {}
    for candidate in sorted(candidates, key=lambda name: (_unlike(word, name), name)):
        bare.setdefault(_bare(candidate), candidate)
    if sought in bare:
        return (bare[sought],)
    letters = sorted(sought)
    # The same letters in another order: `mes` for `mse`.
    size = len(sought)
    matches = [
        candidate
        for candidate in bare
        if len(candidate) == size and sorted(candidate) == letters
    ]
    matches += [plain for plain in _holding(word, sought, bare) if plain not in matches]
    if len(matches) < _MOST:
        matches += [plain for plain in _alike(sought, bare) if plain not in matches]
    return tuple(bare[plain] for plain in matches[:_MOST])


def did_you_mean(names: Iterable[str], mark: str = "`", *, what: str = "") -> str:
    """Return the help that asks whether one of some names was meant.

    Args:
        names: The names that `suggest` has found, or some of them.
        mark: What stands before and behind each name.
        what: What they are names of, with a space behind it.

    Returns:
        The help, `""` where there are no names.
    """
    listed = " or ".join(f"{mark}{name}{mark}" for name in names)
    return f"did you mean {what}{listed}?" if listed else ""


def _bare(word: str) -> str:
    plain = "".join(filter(str.isalnum, word.lower()))
    return plain.removesuffix("layer") or plain


def _unlike(word: str, name: str) -> bool:
    return name.islower() != word.islower()


def _holding(word: str, sought: str, bare: Iterable[str]) -> list[str]:
    """Find names that begin with the word, hold it, or hold all of its parts."""
    if len(sought) < 2:
        return []
    parts = [part.lower() for part in _PARTS.findall(word)]
    ranked = []
    for plain in bare:
        if plain.startswith(sought):
            ranked.append((0, len(plain), plain))
        elif len(sought) > 3 and sought in plain:
            ranked.append((1, len(plain), plain))
        elif len(parts) > 1 and all(len(part) > 1 and part in plain for part in parts):
            ranked.append((2, len(plain), plain))
    return [plain for _, _, plain in sorted(ranked)]


def _alike(sought: str, bare: Iterable[str]) -> list[str]:
    """Find names that share most letters, in order, with the word."""
    from difflib import SequenceMatcher  # slow to import, and seldom needed

    matcher = SequenceMatcher(b=sought, autojunk=False)
    near = []
    for plain in bare:
        matcher.set_seq1(plain)
        if matcher.real_quick_ratio() >= _CUTOFF <= matcher.quick_ratio():
            ratio = matcher.ratio()
            if ratio >= _CUTOFF:
                near.append((-ratio, plain))
    return [plain for _, plain in sorted(near)]
