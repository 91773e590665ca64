"""From a spec's text to Keras source: the one place where the stages are joined."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from scaffold.catalogue import Catalogue, load
from scaffold.checks import check as run_checks
from scaffold.diagnostics import Diagnostic, has_errors
from scaffold.ir import ModelIR, build
from scaffold.spec import Notation, override, read, with_methods

if TYPE_CHECKING:
    from scaffold.ir.types import Origin
    from scaffold.styles import Advice, Backend, Style
    from scaffold.verify.inference import Inference
    from scaffold.verify.types import Candidate, Job, Outcome


class Source(NamedTuple):
    """A spec to work on.

    Attributes:
        data: Its bytes, in UTF-8.
        path: Its name, in findings and in the comment at a generated file's head.
        notation: What it is written in; by default what the name's suffix says.
        params: Params set from outside, names and YAML values.
        methods: Names of methods to override, besides those that the spec names.
    """

    data: bytes
    path: str
    notation: Notation | None = None
    params: tuple[tuple[str, str], ...] = ()
    methods: tuple[str, ...] = ()


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


class GeneratedPart(NamedTuple):
    """A layer, loss, metric or callback of one's own.

    Attributes:
        text: Its source, digest included.
        tests: Tests of it for pytest, `""` where none were asked for.
        name: The name of its class.
    """

    text: str
    tests: str
    name: str


class File(NamedTuple):
    """A file of Keras source, to be taken as it is.

    Attributes:
        text: Its text.
        path: Its name.
        style: Its style, `""` where that is not known.
    """

    text: str
    path: str
    style: str = ""


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
    model, beyond = build(with_methods(spec, source.methods), catalogue)
    found = run_checks(model, catalogue)
    return Checked(model, reading.text, (*reading.found, *overridden, *beyond, *found))


def compare(
    source: Source, catalogue: Catalogue | None = None
) -> tuple[Advice | None, Checked]:
    """Finds out which styles can say a spec, and which to take.

    Args:
        source: The spec.
        catalogue: What Keras offers; by default the catalogue that is bundled.

    Returns:
        The advice, `None` where an error was found; and what was found.

    Raises:
        CatalogueError: The catalogue cannot be read.
    """
    from scaffold.styles import compare as compare_styles

    checked = check(source, catalogue or load())
    if checked.model is None or has_errors(checked.found):
        return None, checked
    return compare_styles(checked.model), checked


def infer(
    checked: Sequence[tuple[str, Checked]],
    tell: Callable[[str], None] = lambda text: None,
) -> tuple[Inference, ...]:
    """Builds models symbolically: finds out whether shapes fit, and which they are.

    Args:
        checked: Specs without errors, with what they are called.
        tell: Is told what is run at the moment.

    Returns:
        What was found, and the shapes, for each of them. See
        `scaffold.verify.inference.infer`.
    """
    from scaffold.verify.inference import infer

    models = [(name, one.model) for name, one in checked if one.model is not None]
    return infer(models, tell=tell)


def generate(
    source: Source,
    style: str = "auto",
    catalogue: Catalogue | None = None,
    *,
    backend: str = "tensorflow",
    shapes: bool = False,
) -> tuple[Generated | None, Checked]:
    """Writes the Keras source of a spec.

    Args:
        source: The spec.
        style: `sequential`, `functional`, `subclass`, or `auto` for the first of them
            that can say the model.
        catalogue: What Keras offers; by default the catalogue that is bundled.
        backend: `tensorflow`, `jax` or `torch`: what overridden methods that differ by
            that are written for. All else runs on any of them.
        shapes: Whether to say in comments what every entry gives. That takes Keras,
            in a process of its own.

    Returns:
        The source, `None` where an error was found; and what was found.

    Raises:
        CatalogueError: The catalogue cannot be read.
        ValueError: There is no such style, or no such backend.
    """
    (made,) = generate_all([source], style, catalogue, backend=backend, shapes=shapes)
    return made


def generate_all(
    sources: Sequence[Source],
    style: str | Callable[[str], str] = "auto",
    catalogue: Catalogue | None = None,
    *,
    backend: str = "tensorflow",
    shapes: bool = False,
) -> tuple[tuple[Generated | None, Checked], ...]:
    """Writes the Keras source of specs, each for itself.

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
    from scaffold.styles import find_backend

    catalogue = catalogue or load()
    setting = catalogue, find_backend(backend)
    checked = [_styled(check(source, catalogue), style) for source in sources]
    inferred: dict[int, Inference] = {}
    if shapes and (sound := [at for at, one in enumerate(checked) if one[1]]):
        pairs = [(sources[at].path, checked[at][0]) for at in sound]
        inferred = dict(zip(sound, infer(pairs), strict=True))
    return tuple(
        _written(*one, *setting, inferred.get(at)) for at, one in enumerate(checked)
    )


def _styled(
    checked: Checked, style: str | Callable[[str], str]
) -> tuple[Checked, Style | None]:
    """Settles the style of a model; `None` where there is an error."""
    from scaffold.styles import choose, find_style, model_name, obstacles

    model = checked.model
    if model is None or has_errors(checked.found):
        return checked, None
    if callable(style):
        style = style(model_name(model)) or "auto"
        if style != "auto" and obstacles(model, find_style(style)):
            style = "auto"
    wanted = choose(model) if style == "auto" else find_style(style)
    if refused := obstacles(model, wanted):
        return checked._replace(found=(*checked.found, *refused)), None
    return checked, wanted


