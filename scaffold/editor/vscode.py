"""VS Code: `.vscode/tasks.json`, `settings.json` and `extensions.json`."""

from __future__ import annotations

from typing import Any

from scaffold.editor.matchers import problem_matchers
from scaffold.editor.tasks import COMMAND, FILE, PRESET, STYLE, Task, tasks_of
from scaffold.editor.types import (
    SCHEMA,
    EditorProject,
    ManagedEntry,
    Piece,
    SharedJsonFile,
)
from scaffold.spec import preset_names
from scaffold.styles import STYLES

_VARIABLES = {
    FILE: "${file}",
    STYLE: "${input:keras-scaffold-style}",
    PRESET: "${input:keras-scaffold-preset}",
}
_YAML = "redhat.vscode-yaml"


def pieces(project: EditorProject) -> list[Piece]:
    """Return the files for VS Code.

    Args:
        project: The project.
    """
    return [
        SharedJsonFile(".vscode/extensions.json", _extensions),
        SharedJsonFile(".vscode/settings.json", lambda _: schema_settings(project)),
        SharedJsonFile(".vscode/tasks.json", lambda before: _tasks(project, before)),
    ]


def schema_settings(project: EditorProject) -> list[ManagedEntry]:
    """Return the settings that associate specs with the schema (VS Code, coc.nvim).

    Args:
        project: The project.
    """
    schema = f"./{SCHEMA}"
    files = [f"/{pattern}" for pattern in project.fitting(".json")]
    association = {"fileMatch": files, "url": schema}
    yaml = project.fitting(".yaml", ".yml")
    entries = (
        ManagedEntry(("yaml.schemas",), schema, yaml),
        ManagedEntry(("json.schemas",), schema, association, field="url"),
    )
    needed = (yaml, files)
    return [entry for entry, names in zip(entries, needed, strict=True) if names]


def _extensions(before: Any) -> list[ManagedEntry]:
    unwanted = before.get("unwantedRecommendations") if isinstance(before, dict) else ()
    if isinstance(unwanted, list) and _YAML in unwanted:
        return []
    return [ManagedEntry(("recommendations",), _YAML, _YAML, field="")]


def _tasks(project: EditorProject, before: Any) -> list[ManagedEntry]:
    tasks = tasks_of(project)
    is_default = not _has_default(before, {task.label for task in tasks})
    return [
        ManagedEntry((), "version", "2.0.0", is_weak=True, is_needed=True),
        *(
            ManagedEntry(("tasks",), task.label, _task(task, is_default), field="label")
            for task in tasks
        ),
        _input("style", "Which style?", ("auto", *STYLES), "auto"),
        _input("preset", "Which preset?", preset_names(), preset_names()[0]),
    ]


def _has_default(before: Any, own_labels: set[str]) -> bool:
    """Return whether the build key already runs a task that is not ours."""
    tasks = before.get("tasks") if isinstance(before, dict) else None
    for task in tasks if isinstance(tasks, list) else ():
        group = task.get("group") if isinstance(task, dict) else None
        if not isinstance(group, dict) or task.get("label") in own_labels:
            continue
        if group.get("kind") == "build" and group.get("isDefault"):
            return True
    return False


def _task(task: Task, is_default: bool) -> dict[str, Any]:
    # A task of type `process` runs without a shell, which could split a path with
    # spaces or quotes.
    definition: dict[str, Any] = {
        "label": task.label,
        "type": "process",
        "command": COMMAND,
        "args": task.filled(_VARIABLES),
        "options": {"cwd": "${workspaceFolder}"},
    }
    if task.name == "generate":
        group = {"kind": "build", "isDefault": True}
        definition["group"] = group if is_default else "build"
    if task.is_background:
        definition["isBackground"] = True
    definition["presentation"] = {
        "reveal": "silent",
        "revealProblems": "onProblem",
        "clear": True,
        "panel": "dedicated" if task.is_background else "shared",
    }
    definition["problemMatcher"] = problem_matchers(is_background=task.is_background)
    return definition


def _input(
    name: str, prompt: str, options: tuple[str, ...], default: str
) -> ManagedEntry:
    key = f"keras-scaffold-{name}"
    value = {
        "id": key,
        "type": "pickString",
        "description": prompt,
        "options": list(options),
        "default": default,
    }
    return ManagedEntry(("inputs",), key, value, field="id")
