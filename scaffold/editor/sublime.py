"""Sublime Text: the build system and the settings of a `.sublime-project`."""

from __future__ import annotations

import os
from typing import Any

from scaffold.editor.matchers import SUBLIME
from scaffold.editor.tasks import COMMAND, FILE, Task, tasks_of
from scaffold.editor.types import (
    SCHEMA,
    EditorProject,
    ManagedEntry,
    Piece,
    SharedJsonFile,
)

_SUFFIX = ".sublime-project"


def pieces(project: EditorProject) -> list[Piece]:
    """Return the file for Sublime Text: the existing project file, or a new one.

    A build cannot prompt, so the tasks that do are left out. If there are several
    project files, the first one by name is used.

    Args:
        project: The project.
    """
    existing = sorted(file.name for file in project.root.glob(f"*{_SUFFIX}"))
    name = os.path.basename(os.path.abspath(project.root)) or "project"
    path = existing[0] if existing else f"{name}{_SUFFIX}"
    return [SharedJsonFile(path, lambda _: _entries(project))]


def _entries(project: EditorProject) -> list[ManagedEntry]:
    schema = f"./{SCHEMA}"
    files = [f"/{pattern}" for pattern in project.fitting(".json")]
    association = {"fileMatch": files, "uri": schema}
    lsp = ("settings", "LSP")
    yaml = (*lsp, "LSP-yaml", "settings", "yaml.schemas")
    json = (*lsp, "LSP-json", "settings", "userSchemas")
    yaml_files = project.fitting(".yaml", ".yml")
    return [
        ManagedEntry((), "folders", [{"path": "."}], is_weak=True),
        ManagedEntry(("build_systems",), COMMAND, _build(project), field="name"),
        *([ManagedEntry(yaml, SCHEMA, yaml_files)] if yaml_files else []),
        *([ManagedEntry(json, schema, association, field="uri")] if files else []),
    ]


def _build(project: EditorProject) -> dict[str, Any]:
    first, *others = (task for task in tasks_of(project) if not task.asks)
    # Each command is a list, so no shell splits a path with spaces.
    return {
        "name": COMMAND,
        "selector": "source.yaml, source.json, source.toml",
        "cmd": _command(first),
        "working_dir": "$project_path",
        "file_regex": SUBLIME,
        "variants": [
            {"name": task.name, "cmd": _command(task)} for task in (first, *others)
        ],
    }


def _command(task: Task) -> list[str]:
    return [COMMAND, *task.filled({FILE: "$file"})]
