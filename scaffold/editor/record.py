"""The record of what was written last, to tell edited entries from outdated ones.

Editor settings cannot contain our digests, so `.keras-scaffold/written.json` stores the
digest of every entry and file. Like the settings, it should be committed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

PATH = ".keras-scaffold/written.json"

WHOLE = ""
"""The name in the record of a file that is entirely ours."""

Record = Mapping[str, Mapping[str, str]]
"""For each path, the digests of its entries by name."""


def digest(value: Any) -> str:
    """Return the digest of a value. For a text, CRLF and LF are equal.

    Args:
        value: A value that JSON can represent.
    """
    from hashlib import sha256

    if isinstance(value, str):
        value = value.replace("\r\n", "\n")
    text = json.dumps(value, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]


def read_record(text: str) -> dict[str, dict[str, str]]:
    """Read the record; an invalid file is an empty record.

    Args:
        text: The file, `""` for no file.
    """
    try:
        data = json.loads(text)
        write_record(data).encode()  # raises for lone surrogates
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
    """Return the text of the record file.

    Args:
        record: The record.
    """
    return json.dumps(record, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
