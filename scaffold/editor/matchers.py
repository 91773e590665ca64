r"""How editors read findings: `path:line:column: error: message [KS201]`.

A finding about a whole file has no line: `path: error: message [KS101]`. A path may
hold blanks and colons (`C:\specs\a.yaml`): it is the least that is followed by all of
the rest. The same is said here in the language of each editor.
"""

from __future__ import annotations

from typing import Any

from scaffold.diagnostics.marks import BEGIN, END

OWNER = "keras-scaffold"

_SEVERITY = "(error|warning)"
_SAID = r"(.*) \[(KS\d+)\]"
_PLACE = r":(\d+):(\d+)"

PLACED = rf"^(.+?){_PLACE}: {_SEVERITY}: {_SAID}\s*$"
"""A finding with a place, in JavaScript and Python."""

WHOLE = rf"^(?!.+?:\d+:\d+: (?:error|warning): )(.+?): {_SEVERITY}: {_SAID}\s*$"
"""A finding about a whole file."""

SUBLIME = rf"^(.+?)(?:{_PLACE})?: ((?:error|warning): .* \[KS\d+\])$"
"""Both at once, for an editor that knows only file, line, column and message."""

VIM = "%f:%l:%v: %t%*[a-z]: %m [KS%n],%f: %t%*[a-z]: %m [KS%n]"
"""Both in Vim's 'errorformat'; its `%c` would count bytes."""

JETBRAINS = "$FILE_PATH$:$LINE$:$COLUMN$: $MESSAGE$"
"""A finding with a place, in an output filter of JetBrains'."""

EMACS = r"^\(.+?\):\([0-9]+\):\([0-9]+\): \(?:error\|\(warning\)\): .* \[KS[0-9]+\]$"
EMACS_WHOLE = r"^\(.+?\): \(?:error\|\(warning\)\): .* \[KS[0-9]+\]$"
"""The two in Emacs; `warning` is a group of its own, by which it tells them apart."""


def problem_matchers(*, is_background: bool = False) -> list[dict[str, Any]]:
    """Return the matchers of a task of VS Code's.

    Args:
        is_background: Whether the task stays, and says where each run begins and ends.
    """
    place: dict[str, Any] = {
        "owner": OWNER,
        "source": OWNER,
        "fileLocation": ["autoDetect", "${workspaceFolder}"],
    }
    watching: dict[str, Any] = {
        "background": {
            "activeOnStart": True,
            "beginsPattern": f"^{BEGIN}.*$",
            "endsPattern": rf"^{END}\s*$",
        }
    }
    placed = {
        "regexp": PLACED,
        "file": 1,
        "line": 2,
        "column": 3,
        "severity": 4,
        "message": 5,
        "code": 6,
    }
    whole = {
        "regexp": WHOLE,
        "kind": "file",
        "file": 1,
        "severity": 2,
        "message": 3,
        "code": 4,
    }
    # One matcher begins and ends for both: their owner is the same.
    return [
        place | (watching if is_background else {}) | {"pattern": placed},
        place | {"pattern": whole},
    ]
