"""Render editor settings that are not JSON."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from scaffold.render.templates import environment

if TYPE_CHECKING:
    from jinja2 import Environment


def render_settings(template: str, values: Mapping[str, object]) -> str:
    """Render a file of settings.

    Args:
        template: The name of its template in `templates/editor`.
        values: The variables of the template.
    """
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    return environment("editor", vim=_vim, elisp=_elisp, xml=_xml)


def _vim(value: object) -> str:
    """Write a string, or a list of strings, in Vim script."""
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    assert isinstance(value, (list, tuple))
    return f"[{', '.join(map(_vim, value))}]"


def _elisp(value: str) -> str:
    """Write a string in Emacs Lisp."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _xml(value: str) -> str:
    """Escape the value of an XML attribute."""
    return escape(value, {'"': "&quot;", "\n": "&#10;"})
