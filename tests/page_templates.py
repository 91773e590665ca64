"""Render the templates of pages, `docs/<name>.md.jinja`."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

DOCS = Path(__file__).parents[1] / "docs"


def render(template: str, **context: object) -> str:
    """Return the text of a page.

    Args:
        template: The name of the template in docs/.
        context: What the template uses.
    """
    environment = Environment(
        loader=FileSystemLoader(DOCS),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # the output is Markdown, not HTML
    )
    return environment.get_template(template).render(context)
