"""From a spec to all files of a project."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic, Refused, has_errors
from scaffold.ir import ModelIR
from scaffold.kit.dependencies import SpecDependencies, look_beside
from scaffold.kit.facts import facts_of, has_loss
from scaffold.kit.files import templates_of
from scaffold.kit.inline_data import InlineData, inline_data, recipe_of
from scaffold.kit.naming import package_name
from scaffold.kit.recipes import PLAIN, RECIPES
from scaffold.kit.types import Editor, Recipe
from scaffold.kit.view import ProjectView
from scaffold.output import Target
from scaffold.pipeline import Checked, Generated, Source, check, generate
from scaffold.render.project import render_file
from scaffold.styles import DEFAULT_BACKEND, find_backend, find_style
from scaffold.styles.header import describe_model
from scaffold.version import __version__


class ProjectRequest(NamedTuple):
    """What is asked for.

    Attributes:
        directory: Where the project is to be.
        source: The spec.
        preset: The name of the preset that it is, `""` for a spec of one's own.
        style: The style of its model, or `auto`.
        backend: What is to run it.
        editor: The editor that is to know its tasks.
        ci: `github` for a workflow that tests it, `""` for none.
        docker: Whether it is to have an image.
    """

    directory: Path
    source: Source
    preset: str = ""
    style: str = "auto"
    backend: str = DEFAULT_BACKEND
    editor: Editor = "vscode"
    ci: str = ""
    docker: bool = False


def furnish(request: ProjectRequest) -> tuple[tuple[Target, ...] | None, Checked]:
    """Write all files of a project, as text.

    Args:
        request: What is asked for.

    Returns:
        The files, `None` where an error was found; and what was found in the spec.

    Raises:
        Refused: The directory's name can be no package's (KS608).
        ValueError: There is no such style, or no such backend.
    """
    package = package_name(request.directory)
    checked = check(request.source)
    if checked.model is None or has_errors(checked.diagnostics):
        return None, checked
    if not has_loss(checked.model):
        return None, checked._replace(
            diagnostics=(*checked.diagnostics, _no_loss(checked))
        )
    generated, rechecked = generate(
        request.source, request.style, backend=request.backend
    )
    if generated is None:
        return None, rechecked
    spec, model = _renamed(request, generated)
    try:
        beside = look_beside(checked.model, package, request.backend)
    except Refused as refused:
        return None, checked._replace(
            diagnostics=(*checked.diagnostics, *refused.diagnostics)
        )
    recipe, inline = _recipe(request, checked.model, beside, spec)
    project = ProjectView(
        package,
        describe_model(checked.model),
        spec,
        find_style(generated.style),
        find_backend(request.backend),
        recipe,
        facts_of(checked.model, recipe),
        beside,
        tuple(
            (imported.module, imported.attribute) for imported in checked.model.imports
        ),
    )
    values = {
        "project": project,
        "package": package,
        "recipe": recipe,
        "inline": inline,
        "data": beside.data,
        "version": __version__,
    }
    texts = {
        spec: checked.text,
        f"src/{package}/model.py": model.text,
        **{
            path: render_file(template, values)
            for path, template in templates_of(
                project, editor=request.editor, ci=request.ci, docker=request.docker
            )
        },
    }
    targets = [Target(request.directory / path, texts[path]) for path in texts]
    for path, content in beside.files.items():
        targets.append(_target(request.directory / "src" / path, content))
    checked = checked._replace(diagnostics=(*checked.diagnostics, *beside.diagnostics))
    return tuple(sorted(targets, key=_path)), checked


def _path(target: Target) -> str:
    return str(target.path)


def _target(path: Path, content: bytes) -> Target:
    """Make a file of a content, which need not be text."""
    try:
        return Target(path, content.decode())
    except UnicodeDecodeError:
        return Target(path, "", content)


def _recipe(
    request: ProjectRequest, model: ModelIR, beside: SpecDependencies, spec: str
) -> tuple[Recipe, InlineData | None]:
    """Find what the model is trained on: a preset's data, the spec's own, or none."""
    if request.preset:
        return RECIPES[request.preset], None
    if beside.data:
        examples = f"the examples in `{PurePath(beside.data).name}`"
        return recipe_of(model, PLAIN, "beside", examples), None
    inline = inline_data(model, facts_of(model, PLAIN))
    if inline is None:
        return PLAIN, None
    examples = f"the {len(inline.y[0].values)} examples of `{spec}`"
    return recipe_of(model, PLAIN, "inline", examples), inline


def _renamed(request: ProjectRequest, generated: Generated) -> tuple[str, Generated]:
    """Give the spec the name in its project, which the head of model.py states."""
    path = PurePath(request.source.path)
    spec = f"model{path.suffix.lower() or '.yaml'}"
    renamed = request.source._replace(path=spec)
    model, _ = generate(renamed, generated.style, backend=request.backend)
    if model is None or model.name != generated.name:
        return path.name, generated  # the file's name is the model's
    return spec, model


def _no_loss(checked: Checked) -> Diagnostic:
    """Report a spec whose model cannot be trained."""
    assert checked.model is not None
    return Diagnostic(
        "KS609",
        "a project trains its model, and this spec has no loss",
        checked.model.graph.name_span,
        "add `compile: {optimizer: adam, loss: mean_squared_error}` or the like",
    )