def _written(
    checked: Checked,
    style: Style | None,
    catalogue: Catalogue,
    backend: Backend,
    inferred: Inference | None,
) -> tuple[Generated | None, Checked]:
    """Writes a model in a style that can say it."""
    from scaffold.output import seal
    from scaffold.render import render
    from scaffold.styles import write

    model = checked.model
    if model is None or style is None:
        return None, checked
    said: Mapping[Origin, str] = {}
    if inferred is not None:
        if inferred.found:
            return None, checked._replace(found=(*checked.found, *inferred.found))
        said = inferred.shapes
    module = write(model, style, catalogue, backend)
    text = seal(render(module, said), module.note)
    return Generated(text, module.name, style, model.train is not None), checked


def generate_part(
    kind: str,
    name: str,
    params: Sequence[tuple[str, str]] = (),
    module: str = "",
    catalogue: Catalogue | None = None,
) -> tuple[GeneratedPart | None, tuple[Diagnostic, ...]]:
    """Writes the source of a layer, loss, metric or callback, to begin one's own with.

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
    part, found = describe(kind, name, params, catalogue, tested=bool(module))
    if part is None:
        return None, found
    text = seal(render_part(part), part.note)
    tests = ""
    if module:
        tests = seal(render_part_tests(part, module), f"{part.note} --tests")
    return GeneratedPart(text, tests, part.name), found


def job(
    source: Source,
    style: str = "all",
    files: Sequence[File] = (),
    catalogue: Catalogue | None = None,
    *,
    backend: str = "tensorflow",
) -> tuple[Job | None, Checked]:
    """Gathers what is to be one model: a spec in some styles, and files made of it.

    Args:
        source: The spec.
        style: The style to write it in; `all` for those that can say it, `""` for none.
            The styles of the files are left to them.
        files: Files that are verified as they are.
        catalogue: What Keras offers; by default the catalogue that is bundled.
        backend: What it is written for, as far as that makes a difference.

    Returns:
        The job, `None` where an error was found in the spec; and what was found, be it
        what the style asked for cannot say.

    Raises:
        CatalogueError: The catalogue cannot be read.
        ValueError: There is no such style, or no such backend.
    """
    from scaffold.styles import STYLES, find_backend, find_style, obstacles
    from scaffold.verify.types import Job

    catalogue = catalogue or load()
    checked = check(source, catalogue)
    if checked.model is None or has_errors(checked.found):
        return None, checked
    model, taken = checked.model, {one.style for one in files}
    setting = catalogue, find_backend(backend)
    candidates = [_candidate(model, file, *setting) for file in files]
    wanted = STYLES if style == "all" else (find_style(style),) if style else ()
    for one in wanted:
        refused = obstacles(model, one)
        if style != "all":
            checked = checked._replace(found=(*checked.found, *refused))
        if not refused and one not in taken:
            candidates.append(_candidate(model, File("", "", one), *setting))
    return Job(source.path, model, tuple(candidates)), checked


def by_itself(file: File) -> Job:
    """Makes a job of a file whose spec is not known."""
    from scaffold.verify.types import Candidate, Job

    candidate = Candidate(file.path, file.path, file.text, file.style, ())
    return Job(file.path, None, (candidate,))


def _candidate(
    model: ModelIR, file: File, catalogue: Catalogue, backend: Backend
) -> Candidate:
    """Makes a candidate of a file; of what would be generated, where it has no path."""
    from scaffold.output import seal
    from scaffold.render import render_with_origins
    from scaffold.styles import STYLES, find_style, obstacles, write
    from scaffold.verify.edited import carry_over
    from scaffold.verify.types import Candidate

    path, text, style = file.path, file.text, file.style
    if style not in STYLES or obstacles(model, find_style(style)):
        return Candidate(path, path, text, style, ())
    module = write(model, find_style(style), catalogue, backend)
    # Sealing takes the place of one line by another.
    rendered, origins = render_with_origins(module)
    sealed = seal(rendered, module.note)
    if not path:
        return Candidate(style, f"{module.name}.py ({style})", sealed, style, origins)
    return Candidate(path, path, text, style, carry_over(origins, sealed, text))


def prove(
    jobs: Sequence[Job],
    backend: str = "tensorflow",
    *,
    seconds: float | None = None,
    memory: int | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> Generator[Outcome, None, None]:
    """Runs generated code in a process of its own, and holds it against its spec.

    Args:
        jobs: What to run.
        backend: Keras's backend.
        seconds: The time that each candidate has; by default two minutes.
        memory: The bytes that each candidate may take; by default 4 GiB.
        tell: Is told what is run at the moment.

    Returns:
        What comes of each check, as it comes. See `scaffold.verify.runner.run`.
    """
    from scaffold.verify.runner import MEMORY, SECONDS, run

    return run(
        jobs,
        backend=backend,
        seconds=seconds or SECONDS,
        memory=memory or MEMORY,
        tell=tell,
    )
