"""Completion of paths."""

from __future__ import annotations

import os
from collections.abc import Sequence

from click.shell_completion import CompletionItem


def paths(typed: str, suffixes: Sequence[str] | None) -> list[CompletionItem[str]]:
    """Return the files and directories that start with the typed text.

    Args:
        typed: The path typed so far; `~` and variables are not replaced in the result.
        suffixes: The suffixes of the files, such as `.yaml`; `None` for all files.
            Directories are always returned, with a trailing slash, since they may
            contain such files.

    Returns:
        The candidates, files first. Hidden files are included if a dot was typed. A
        name that looks like an option gets the prefix `./` if nothing was typed.
    """
    parent, prefix = _split_at_name(typed)
    files, directories, separator = [], [], parent[-1:] or "/"
    try:
        with os.scandir(
            os.path.expandvars(os.path.expanduser(parent)) or "."
        ) as entries:
            for entry in entries:
                name = entry.name
                if not name.startswith(prefix) or (name[0] == "." and not prefix):
                    continue
                path = parent + name
                if path[0] == "-" and not typed:
                    path = f"./{path}"
                if entry.is_dir():
                    directories.append(path + separator)
                elif suffixes is None or name.lower().endswith(tuple(suffixes)):
                    files.append(path)
    except OSError:
        return []  # the directory does not exist or cannot be read
    return [
        *(CompletionItem(file, type="file") for file in sorted(files)),
        *(CompletionItem(directory, type="dir") for directory in sorted(directories)),
    ]


def _split_at_name(typed: str) -> tuple[str, str]:
    """Split a path after its last separator."""
    separators = {"/", os.sep, os.altsep or os.sep}
    cut = max(typed.rfind(separator) for separator in separators) + 1
    return typed[:cut], typed[cut:]
