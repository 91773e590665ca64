"""The table of codes: what each finding means, why, and how to mend it.

Whoever only reports findings has no use for it: it is imported to explain them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scaffold.diagnostics.codes import (
    children,
    file,
    graph,
    models,
    names,
    output,
    projects,
    running,
    shapes,
    styles,
    training,
    values,
)
from scaffold.diagnostics.codes.page import Code, Page, page_of

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

_MODULES = (
    file,
    names,
    values,
    graph,
    shapes,
    styles,
    output,
    projects,
    running,
    models,
    children,
    training,
)

_ALL = {
    name: value
    for module in _MODULES
    for name, value in vars(module).items()
    if isinstance(value, type) and issubclass(value, Code) and value is not Code
}

CODES: Mapping[str, Page] = MappingProxyType(
    {name: page_of(code) for name, code in sorted(_ALL.items())}
)
"""The page of every code, in the order of the codes."""

__all__ = ["CODES", "GROUPS", "Page", "explain", "reference"]


def explain(code: str) -> str:
    """Gives the page of a code as plain text.

    Raises:
        KeyError: There is no such code.
    """
    return CODES[code].text()


def reference() -> str:
    """Gives all pages as one document in Markdown, `docs/diagnostics.md`."""
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
are all of them. This file is made by `python -m scaffold.diagnostics.codes`.

All findings of a file come in one run. `keras-scaffold check --format` gives them as
`text` with the source line, as `short` lines (`path:line:column: error: message
[code]`), as `json`, or as GitHub's workflow commands (`github`). An error stops the
writing of code; a warning does not.
"""
