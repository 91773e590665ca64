"""The page of a code, which is the docstring of a class."""

from __future__ import annotations

from textwrap import dedent, indent
from typing import NamedTuple

from scaffold.diagnostics import Code
from scaffold.docstrings import docstring

TITLES = ("What it does", "Why", "Example", "Instead")
"""The sections of every page, in order."""


class Page(NamedTuple):
    """The page of a code.

    Attributes:
        code: The code, such as `KS201`.
        name: Its short name, such as `unknown-callable`.
        summary: One sentence.
        sections: The text of each section, in the order of `TITLES`.
    """

    code: str
    name: str
    summary: str
    sections: tuple[str, ...]

    @property
    def example(self) -> str:
        """A spec with the fault; a transcript or a module if no spec can show it."""
        return self.sections[TITLES.index("Example")]

    @property
    def instead(self) -> str:
        """The same without the fault."""
        return self.sections[TITLES.index("Instead")]

    def text(self) -> str:
        """Return the page as plain text."""
        parts = [f"{self.code} {self.name}\n\n{self.summary}\n"]
        for title, section in zip(TITLES, self.sections, strict=True):
            parts.append(f"{title}:\n{indent(section, '    ')}\n")
        return "\n".join(parts)

    def markdown(self) -> str:
        """Return the page as a chapter in Markdown."""
        parts = [f"## {self.code}\n\n`{self.name}`: {self.summary}\n"]
        for title, section in zip(TITLES, self.sections, strict=True):
            if title in ("Example", "Instead"):
                section = f"```{language(section)}\n{section}\n```"
            parts.append(f"**{title}**\n\n{section}\n")
        return "\n".join(parts)


def language(example: str) -> str:
    """Return the language of an example."""
    if example.startswith("$ "):
        return "console"
    if example.startswith(">>> "):
        return "pycon"
    return "python" if "\nimport keras\n" in f"\n{example}" else "yaml"


def page_of(code: type[Code]) -> Page:
    """Read the page of a code.

    Raises:
        ValueError: Its docstring does not have the sections of a page.
    """
    text = docstring(code)
    summary, *body = text.split("\n\n", 1)
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in "".join(body).splitlines():
        if line.endswith(":") and not line.startswith(" "):
            lines = sections.setdefault(line[:-1], [])
        else:
            lines.append(line)
    if tuple(sections) != TITLES or "\n" in summary:
        raise ValueError(f"the page of {code.__name__} must have the sections {TITLES}")
    texts = tuple(dedent("\n".join(text)).strip("\n") for text in sections.values())
    return Page(code.__name__, code.name, summary, texts)
