"""Format docstrings in Google style, wrapped and safe for any text.

They contain no escapes: a docstring with a backslash is raw, and characters that could
end it are replaced.
"""

from __future__ import annotations

from scaffold.render.width import wrap
from scaffold.styles.types import Docstring

_WIDTH = 88
_SECTIONS = frozenset("""
    args arguments attention attributes caution danger error example examples
    extended-summary hint important keyword-args keyword-arguments keywords methods note
    notes other-args other-arguments other-parameters other-params parameters raises
    receives references return returns see-also short-summary task tip todo warning
    warnings warns yield yields
    """.split())
"""Section headings of docstrings that ruff recognizes; `-` stands for a space."""


def docstring(doc: Docstring, indent: int) -> str:
    """Format a docstring with its quotes; the first line is not indented.

    Args:
        doc: The content.
        indent: The indentation in columns.
    """
    margin = " " * indent
    lines = [_sentence(_harmless(doc.summary))]
    for paragraph in doc.details:
        if wrapped := _paragraph(_harmless(paragraph), margin):
            lines += ["", *wrapped]
    if doc.args:
        lines += ["", f"{margin}Args:"]
        for name, text in doc.args:
            lines += _item(f"{name}: {_harmless(text)}", margin)
    if returns := _item(_harmless(doc.returns), margin):
        lines += ["", f"{margin}Returns:", *returns]
    if len(lines) > 1:
        lines.append(margin)
    text = "\n".join(lines)
    prefix = "r" if "\\" in text else ""
    return f'{prefix}"""{text}"""'


def _item(text: str, margin: str) -> list[str]:
    return wrap(text, _WIDTH, f"{margin}    ", f"{margin}        ")


def _paragraph(text: str, margin: str) -> list[str]:
    """Wrap prose; add a full stop to a line that looks like a section heading."""
    lines = wrap(text, _WIDTH, margin, margin)
    return [f"{line.rstrip(':')}." if _is_heading(line) else line for line in lines]


def _is_heading(line: str) -> bool:
    words = line.lower().removesuffix(":").split()
    return "-".join(words) in _SECTIONS


def _sentence(text: str) -> str:
    """Start a text with a capital letter, and end it with a full stop."""
    text = " ".join(text.split())
    if text.startswith('"'):
        # Black would separate it from the docstring's quotes by a space.
        text = text.replace('"', "'")
    if text[:1].isascii():
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _harmless(text: str) -> str:
    """Replace characters that could end a docstring or are invisible."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    return shown.replace('"""', "'''")
