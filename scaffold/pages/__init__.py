"""The pages of all codes: what each finding means, why it matters, and how to fix it.

The page of a rule's code is in the rule's file, all other pages are in
`diagnostics/codes/`. This package is imported only to explain codes, not to report
findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType, ModuleType

import scaffold.diagnostics.codes as other_pages
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
"""The subject of the codes, by their first digit."""


def _codes_of(module: ModuleType) -> list[type[Code]]:
    """Return the codes whose pages are in a module."""
    kinds = [value for value in vars(module).values() if isinstance(value, type)]
    codes = [kind for kind in kinds if issubclass(kind, Code)]
    return [code for code in codes if code.__module__ == module.__name__]


def _pages(modules: Iterable[ModuleType]) -> Iterator[tuple[str, Page]]:
    """Read the pages of some modules.

    Raises:
        ValueError: Two modules have a page for the same code.
    """
    codes = [code for module in modules for code in _codes_of(module)]
    seen: set[str] = set()
    for code in sorted(codes, key=lambda code: code.__name__):
        if code.__name__ in seen:
            raise ValueError(f"{code.__name__} has two pages")
        seen.add(code.__name__)
        yield code.__name__, page_of(code)


CODES: Mapping[str, Page] = MappingProxyType(
    dict(_pages((*modules_in(other_pages.__name__), *MODULES)))
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
    """Return all pages as one Markdown document, `docs/diagnostics.md`."""
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

Every finding has a code. `keras-scaffold explain KS201` prints the page of a code; this
document contains all pages. `python -m scaffold.pages` generates it.

One run reports all findings of a file. `keras-scaffold check --format` prints them as
`text` with the source line, as `short` lines (`path:line:column: error: message
[code]`), as `json`, or as GitHub's workflow commands (`github`). If there is an error,
no code is written; a warning does not prevent it.
"""
