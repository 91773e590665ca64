"""From specs to source, and from a name to a custom part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from scaffold.catalogue import Catalogue, load
from scaffold.diagnostics import Diagnostic, has_errors
from scaffold.pipeline.checking import check, infer
from scaffold.pipeline.types import Checked, Generated, GeneratedPart, Source

if TYPE_CHECKING:
    from scaffold.ir.types import Origin
    from scaffold.styles import Backend, Style
    from scaffold.verify.inference import Inference


Explain = bool | Callable[[str, str], bool]
"""Whether to explain code in comments, possibly by the name and style of a model."""


def generate(
    source: Source,
    style: str = "auto",
    catalogue: Catalogue | None = None,
    *,
    backend: str | None = None,
    shapes: bool = False,
    explain: bool = False,
) -> tuple[Generated | None, Checked]:
    """Generate the Keras source of a spec.

    Args:
        source: The spec.
        style: `sequential`, `functional`, `subclass`, or `auto` for the first of them
            that can express the model.
        catalogue: The catalogue of Keras; by default the bundled one.
        backend: `tensorflow` (the default), `jax` or `torch`: the backend of overridden
            methods that depend on it. Other code runs on every backend.
        shapes: Whether to add the output shape of every entry as a comment. This runs
            Keras in a separate process.
        explain: Whether to add comments on what the style needs, and why.

    Returns:
        The source, `None` if the spec has errors; and the result of the checks.

    Raises:
        CatalogueError: The catalogue cannot be read.
        ValueError: The style or the backend is unknown.
    """
    (result,) = generate_all(
        [source], style, catalogue, backend=backend, shapes=shapes, explain=explain
    )
    return result


def generate_all(
    sources: Sequence[Source],
    style: str | Callable[[str], str] = "auto",
    catalogue: Catalogue | None = None,
    *,
    backend: str | None = None,
    shapes: bool = False,
    explain: Explain = False,
) -> tuple[tuple[Generated | None, Checked], ...]:
    """Generate the Keras source of several specs, independently of each other.

    Args:
        sources: The specs.
        style: A style, or `auto`, as for `generate`; or a function that returns the
            current style of the model with a name, `""` for none. The current style is
            kept if it can express the model.
        catalogue: The catalogue of Keras; by default the bundled one.
        backend: The backend of overridden methods, as for `generate`.
        shapes: Whether to add the output shape of every entry as a comment. One process
            infers the shapes of all specs.
        explain: Whether to explain the code, as for `generate`; or a function of the
            name and the style of a model that returns this.

    Returns:
        For each spec the source, `None` if it has errors; and the result of the checks.

    Raises:
        CatalogueError: The catalogue cannot be read.
        ValueError: The style or the backend is unknown.
    """
    from scaffold.styles import DEFAULT_BACKEND, find_backend

    catalogue = catalogue or load()
    setting = catalogue, find_backend(backend or DEFAULT_BACKEND)
    checked = [_styled(check(source, catalogue), style) for source in sources]
    inferred: dict[int, Inference] = {}
    if shapes and (sound := [at for at, styled in enumerate(checked) if styled[1]]):
        pairs = [(sources[at].path, checked[at][0]) for at in sound]
        inferred = dict(zip(sound, infer(pairs), strict=True))
    return tuple(
        write_style(*styled, *setting, inferred.get(at), explain)
        for at, styled in enumerate(checked)
    )


def _styled(
    checked: Checked, style: str | Callable[[str], str]
) -> tuple[Checked, Style | None]:
    """Resolve the style of a model, `None` if there are errors."""
    from scaffold.styles import choose, find_style, model_name, obstacles

    model = checked.model
    if model is None or has_errors(checked.diagnostics):
        return checked, None
    if callable(style):
        style = style(model_name(model)) or "auto"
        if style != "auto" and obstacles(model, find_style(style)):
            style = "auto"
    wanted = choose(model) if style == "auto" else find_style(style)
    if refused := obstacles(model, wanted):
        return checked._replace(diagnostics=(*checked.diagnostics, *refused)), None
    return checked, wanted


def write_style(
    checked: Checked,
    style: Style | None,
    catalogue: Catalogue,
    backend: Backend,
    inferred: Inference | None,
    explain: Explain = False,
) -> tuple[Generated | None, Checked]:
    """Write a model in a style that can express it.

    Args:
        checked: The model and the findings.
        style: The style; `None` if there is an error.
        catalogue: The catalogue of Keras.
        backend: The backend of overridden methods.
        inferred: The shapes that Keras was asked for, for comments.
        explain: Whether to explain the code, as for `generate_all`.

    Returns:
        The source, `None` if there is an error; and the findings.
    """
    from scaffold.output import seal
    from scaffold.render import render
    from scaffold.styles.header import note_of
    from scaffold.styles.write import write

    model = checked.model
    if model is None or style is None:
        return None, checked
    shapes: Mapping[Origin, str] = {}
    if inferred is not None:
        if inferred.diagnostics:
            return None, checked._replace(
                diagnostics=(*checked.diagnostics, *inferred.diagnostics)
            )
        shapes = inferred.shapes
    module = write(model, style, catalogue, backend)
    is_explained = explain(module.name, style) if callable(explain) else explain
    note = note_of(model.path, style, is_explained=is_explained)
    text = seal(render(module, shapes, is_explained=is_explained), note)
    return Generated(text, module.name, style, model.train is not None), checked


def generate_part(
    kind: str,
    name: str,
    params: Sequence[tuple[str, str]] = (),
    module: str = "",
    catalogue: Catalogue | None = None,
) -> tuple[GeneratedPart | None, tuple[Diagnostic, ...]]:
    """Generate the source of a custom layer, loss, metric or callback.

    Args:
        kind: `layer`, `loss`, `metric` or `callback`.
        name: The name of the part, in CamelCase or snake_case.
        params: Names of params and their defaults, as YAML values.
        module: The full name of the module from which the tests import the part; `""`
            to generate no tests.
        catalogue: The catalogue of Keras; by default the bundled one.

    Returns:
        The source, `None` if there are errors; and the findings.

    Raises:
        CatalogueError: The catalogue cannot be read.
        ValueError: The kind is unknown.
    """
    from scaffold.output import seal
    from scaffold.parts import describe
    from scaffold.render.own_parts import render_part, render_part_tests

    catalogue = catalogue or load()
    part, diagnostics = describe(kind, name, params, catalogue, tested=bool(module))
    if part is None:
        return None, diagnostics
    text = seal(render_part(part), part.note)
    tests = ""
    if module:
        tests = seal(render_part_tests(part, module), f"{part.note} --tests")
    return GeneratedPart(text, tests, part.name), diagnostics
