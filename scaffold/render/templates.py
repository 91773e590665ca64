"""Jinja, set up for the templates of one room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scaffold.shipped import shipped

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(room: str, **filters: Callable[..., Any]) -> Environment:
    """Makes what lays out the templates of a room.

    Args:
        room: Their directory: `model`, `parts`, `kit` or `editor`.
        **filters: What they can put values through, by its name there.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(shipped(room)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # the templates write source and settings, not HTML
        optimized=False,  # each is used once: looking for constants does not pay
    )
    made.filters.update(filters)
    return made
