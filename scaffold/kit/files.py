"""The files of a project, and their templates."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.kit.types import Editor
from scaffold.kit.view import ProjectView
from scaffold.styles import Backend

_MODULES = (
    "__init__",
    "batches",
    "callbacks",
    "checking",
    "command",
    "convert",
    "evaluate",
    "export",
    "figures",
    "files",
    "predict",
    "provenance",
    "runs",
    "snapshot",
    "splits",
    "train",
)
_BY_BACKEND: dict[Backend, tuple[str, ...]] = {
    "tensorflow": ("distribute",),
    "jax": ("distribute", "launch"),
    "torch": (),
}
TASKS = ("train", "evaluate", "test", "lint", "model")
"""The tasks of the Makefile that are configured in an editor."""

MINIMAL_TASKS = ("train", "model")
"""The tasks of the Makefile of a minimal project."""

_MINIMAL = ("Makefile", "README.md", "requirements.txt")
_ROOT = {
    ".gitignore": "gitignore",
    "Makefile": "Makefile",
    "README.md": "README.md",
    "config.toml": "config.toml",
    "pyproject.toml": "pyproject.toml",
}
_EDITORS: dict[Editor, dict[str, str]] = {
    "vscode": {".vscode/tasks.json": "vscode.json"},
    "zed": {".zed/tasks.json": "zed.json"},
    "none": {},
}
_DOCKER = {"Dockerfile": "Dockerfile", ".dockerignore": "dockerignore"}


def templates_of(
    project: ProjectView, *, editor: Editor, ci: str, docker: bool
) -> Iterator[tuple[str, str]]:
    """List the files of a project that have templates.

    Args:
        project: The project.
        editor: The editor for which its tasks are written.
        ci: `github` for a workflow that runs its tests, `""` for no workflow.
        docker: Whether it has a Dockerfile.

    Yields:
        The path of each file in the project's directory, and its template.
    """
    for path, name in _ROOT.items():
        yield path, f"root/{name}.jinja"
    package = f"src/{project.package}"
    readers = [
        *(["tables"] if project.has_tables else []),
        *(["pictures"] if project.picture else []),
    ]
    for name in sorted((*_MODULES, *readers, *_BY_BACKEND[project.backend])):
        yield f"{package}/{name}.py", f"package/{name}.py.jinja"
    yield f"{package}/data.py", f"data/{project.recipe.template}.py.jinja"
    for name in ("test_command", "test_model"):
        yield f"tests/{name}.py", f"tests/{name}.py.jinja"
    for path, name in _EDITORS[editor].items():
        yield path, f"editor/{name}.jinja"
    if ci:
        yield ".github/workflows/test.yml", "ci/github.yml.jinja"
    if docker:
        for path, name in _DOCKER.items():
            yield path, f"ci/{name}.jinja"


def minimal_templates_of(
    project: ProjectView, *, editor: Editor
) -> Iterator[tuple[str, str]]:
    """List the files of a minimal project that have templates.

    Args:
        project: The project.
        editor: The editor for which its tasks are written.

    Yields:
        The path of each file in the project's directory, and its template.
    """
    for name in _MINIMAL:
        yield name, f"minimal/{name}.jinja"
    is_read = project.recipe.template == "beside"
    template = "minimal/file" if is_read else f"data/{project.recipe.template}"
    yield "train.py", f"{template}.py.jinja"
    for path, name in _EDITORS[editor].items():
        yield path, f"editor/{name}.jinja"
