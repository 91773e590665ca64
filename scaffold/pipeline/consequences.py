"""Drop findings that only follow from another finding."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scaffold.diagnostics import Diagnostic, meant_name
from scaffold.spec import Spec

_FROM_SECTION = {
    "params": ("KS209", "KS206", "KS210"),
    "imports": ("KS201",),
    "blocks": ("KS201",),
    "inputs": ("KS304",),
    "layers": ("KS304",),
    "compile": ("KS214",),
}
"""For each section, the codes of findings that follow if it cannot be read."""

_OF_GRAPH = ("KS303", "KS304")
"""Codes of unresolved references, after which unused entries are not known."""

_IN_QUOTES = re.compile(r"for (?:the|a) param write `\$?(\w+)`")
_NAMED = re.compile(r"`([^`]+)`")


def without_consequences(
    diagnostics: Sequence[Diagnostic], spec: Spec, unread: frozenset[str]
) -> tuple[Diagnostic, ...]:
    """Return the findings without those that follow from another one.

    Args:
        diagnostics: The findings.
        spec: The spec.
        unread: Sections whose names are unknown, besides those of the spec.
    """
    codes = {diagnostic.code for diagnostic in diagnostics}
    dropped = {
        code for name in {*spec.unread, *unread} for code in _FROM_SECTION.get(name, ())
    }
    if codes & {*_OF_GRAPH}:
        dropped.add("KS305")
    bad_names = {
        _first_name(diagnostic.message)
        for diagnostic in diagnostics
        if diagnostic.code == "KS208"
    }
    bad_names |= _in_quotes(diagnostics, spec)
    undeclared = {
        _last_name(diagnostic.message)
        for diagnostic in diagnostics
        if diagnostic.code == "KS209"
    }
    causes = []
    seen: set[tuple[str, str]] = set()
    declared = _declared_names(spec)
    blocks = {block.name for block in spec.blocks}
    for diagnostic in diagnostics:
        name = meant_name(diagnostic.help)
        if diagnostic.code in dropped or (name and name in bad_names):
            continue
        if diagnostic.code == "KS210" and _first_name(diagnostic.message) in bad_names:
            continue
        if diagnostic.code == "KS202" and _first_name(diagnostic.message) in blocks:
            if "KS209" in dropped or _last_name(diagnostic.message) in undeclared:
                continue  # it is reported where the block uses the name
        if diagnostic.code == "KS304" and "KS207" in codes and not name:
            continue  # one of two entries with the same name should have this name
        if name in declared:
            # Report a misspelled declaration once, not for each of its uses.
            key = _last_name(diagnostic.message), name
            if key in seen:
                continue
            seen.add(key)
        causes.append(diagnostic)
    return tuple(causes)


def _in_quotes(diagnostics: Sequence[Diagnostic], spec: Spec) -> set[str]:
    """Return the params whose names appear in strings, so they count as used."""
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


def _last_name(message: str) -> str:
    names = _NAMED.findall(message)
    return names[-1] if names else ""


def _declared_names(spec: Spec) -> set[str]:
    """Return the names of the blocks, imports, params and inputs of a spec."""
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
