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
    diagnostics: Sequence[Diagnostic], spec: Spec, unread: frozenset[str]
) -> tuple[Diagnostic, ...]:
    """Leave out what follows from something else that was found.

    Of `unread` sections, no name is known.
    """
    codes = {diagnostic.code for diagnostic in diagnostics}
    dropped = {
        code for name in {*spec.unread, *unread} for code in _FROM_SECTION.get(name, ())
    }
    if codes & {*_OF_GRAPH}:
        dropped.add("KS305")
    bad = {
        _first_name(diagnostic.message)
        for diagnostic in diagnostics
        if diagnostic.code == "KS208"
    }
    bad |= _in_quotes(diagnostics, spec)
    undeclared = {
        _named(diagnostic.message)
        for diagnostic in diagnostics
        if diagnostic.code == "KS209"
    }
    kept = []
    seen: set[tuple[str, str]] = set()
    own = _own_names(spec)
    blocks = {block.name for block in spec.blocks}
    for diagnostic in diagnostics:
        meant = _MEANT.search(diagnostic.help)
        name = meant[1] if meant else ""
        if diagnostic.code in dropped or (name and name in bad):
            continue
        if diagnostic.code == "KS210" and _first_name(diagnostic.message) in bad:
            continue
        if diagnostic.code == "KS202" and _is_of(diagnostic, blocks):
            if "KS209" in dropped or _named(diagnostic.message) in undeclared:
                continue  # it is told where the block uses it
        if diagnostic.code == "KS304" and "KS207" in codes and not meant:
            continue  # one of the two that share a name was meant to have this one
        if name in own:
            # What one declaration is wrong about, its uses are not each to be told.
            key = _named(diagnostic.message), name
            if key in seen:
                continue
            seen.add(key)
        kept.append(diagnostic)
    return tuple(kept)


def _in_quotes(diagnostics: Sequence[Diagnostic], spec: Spec) -> set[str]:
    """Find the params that stand as strings: they are used, if not as params."""
    params = {param.name for param in spec.params}
    names = {
        name
        for diagnostic in diagnostics
        for name in _IN_QUOTES.findall(diagnostic.help)
    }
    return params & names


def _first_name(message: str) -> str:
    match = _NAMED.search(message)
    return match[1] if match else ""


def _is_of(diagnostic: Diagnostic, names: set[str]) -> bool:
    return _first_name(diagnostic.message) in names


def _named(message: str) -> str:
    """Return the name that a message ends with."""
    names = _NAMED.findall(message)
    return names[-1] if names else ""


def _own_names(spec: Spec) -> set[str]:
    """Return the names that a spec declares by itself."""
    names = {block.name for block in spec.blocks} | {
        imported.name for imported in spec.imports
    }
    names |= {param.name for param in spec.params} | {
        model_input.name for model_input in spec.inputs
    }
    for block in spec.blocks:
        names |= {param.name for param in block.params}
        names |= {block_input.name for block_input in block.inputs}
    return names
