"""Render a file of a project."""

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
    """Render a file of a project; format Python with Black.

    Args:
        template: The name of its template in `templates/kit`.
        values: The variables of the template.
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
    """Rewrap the paragraphs of a Markdown text; leave blocks and tables unchanged."""
    parts = text.strip().split("\n\n")
    is_code = False
    for at, part in enumerate(parts):
        if not is_code and not part.startswith(("#", "|", "```")):
            parts[at] = textwrap.fill(part, _COLUMNS, break_on_hyphens=False)
        is_code ^= part.count("```") % 2 == 1
    return "\n\n".join(filter(None, parts)) + "\n"


def toml(value: object) -> str:
    """Write a number, a string, a boolean or a list in TOML, on one line.

    The syntax is that of JSON, except for one control character.
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
