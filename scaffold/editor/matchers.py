r"""How editors read findings: `path:line:column: error: message [KS201]`.

A finding about a whole file has no line: `path: error: message [KS101]`. A path can
contain spaces and colons (`C:\specs\a.yaml`), so the path is the shortest text after
which all the rest matches. Each editor has its own syntax for the same pattern.
"""

from __future__ import annotations

from typing import Any

from scaffold.diagnostics.marks import BEGIN, END

OWNER = "keras-scaffold"

_SEVERITY = "(error|warning)"
_MESSAGE = r"(.*) \[(KS\d+)\]"
_POSITION = r":(\d+):(\d+)"

WITH_POSITION = rf"^(.+?){_POSITION}: {_SEVERITY}: {_MESSAGE}\s*$"
"""A finding with a line and column, for JavaScript and Python."""

FILE_ONLY = rf"^(?!.+?:\d+:\d+: (?:error|warning): )(.+?): {_SEVERITY}: {_MESSAGE}\s*$"
"""A finding about a whole file."""

SUBLIME = rf"^(.+?)(?:{_POSITION})?: ((?:error|warning): .* \[KS\d+\])$"
"""Both in one pattern, for an editor that reads file, line, column and message."""

VIM = "%f:%l:%v: %t%*[a-z]: %m [KS%n],%f: %t%*[a-z]: %m [KS%n]"
"""Both as a Vim 'errorformat'. The column is `%v`, since `%c` would count bytes."""

JETBRAINS = "$FILE_PATH$:$LINE$:$COLUMN$: $MESSAGE$"
"""A finding with a line and column, for an output filter of JetBrains IDEs."""

EMACS = r"^\(.+?\):\([0-9]+\):\([0-9]+\): \(?:error\|\(warning\)\): .* \[KS[0-9]+\]$"
EMACS_FILE_ONLY = r"^\(.+?\): \(?:error\|\(warning\)\): .* \[KS[0-9]+\]$"
"""Both for Emacs; the group around `warning` distinguishes warnings from errors."""


def problem_matchers(*, is_background: bool = False) -> list[dict[str, Any]]:
    """Return the problem matchers of a VS Code task.

    Args:
        is_background: Whether the task keeps running, and prints a line at the start
            and end of each run.
    """
    common: dict[str, Any] = {
        "owner": OWNER,
        "source": OWNER,
        "fileLocation": ["autoDetect", "${workspaceFolder}"],
    }
    background: dict[str, Any] = {
        "background": {
            "activeOnStart": True,
            "beginsPattern": f"^{BEGIN}.*$",
            "endsPattern": rf"^{END}\s*$",
        }
    }
    placed = {
        "regexp": WITH_POSITION,
        "file": 1,
        "line": 2,
        "column": 3,
        "severity": 4,
        "message": 5,
        "code": 6,
    }
    whole = {
        "regexp": FILE_ONLY,
        "kind": "file",
        "file": 1,
        "severity": 2,
        "message": 3,
        "code": 4,
    }
    # Both have the same owner, so one `background` is enough.
    return [
        common | (background if is_background else {}) | {"pattern": placed},
        common | {"pattern": whole},
    ]
