"""What a schema says of itself, by which it is told from other people's files."""

from __future__ import annotations

import json

from scaffold.editor.schema.definitions import Schema
from scaffold.version import __version__

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The dialect of JSON Schema that all editors know."""

_MARK = "By keras-scaffold "


def head(more: str = "") -> Schema:
    """Return the keys that a schema begins with.

    A title is not among them: an editor would show it above every text.

    Args:
        more: What else its comment says.
    """
    comment = f"{_MARK}{__version__}{more}: do not edit."
    return {"$schema": DRAFT, "$comment": comment}


def is_ours(text: str) -> bool:
    """Return whether a text is a schema that this tool wrote, in any version."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    comment = data.get("$comment") if isinstance(data, dict) else None
    return isinstance(comment, str) and comment.startswith(_MARK)
