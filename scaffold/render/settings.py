"""Settings of an editor that are no JSON to their text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from scaffold.render.templates import environment

if TYPE_CHECKING:
    from jinja2 import Environment


def render_settings(template: str, values: Mapping[str, object]) -> str:
    """Lay a file of settings out.

    Args:
        template: The name of its template, in `templates/editor`.
        values: What the template is told.
    """
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    return environment("editor", vim=_vim, elisp=_elisp, xml=_xml)


def _vim(value: object) -> str:
    """Write a string, or a list of some, as Vim script does."""
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    assert isinstance(value, (list, tuple))
    return f"[{', '.join(map(_vim, value))}]"


def _elisp(value: str) -> str:
    """Write a string as Emacs Lisp does."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _xml(value: str) -> str:
    """Write what stands between the quotes of an attribute."""
    return escape(value, {'"': "&quot;", "\n": "&#10;"})
