"""Findings that follow from another one, and so are not shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scaffold.diagnostics import Diagnostic
from scaffold.spec import Spec

_FROM_SECTION = {
    "params": ("KS209", "KS206", "KS210"),
    "imports": ("KS201",),
    "blocks": ("KS201",),
    "inputs": ("KS304",),
    "layers": ("KS304",),
    "compile": ("KS214",),
}
"""What is found where names are used that a section declares, if it is unread."""

_OF_GRAPH = ("KS303", "KS304")
"""Codes of references that are not understood: what is unused is not known then."""

_MEANT = re.compile(r"did you mean `([^`]+)`\?")
_IN_QUOTES = re.compile(r"for (?:the|a) param write `\$?(\w+)`")
_NAMED = re.compile(r"`([^`]+)`")


def without_consequences(
    found: Sequence[Diagnostic], spec: Spec, unread: frozenset[str]
) -> tuple[Diagnostic, ...]:
    """Leave out what follows from something else that was found.

    Of `unread` sections, no name is known.
    """
    codes = {one.code for one in found}
    dropped = {
        code for name in {*spec.unread, *unread} for code in _FROM_SECTION.get(name, ())
    }
    if codes & {*_OF_GRAPH}:
        dropped.add("KS305")
    bad = {_first_name(one.message) for one in found if one.code == "KS208"}
    bad |= _in_quotes(found, spec)
    undeclared = {_named(one.message) for one in found if one.code == "KS209"}
    kept = []
    seen: set[tuple[str, str]] = set()
    own = _own_names(spec)
    blocks = {block.name for block in spec.blocks}
    for one in found:
        meant = _MEANT.search(one.help)
        name = meant[1] if meant else ""
        if one.code in dropped or (name and name in bad):
            continue
        if one.code == "KS210" and _first_name(one.message) in bad:
            continue
        if one.code == "KS202" and _is_of(one, blocks):
            if "KS209" in dropped or _named(one.message) in undeclared:
                continue  # it is told where the block uses it
        if one.code == "KS304" and "KS207" in codes and not meant:
            continue  # one of the two that share a name was meant to have this one
        if name in own:
            # What one declaration is wrong about, its uses are not each to be told.
            key = _named(one.message), name
            if key in seen:
                continue
            seen.add(key)
        kept.append(one)
    return tuple(kept)


def _in_quotes(found: Sequence[Diagnostic], spec: Spec) -> set[str]:
    """Find the params that stand as strings: they are used, if not as params."""
    params = {one.name for one in spec.params}
    names = {name for one in found for name in _IN_QUOTES.findall(one.help)}
    return params & names


def _first_name(message: str) -> str:
    match = _NAMED.search(message)
    return match[1] if match else ""


def _is_of(one: Diagnostic, names: set[str]) -> bool:
    return _first_name(one.message) in names


def _named(message: str) -> str:
    """Return the name that a message ends with."""
    names = _NAMED.findall(message)
    return names[-1] if names else ""


def _own_names(spec: Spec) -> set[str]:
    """Return the names that a spec declares by itself."""
    found = {one.name for one in spec.blocks} | {one.name for one in spec.imports}
    found |= {one.name for one in spec.params} | {one.name for one in spec.inputs}
    for block in spec.blocks:
        found |= {one.name for one in block.params}
        found |= {one.name for one in block.inputs}
    return found
