"""Zed: `.zed/tasks.json` and `.zed/settings.json`."""

from __future__ import annotations

from typing import Any

from scaffold.editor.tasks import COMMAND, FILE, Task, tasks_of
from scaffold.editor.types import (
    SCHEMA,
    EditorProject,
    ManagedEntry,
    Piece,
    SharedJsonFile,
)


def pieces(project: EditorProject) -> list[Piece]:
    """Return the files for Zed. Its tasks cannot prompt, so those that do are left out.

    Args:
        project: The project.
    """
    return [
        SharedJsonFile(".zed/settings.json", lambda _: _settings(project)),
        SharedJsonFile(".zed/tasks.json", lambda _: _tasks(project)),
    ]


def _tasks(project: EditorProject) -> list[ManagedEntry]:
    return [
        ManagedEntry((), task.label, _task(task), field="label")
        for task in tasks_of(project)
        if not task.asks
    ]


def _task(task: Task) -> dict[str, Any]:
    # Zed quotes the value of a variable that is a separate argument.
    return {
        "label": task.label,
        "command": COMMAND,
        "args": task.filled({FILE: "$ZED_FILE"}),
        "cwd": "$ZED_WORKTREE_ROOT",
        "use_new_terminal": task.is_background,
        "save": "current",
        "reveal": "no_focus",
    }


def _settings(project: EditorProject) -> list[ManagedEntry]:
    # The settings of a project cannot associate a schema with JSON files in Zed, so a
    # spec in JSON names the schema in its `$schema`.
    at = ("lsp", "yaml-language-server", "settings", "yaml", "schemas")
    files = project.fitting(".yaml", ".yml")
    return [ManagedEntry(at, f"./{SCHEMA}", files)] if files else []
