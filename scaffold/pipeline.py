"""From a spec's text to Keras source: the one place where the stages are joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scaffold.catalogue import Catalogue, load
from scaffold.checks import check as run_checks
from scaffold.diagnostics import Diagnostic, has_errors
from scaffold.ir import ModelIR, build
from scaffold.spec import Notation, override, read

if TYPE_CHECKING:
    from scaffold.styles import Choice


class Source(NamedTuple):
    """A spec to work on.

    Attributes:
        data: Its bytes, in UTF-8.
        path: Its name, in findings and in the comment at a generated file's head.
        notation: What it is written in; by default what the name's suffix says.
        params: Params set from outside, names and YAML values.
    """

    data: bytes
    path: str
    notation: Notation | None = None
    params: tuple[tuple[str, str], ...] = ()


class Checked(NamedTuple):
    """A spec that was read and checked.

    Attributes:
        model: The model, `None` where the file is beyond reading.
        text: The file's text, for excerpts.
        found: All that was found, errors and warnings.
    """

    model: ModelIR | None
    text: str
    found: tuple[Diagnostic, ...]


class Generated(NamedTuple):
    """A module of Keras source.

    Attributes:
        text: The source, digest included.
        name: The model's Keras name, in snake_case: the file is `<name>.py`.
        style: The style it is in.
        is_runnable: Whether it trains when it is run: the spec has `train`.
    """

    text: str
    name: str
    style: str
    is_runnable: bool


def check(source: Source, catalogue: Catalogue | None = None) -> Checked:
    """Reads a spec and finds all that is wrong with it.

    Args:
        source: The spec.
        catalogue: What Keras offers; by default the catalogue that is bundled.

    Raises:
        CatalogueError: The catalogue cannot be read.
    """
    catalogue = catalogue or load()
    reading = read(source.data, source.path, source.notation)
    if reading.spec is None:
        return Checked(None, reading.text, reading.found)
    spec, overridden = override(reading.spec, source.params)
    model, beyond = build(spec, catalogue)
    found = run_checks(model, catalogue)
    return Checked(model, reading.text, (*reading.found, *overridden, *beyond, *found))


def styles(
    source: Source, catalogue: Catalogue | None = None
) -> tuple[Choice | None, Checked]:
    """Finds out which styles can say a spec, and which to take.

    Args:
        source: The spec.
        catalogue: What Keras offers; by default the catalogue that is bundled.

    Returns:
        The choice, `None` where an error was found; and what was found.

    Raises:
        CatalogueError: The catalogue cannot be read.
    """
    from scaffold.styles import compare

    checked = check(source, catalogue or load())
    if checked.model is None or has_errors(checked.found):
        return None, checked
    return compare(checked.model), checked


def generate(
    source: Source, style: str = "auto", catalogue: Catalogue | None = None
) -> tuple[Generated | None, Checked]:
    """Writes the Keras source of a spec.

    Args:
        source: The spec.
        style: `sequential`, `functional`, `subclass`, or `auto` for the first of them
            that can say the model.
        catalogue: What Keras offers; by default the catalogue that is bundled.

    Returns:
        The source, `None` where an error was found; and what was found.

    Raises:
        CatalogueError: The catalogue cannot be read.
        ValueError: There is no such style.
    """
    from scaffold.output import seal
    from scaffold.render import render
    from scaffold.styles import choose, find_style, obstacles, write

    catalogue = catalogue or load()
    checked = check(source, catalogue)
    if checked.model is None or has_errors(checked.found):
        return None, checked
    model = checked.model
    wanted = choose(model) if style == "auto" else find_style(style)
    if refused := obstacles(model, wanted):
        return None, checked._replace(found=(*checked.found, *refused))
    module = write(model, wanted, catalogue)
    text = seal(render(module), module.note)
    return Generated(text, module.name, wanted, model.train is not None), checked
