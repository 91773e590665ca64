"""Find the specs that the settings of an editor do not cover."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from scaffold.bounded_read import read_start
from scaffold.settings import find_specs
from scaffold.spec import SUFFIXES
from scaffold.spec.limits import MAX_BYTES

_KEYS = (
    re.compile(rb"""(?m)^[ \t{]*["']?inputs["']?\s*[:=]|^\[+inputs[\].]"""),
    re.compile(
        rb"""(?m)^[ \t]*["']?layers["']?\s*[:=]|[{,]\s*"layers"\s*:|^\[+layers\]"""
    ),
)
"""The keys that a spec must have, in any of its formats."""

_NAMES_SCHEMA = re.compile(rb"""\$schema|^#:schema\s""", re.MULTILINE)


def uncovered_specs(root: Path, patterns: Iterable[str]) -> list[str]:
    """Return the specs in a directory that no pattern matches and that name no schema.

    Args:
        root: The directory of a project; its subdirectories are not searched.
        patterns: The patterns of the specs that an editor covers.
    """
    covered = set(find_specs(patterns, root))
    names: list[str] = []
    with suppress(OSError):
        names = sorted(name for name in os.listdir(root) if name.endswith(SUFFIXES))
    paths = (os.path.normpath(os.path.join(root, name)) for name in names)
    return [path for path in paths if path not in covered and _is_spec(path)]


def _is_spec(path: str) -> bool:
    """Return whether a file looks like a spec without a schema."""
    if os.path.islink(path):
        return False
    with suppress(OSError, ValueError):
        data = read_start(path, MAX_BYTES)
        has_keys = all(key.search(data) for key in _KEYS)
        return has_keys and not _NAMES_SCHEMA.search(data)
    return False
