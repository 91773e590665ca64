"""From specs to source, and from a name to a part of one's own."""

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


def generate(
    source: Source,
    style: str = "auto",
    catalogue: Catalogue | None = None,
    *,
    backend: str | None = None,
    shapes: bool = False,
) -> tuple[Generated | None, Checked]:
    """Write the Keras source of a spec.

    Args:
        source: The spec.
        style: `sequential`, `functional`, `subclass`, or `auto` for the first of them
            that can say the model.
        catalogue: What Keras offers; by default the catalogue that is bundled.
        backend: `tensorflow` (the default), `jax` or `torch`: what overridden methods
            that differ by that are written for. All else runs on any of them.
        shapes: Whether to say in comments what every entry gives. That takes Keras,
            in a process of its own.

    Returns:
        The source, `None` where an error was found; and what was found.

    Raises:
        CatalogueError: The catalogue cannot be read.
        ValueError: There is no such style, or no such backend.
    """
    (result,) = generate_all([source], style, catalogue, backend=backend, shapes=shapes)
    return result


def generate_all(
    sources: Sequence[Source],
    style: str | Callable[[str], str] = "auto",
    catalogue: Catalogue | None = None,
    *,
    backend: str | None = None,
    shapes: bool = False,
) -> tuple[tuple[Generated | None, Checked], ...]:
    """Write the Keras source of specs, each for itself.

    Args:
        sources: The specs.
        style: A style, or `auto`, as for `generate`; or what gives the style that a
            model of some name is in already, `""` for none. That is kept as long as
            it can say the model.
        catalogue: What Keras offers; by default the catalogue that is bundled.
        backend: What overridden methods are written for, as for `generate`.
        shapes: Whether to say in comments what every entry gives. One process is asked
            for all of them.

    Returns:
        For each spec the source, `None` where an error was found; and what was found.

    Raises:
        CatalogueError: The catalogue cannot be read.
        ValueError: There is no such style, or no such backend.
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
        _written(*styled, *setting, inferred.get(at))
        for at, styled in enumerate(checked)
    )


def _styled(
    checked: Checked, style: str | Callable[[str], str]
) -> tuple[Checked, Style | None]:
    """Resolve the style of a model; `None` where there is an error."""
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


def _written(
    checked: Checked,
    style: Style | None,
    catalogue: Catalogue,
    backend: Backend,
    inferred: Inference | None,
) -> tuple[Generated | None, Checked]:
    """Write a model in a style that can say it."""
    from scaffold.output import seal
    from scaffold.render import render
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
    text = seal(render(module, shapes), module.note)
    return Generated(text, module.name, style, model.train is not None), checked


def generate_part(
    kind: str,
    name: str,
    params: Sequence[tuple[str, str]] = (),
    module: str = "",
    catalogue: Catalogue | None = None,
) -> tuple[GeneratedPart | None, tuple[Diagnostic, ...]]:
    """Write the source of a layer, loss, metric or callback, to begin one's own with.

    Args:
        kind: `layer`, `loss`, `metric` or `callback`.
        name: Its name, in CamelCase or snake_case.
        params: Names of params and their defaults, as YAML values.
        module: The path of the module that tests are to import it from; without one,
            no tests are written.
        catalogue: What Keras offers; by default the catalogue that is bundled.

    Returns:
        The source, `None` where an error was found; and what was found.

    Raises:
        CatalogueError: The catalogue cannot be read.
        ValueError: There is no such kind.
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
