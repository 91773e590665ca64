"""JetBrains IDEs: run configurations, file watchers and schemas in `.idea/`."""

from __future__ import annotations

from scaffold.editor.matchers import JETBRAINS
from scaffold.editor.tasks import FILE, PRESET, STYLE, Task, tasks_of
from scaffold.editor.types import (
    NAME,
    SCHEMA,
    EditorProject,
    OwnedFile,
    Piece,
    SharedXmlFile,
)
from scaffold.render.settings import render_settings

_EMPTY = '<?xml version="1.0" encoding="UTF-8"?>\n<project version="4">\n{}</project>\n'
_NO_SCHEMAS = _EMPTY.format("""\
  <component name="JsonSchemaMappingsProjectConfiguration">
    <state>
      <map>
      </map>
    </state>
  </component>
""")
_NO_WATCHERS = _EMPTY.format("""\
  <component name="ProjectTasksOptions">
  </component>
""")

# In a run configuration, the value of a macro is one argument, even with spaces;
# `$Prompt$` asks the user.
_MACROS = {FILE: "$FilePath$", STYLE: "auto", PRESET: "$Prompt$"}


def pieces(project: EditorProject) -> list[Piece]:
    """Return the files for the IDEs.

    Args:
        project: The project.
    """
    watchers = (
        _watcher("check on save", 'check "$FilePath$" --format short', enabled=True),
        _watcher("generate on save", 'new "$FilePath$" --format short', enabled=False),
    )
    return [
        *map(_run, tasks_of(project)),
        OwnedFile(".idea/scopes/keras_scaffold_specs.xml", _scope(project)),
        SharedXmlFile(".idea/jsonSchemas.xml", _NO_SCHEMAS, "map", _schemas(project)),
        SharedXmlFile(
            ".idea/watcherTasks.xml", _NO_WATCHERS, "component", dict(watchers)
        ),
    ]


def _run(task: Task) -> OwnedFile:
    arguments = " ".join(task.filled(_MACROS))
    values = {"label": task.label, "arguments": arguments}
    name = f"keras_scaffold_{task.name.replace(' ', '_')}.xml"
    text = render_settings("run.xml.jinja", values)
    return OwnedFile(f".idea/runConfigurations/{name}", text)


def _schemas(project: EditorProject) -> dict[str, str]:
    globs = project.fitting(".json", ".yaml", ".yml")
    values = {"name": NAME, "schema": SCHEMA, "globs": globs}
    return {NAME: render_settings("schema.xml.jinja", values)} if globs else {}


def _scope(project: EditorProject) -> str:
    patterns = (f"file:{pattern.replace('**/', '/')}" for pattern in project.specs)
    values = {"scope": NAME, "pattern": "||".join(patterns)}
    return render_settings("scope.xml.jinja", values)


def _watcher(name: str, arguments: str, *, enabled: bool) -> tuple[str, str]:
    label = f"keras-scaffold: {name}"
    values = {
        "label": label,
        "arguments": arguments,
        "enabled": str(enabled).lower(),
        "filter": JETBRAINS,
        "scope": NAME,
    }
    return label, render_settings("watcher.xml.jinja", values)
