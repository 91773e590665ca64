"""A file of a project to its text."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from scaffold.render.docstrings import docstring
from scaffold.render.formatting import format_source
from scaffold.render.templates import environment

if TYPE_CHECKING:
    from jinja2 import Environment

_COLUMNS = 88


def render_file(template: str, values: Mapping[str, object]) -> str:
    """Lay out a file of a project; Python with Black.

    Args:
        template: The name of its template, in `templates/kit`.
        values: What the template is told.
    """
    text = _environment().get_template(template).render(values)
    if template.endswith(".py.jinja"):
        return format_source(text)
    return wrapped(text) if template.endswith(".md.jinja") else text


@cache
def _environment() -> Environment:
    return environment("kit", docstring=docstring, toml=toml, code=_code, literal=repr)


def _code(name: str) -> str:
    return f"`{name}`"


def wrapped(text: str) -> str:
    """Break the paragraphs of a Markdown text anew; blocks and tables stay."""
    parts = text.strip().split("\n\n")
    is_code = False
    for at, part in enumerate(parts):
        if not is_code and part[0] not in "#|`":
            parts[at] = textwrap.fill(part, _COLUMNS, break_on_hyphens=False)
        is_code ^= part.count("```") % 2 == 1
    return "\n\n".join(filter(None, parts)) + "\n"


def toml(value: object) -> str:
    """Write a number, a string, a boolean or a list as TOML does, on one line.

    That is how JSON writes them, but for one control character.
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
