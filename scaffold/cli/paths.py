"""Files and directories that complete what was typed."""

from __future__ import annotations

import os
from collections.abc import Sequence

from click.shell_completion import CompletionItem


def paths(typed: str, suffixes: Sequence[str] | None) -> list[CompletionItem[str]]:
    """Return the files and directories that begin like what was typed.

    Args:
        typed: The path as far as it is typed; `~` and variables stay as they are.
        suffixes: What the files end in, such as `.yaml`; `None` for all files. A
            directory may hold such files, and is always given, with a slash behind it.

    Returns:
        The candidates, files first. What is hidden is given where a dot was typed, and
        what looks like an option, but was not begun as one, behind a `./`.
    """
    folder, begin = _parted(typed)
    files, directories, sign = [], [], folder[-1:] or "/"
    try:
        with os.scandir(
            os.path.expandvars(os.path.expanduser(folder)) or "."
        ) as entries:
            for entry in entries:
                name = entry.name
                if not name.startswith(begin) or (name[0] == "." and not begin):
                    continue
                path = folder + name
                if path[0] == "-" and not typed:
                    path = f"./{path}"
                if entry.is_dir():
                    directories.append(path + sign)
                elif suffixes is None or name.lower().endswith(tuple(suffixes)):
                    files.append(path)
    except OSError:
        return []  # there is no such directory, or it is closed to us
    return [
        *(CompletionItem(file, type="file") for file in sorted(files)),
        *(CompletionItem(directory, type="dir") for directory in sorted(directories)),
    ]


def _parted(typed: str) -> tuple[str, str]:
    """Part a path behind its last separator."""
    cut = max(typed.rfind(sign) for sign in {"/", os.sep, os.altsep or os.sep}) + 1
    return typed[:cut], typed[cut:]
