"""From a spec to all files of a project."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic, Refused, has_errors
from scaffold.ir import ModelIR
from scaffold.kit.dependencies import SpecDependencies, find_dependencies
from scaffold.kit.facts import facts_of, has_loss
from scaffold.kit.files import MINIMAL_TASKS, TASKS, minimal_templates_of, templates_of
from scaffold.kit.inline_data import (
    InlineData,
    inline_data,
    inline_recipe,
    recipe_of,
)
from scaffold.kit.minimal import training_script
from scaffold.kit.naming import package_name
from scaffold.kit.recipes import PLAIN, RECIPES, plain_recipe
from scaffold.kit.types import MINIMAL, Editor, ProjectLayout, Recipe
from scaffold.kit.view import ProjectView
from scaffold.output import Target
from scaffold.pipeline import Checked, Generated, Source, check, generate
from scaffold.render.project import render_file
from scaffold.styles import DEFAULT_BACKEND, find_backend, find_style
from scaffold.styles.header import describe_model
from scaffold.version import __version__


class ProjectRequest(NamedTuple):
    """The options of a new project.

    Attributes:
        directory: The directory of the project.
        source: The spec.
        preset: The name of the preset, `""` for a user's spec.
        style: The style of its model, or `auto`.
        backend: The backend of Keras.
        editor: The editor for which its tasks are written.
        ci: `github` for a workflow that runs its tests, `""` for no workflow.
        docker: Whether it has a Dockerfile.
        is_minimal: Whether it only has the spec, its code and a script that trains it.
    """

    directory: Path
    source: Source
    preset: str = ""
    style: str = "auto"
    backend: str = DEFAULT_BACKEND
    editor: Editor = "vscode"
    ci: str = ""
    docker: bool = False
    is_minimal: bool = False

    @property
    def layout(self) -> ProjectLayout:
        """The directories and modules of the project.

        Raises:
            Refused: The name of the directory cannot be that of a package (KS608).
        """
        if self.is_minimal:
            return MINIMAL
        package = package_name(self.directory)
        return ProjectLayout(package, "src", frozenset({package}))


def furnish(request: ProjectRequest) -> tuple[tuple[Target, ...] | None, Checked]:
    """Render all files of a project.

    Args:
        request: The options of the project.

    Returns:
        The files, `None` if there is an error; and the checked spec.

    Raises:
        Refused: The name of the directory cannot be the name of a package (KS608).
        ValueError: The style or the backend is unknown.
    """
    layout = request.layout
    checked = check(request.source)
    if checked.model is None or has_errors(checked.diagnostics):
        return None, checked
    if not has_loss(checked.model):
        return None, checked._replace(
            diagnostics=(*checked.diagnostics, _no_loss(checked))
        )
    # Only a project for TensorFlow trains on several devices with `tf.distribute`.
    source = request.source._replace(is_distributed=request.backend == "tensorflow")
    request = request._replace(source=source)
    generated, rechecked = generate(source, request.style, backend=request.backend)
    if generated is None:
        return None, rechecked
    spec, generated = _renamed(request, generated)
    try:
        beside = find_dependencies(checked.model, layout, request.backend)
    except Refused as refused:
        return None, checked._replace(
            diagnostics=(*checked.diagnostics, *refused.diagnostics)
        )
    texts = {
        spec: checked.text,
        layout.model: generated.text,
        **_rendered(request, checked.model, generated, beside, spec),
    }
    targets = [Target(request.directory / path, texts[path]) for path in texts]
    for path, content in beside.files.items():
        targets.append(_target(request.directory / layout.root / path, content))
    checked = checked._replace(diagnostics=(*checked.diagnostics, *beside.diagnostics))
    return tuple(sorted(targets, key=_path)), checked


def _rendered(
    request: ProjectRequest,
    model: ModelIR,
    generated: Generated,
    beside: SpecDependencies,
    spec: str,
) -> dict[str, str]:
    """Render the files that have templates; return their texts by path."""
    recipe, inline = _recipe(request, model, beside, spec)
    project = ProjectView(
        request.layout.package,
        describe_model(model),
        spec,
        find_style(generated.style),
        find_backend(request.backend),
        recipe,
        facts_of(model, recipe),
        beside,
        tuple((imported.module, imported.attribute) for imported in model.imports),
        bool(model.hooks),
    )
    values: dict[str, object] = {
        "project": project,
        "package": project.package,
        "recipe": recipe,
        "inline": inline,
        "data": beside.data,
        "version": __version__,
        "is_minimal": request.is_minimal,
    }
    if request.is_minimal:
        templates = minimal_templates_of(project, editor=request.editor)
        values |= {
            "layout": "minimal/train.py.jinja",
            "script": training_script(project, model, generated.text),
            "title": request.directory.resolve().name,
            "tasks": MINIMAL_TASKS,
        }
    else:
        templates = templates_of(
            project, editor=request.editor, ci=request.ci, docker=request.docker
        )
        values |= {"layout": "package/data.py.jinja", "tasks": TASKS}
    return {path: render_file(template, values) for path, template in templates}


def _path(target: Target) -> str:
    return str(target.path)


def _target(path: Path, content: bytes) -> Target:
    """Make a file with a content, which may be binary."""
    try:
        return Target(path, content.decode())
    except UnicodeDecodeError:
        return Target(path, "", content)


def _recipe(
    request: ProjectRequest, model: ModelIR, beside: SpecDependencies, spec: str
) -> tuple[Recipe, InlineData | None]:
    """Return the recipe for the preset or for the spec's examples, or the plain one."""
    if request.preset in RECIPES:
        return RECIPES[request.preset], None
    if beside.data:
        examples = f"the examples in `{PurePath(beside.data).name}`"
        return recipe_of(model, "beside", examples), None
    facts = facts_of(model, PLAIN)
    inline = inline_data(model, facts)
    if inline is None:
        return plain_recipe(facts), None
    return inline_recipe(model, inline, spec), inline


def _renamed(request: ProjectRequest, generated: Generated) -> tuple[str, Generated]:
    """Rename the spec for its project; model.py names it in its first comment."""
    path = PurePath(request.source.path)
    spec = f"model{path.suffix.lower() or '.yaml'}"
    renamed = request.source._replace(path=spec)
    model, _ = generate(renamed, generated.style, backend=request.backend)
    if model is None or model.name != generated.name:
        return path.name, generated  # the model has the name of the file
    return spec, model


def _no_loss(checked: Checked) -> Diagnostic:
    """Return the diagnostic of a spec without a loss."""
    assert checked.model is not None
    return Diagnostic(
        "KS609",
        "the spec has no loss, which a project needs to train its model",
        checked.model.graph.name_span,
        "add a loss, such as `compile: {optimizer: adam, loss: mse}`",
    )
