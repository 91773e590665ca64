"""The first keys of a schema, which mark it as written by this tool."""

from __future__ import annotations

import json

from scaffold.editor.schema.definitions import Schema
from scaffold.version import __version__

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The dialect of JSON Schema that all editors support."""

_MARK = "By keras-scaffold "


def head(more: str = "") -> Schema:
    """Return the first keys of a schema.

    There is no title, which editors would show above every text.

    Args:
        more: Text to append to the version in its comment.
    """
    comment = f"{_MARK}{__version__}{more}: do not edit."
    return {"$schema": DRAFT, "$comment": comment}


def is_generated(text: str) -> bool:
    """Return whether a text is a schema written by any version of this tool."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    comment = data.get("$comment") if isinstance(data, dict) else None
    return isinstance(comment, str) and comment.startswith(_MARK)
