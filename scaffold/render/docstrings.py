"""Docstrings in Google's form: wrapped, and safe whatever they say."""

from __future__ import annotations

from scaffold.render.width import wrap
from scaffold.styles.types import Docstring

_WIDTH = 88
_SECTIONS = (
    frozenset(
        """args arguments attention attributes caution danger error example examples hint
    important keyword keywords methods note notes raises references returns see also
    tip todo warning warnings warns yield yields receives parameters short extended
    summary other keyword args keyword arguments other args other arguments return
    other parameters other params tips task""".split()
    )
    | {"see also", "keyword args", "keyword arguments", "other args", "other arguments"}
)


def docstring(doc: Docstring, indent: int) -> str:
    """Lays a docstring out, quotes included; the first line is not indented.

    Args:
        doc: What it says.
        indent: The columns before it.
    """
    margin = " " * indent
    summary = _sentence(_escape(doc.summary))
    if not (doc.details or doc.args or doc.returns):
        return f'"""{summary}"""'
    lines = [f'"""{summary}']
    for paragraph in doc.details:
        lines += ["", *_paragraph(_escape(paragraph), margin)]
    if doc.args:
        lines += ["", f"{margin}Args:"]
        for name, text in doc.args:
            lines += _item(f"{name}: {_escape(text)}", margin)
    if doc.returns:
        lines += ["", f"{margin}Returns:", *_item(_escape(doc.returns), margin)]
    return "\n".join([*lines, f'{margin}"""'])


def _item(text: str, margin: str) -> list[str]:
    return wrap(text, _WIDTH, f"{margin}    ", f"{margin}        ")


def _paragraph(text: str, margin: str) -> list[str]:
    """Wraps prose; a line that would pass for a section's heading gets a full stop."""
    lines = wrap(text, _WIDTH, margin, margin)
    return [f"{line.rstrip(':')}." if _is_heading(line) else line for line in lines]


def _is_heading(line: str) -> bool:
    return line.strip().removesuffix(":").strip().lower() in _SECTIONS


def _sentence(text: str) -> str:
    """Begins with a capital and ends with a full stop."""
    text = text.strip()
    if text[:1].isascii():
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _escape(text: str) -> str:
    """Takes the sense from what could end a docstring or change what it says."""
    shown = "".join(one if one.isprintable() else " " for one in text)
    return shown.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
