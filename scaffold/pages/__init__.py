"""The table of codes: what each finding means, why, and how to mend it.

The page of a rule's code is in the rule's file, those of all others are in
`diagnostics/codes/`. Whoever only reports findings has no use for this package: it is
imported to explain them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType, ModuleType

import scaffold.diagnostics.codes as elsewhere
from scaffold.checks.rules import MODULES
from scaffold.diagnostics import Code
from scaffold.modules import modules_in
from scaffold.pages.page import Page, page_of

GROUPS = {
    "1": "The file",
    "2": "Names, arguments and params",
    "3": "The graph",
    "4": "Shapes",
    "5": "Styles",
    "6": "Output files",
    "7": "Running the code",
}
"""What the codes are about, by their first digit."""


def _codes_of(module: ModuleType) -> list[type[Code]]:
    """Return the codes of which a module has the pages."""
    kinds = [value for value in vars(module).values() if isinstance(value, type)]
    codes = [kind for kind in kinds if issubclass(kind, Code)]
    return [code for code in codes if code.__module__ == module.__name__]


def _pages(modules: Iterable[ModuleType]) -> Iterator[tuple[str, Page]]:
    """Read all pages.

    Raises:
        ValueError: Two modules have a page of one code.
    """
    codes = [code for module in modules for code in _codes_of(module)]
    seen: set[str] = set()
    for code in sorted(codes, key=lambda code: code.__name__):
        if code.__name__ in seen:
            raise ValueError(f"{code.__name__} has two pages")
        seen.add(code.__name__)
        yield code.__name__, page_of(code)


CODES: Mapping[str, Page] = MappingProxyType(
    dict(_pages((*modules_in(elsewhere.__name__), *MODULES)))
)
"""The page of every code, in the order of the codes."""

__all__ = ["CODES", "GROUPS", "Page", "explain", "reference"]


def explain(code: str) -> str:
    """Return the page of a code as plain text.

    Raises:
        KeyError: There is no such code.
    """
    return CODES[code].text()


def reference() -> str:
    """Return all pages as one document in Markdown, `docs/diagnostics.md`."""
    parts = [_HEAD]
    for digit, title in GROUPS.items():
        parts.append(f"| {title} | | |\n|---|---|---|")
        parts += [
            f"| [{page.code}](#{page.code.lower()}) | {page.name} | {page.summary} |"
            for page in CODES.values()
            if page.code[2] == digit
        ]
        parts.append("")
    return "\n".join(parts) + "\n" + "\n".join(map(Page.markdown, CODES.values()))


_HEAD = """\
# Diagnostics

Every finding has a code. `keras-scaffold explain KS201` prints the code's page; here
are all of them. This file is made by `python -m scaffold.pages`.

All findings of a file come in one run. `keras-scaffold check --format` gives them as
`text` with the source line, as `short` lines (`path:line:column: error: message
[code]`), as `json`, or as GitHub's workflow commands (`github`). An error stops the
writing of code; a warning does not.
"""
