"""A file of a project to its text."""

from __future__ import annotations

import json
from collections.abc import Mapping

from scaffold.render.formatting import format_source
from scaffold.render.layout import environment


def render_file(template: str, values: Mapping[str, object]) -> str:
    """Lays out a file of a project; Python with Black.

    Args:
        template: The name of its template, in `templates/kit`.
        values: What the template is told.
    """
    made = environment("kit")
    made.filters["toml"] = toml_string
    text = made.get_template(template).render(values)
    return format_source(text) if template.endswith(".py.jinja") else text


def toml_string(text: str) -> str:
    """Writes a string as TOML does, on one line."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
