"""What was written the last time, so that edits are known from what is out of date.

Settings of editors have no place for a digest of ours; so one of every entry and file
is kept in `.keras-scaffold/written.json`, which belongs in the repository as they do.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

PATH = ".keras-scaffold/written.json"

WHOLE = ""
"""The name under which a file that is all ours is kept."""

Record = Mapping[str, Mapping[str, str]]
"""The digests of entries by their names, by the paths of their files."""


def digest(value: Any) -> str:
    """Return the digest of a value, or of a text: its line ends do not matter.

    Args:
        value: What JSON can say.
    """
    from hashlib import sha256

    if isinstance(value, str):
        value = value.replace("\r\n", "\n")
    text = json.dumps(value, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]


def read_record(text: str) -> dict[str, dict[str, str]]:
    """Read what was written; nothing where that cannot be read any more.

    Args:
        text: The file, `""` for none.
    """
    try:
        data = json.loads(text)
        write_record(data).encode()  # half a character is in none of ours
    except (ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {
        path: {name: value for name, value in names.items() if isinstance(value, str)}
        for path, names in data.items()
        if isinstance(names, dict)
    }


def write_record(record: Record) -> str:
    """Return the file's text.

    Args:
        record: What was written.
    """
    return json.dumps(record, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
