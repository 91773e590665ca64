"""A comparison as an HTML page: one file, without scripts or other resources."""

from __future__ import annotations

from functools import partial
from html import escape
from re import sub

from scaffold.comparison.types import Comparison
from scaffold.comparison.wording import summary, what_is_common, why_unfit
from scaffold.diagnostics import printable
from scaffold.render.templates import environment


def to_html(comparison: Comparison) -> str:
    """Write a comparison as an HTML page, with a line for the digest.

    Args:
        comparison: The comparison.
    """
    page = environment("comparison", prose=_prose, code=partial(escape, quote=False))
    return page.get_template("page.html.jinja").render(
        comparison=comparison,
        summary=summary(comparison),
        unfit=list(map(why_unfit, comparison.unfit)),
        common=what_is_common(comparison),
    )


def _prose(text: str) -> str:
    """Escape a sentence, and mark what is in backquotes as code."""
    return sub(r"`([^`]*)`", r"<code>\1</code>", escape(printable(text), quote=False))
