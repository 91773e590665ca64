"""Suggest the names that a mistyped name probably means."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MOST = 3
_LONGEST = 64
_CUTOFF = 0.72
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def suggest(word: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """Return the candidates that are most similar to a name.

    Case, underscores and a trailing `layer` are ignored. Of candidates that differ only
    in these, the one in the same case as the name is returned.

    Args:
        word: The mistyped name. Only its first 64 characters count.
        candidates: The known names.

    Returns:
        At most three candidates, the best first; `()` if none is similar.
    """
    word = word[:_LONGEST]
    sought = _normalized(word)
    if not sought:
        return ()
    bare: dict[str, str] = {}
    for candidate in sorted(
        candidates, key=lambda name: (_differs_in_case(word, name), name)
    ):
        bare.setdefault(_normalized(candidate), candidate)
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
    matches += [
        plain for plain in _containing(word, sought, bare) if plain not in matches
    ]
    if len(matches) < _MOST:
        matches += [plain for plain in _similar(sought, bare) if plain not in matches]
    return tuple(bare[plain] for plain in matches[:_MOST])


def did_you_mean(names: Iterable[str], mark: str = "`", *, what: str = "") -> str:
    """Return the help "did you mean ...?" for some names.

    Args:
        names: The names that `suggest` returns, or some of them.
        mark: The quote around each name.
        what: A description before the names, with a space at its end.

    Returns:
        The help, `""` without names.
    """
    listed = " or ".join(f"{mark}{name}{mark}" for name in names)
    return f"did you mean {what}{listed}?" if listed else ""


def meant_name(help_: str) -> str:
    """Return the name in a help of `did_you_mean`.

    Returns:
        The only name, in backquotes; `""` for several names, and for any other help.
    """
    match = re.search(r"did you mean `([^`]+)`\?", help_)
    return match[1] if match else ""


def _normalized(word: str) -> str:
    plain = "".join(filter(str.isalnum, word.lower()))
    return plain.removesuffix("layer") or plain


def _differs_in_case(word: str, name: str) -> bool:
    return name.islower() != word.islower()


def _containing(word: str, sought: str, bare: Iterable[str]) -> list[str]:
    """Return the names that start with a word, contain it, or contain all its parts."""
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


def _similar(sought: str, bare: Iterable[str]) -> list[str]:
    """Return the names that share most letters with a word, in order."""
    from difflib import SequenceMatcher  # slow to import, and rarely needed

    matcher = SequenceMatcher(b=sought, autojunk=False)
    near = []
    for plain in bare:
        matcher.set_seq1(plain)
        if matcher.real_quick_ratio() >= _CUTOFF <= matcher.quick_ratio():
            ratio = matcher.ratio()
            if ratio >= _CUTOFF:
                near.append((-ratio, plain))
    return [plain for _, plain in sorted(near)]
