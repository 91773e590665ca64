"""Specs to source, as `new` does it: what is generated, and where it goes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from scaffold.cli.sources import find_sources
from scaffold.cli.write_files import over_specs
from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.output import PlannedStep, Target
from scaffold.output.disk import look
from scaffold.output.note import read_note
from scaffold.pipeline import Generated, generate_all
from scaffold.styles import DEFAULT_BACKEND, STYLES


class Destination(NamedTuple):
    """Where files go.

    Attributes:
        directory: The directory for `<name>.py`.
        file: The file itself, `None` where the model's name says it.
        root: A directory that no file may leave, if there is one.
        is_printed: Whether source is printed instead.
    """

    directory: Path = Path()
    file: Path | None = None
    root: Path | None = None
    is_printed: bool = False

    def of(self, name: str) -> Path:
        """Return the file of a model."""
        return self.file or self.directory / f"{name}.py"


class GenerationRequest(NamedTuple):
    """How specs are to be written.

    Attributes:
        place: Where files go.
        style: A style, or `auto`; `""` to keep that of a file that is there.
        backend: What overridden methods are written for.
        shapes: Whether to say shapes in comments.
        params: Params' new defaults.
        methods: Methods to write out.
    """

    place: Destination
    style: str = ""
    backend: str = DEFAULT_BACKEND
    shapes: bool = False
    params: tuple[tuple[str, str], ...] = ()
    methods: tuple[str, ...] = ()


class GeneratedFile(NamedTuple):
    """A spec's source, and its file.

    Attributes:
        spec: The spec, as it was named.
        target: The file to be.
        generated: What is in it.
    """

    spec: str
    target: Target
    generated: Generated

    def change(self, step: PlannedStep) -> str:
        """Report that the file was in another style before."""
        note = read_note(step.before or "")
        if note is None or note.style == self.generated.style:
            return ""
        return f" ({note.style} -> {self.generated.style})"

    def detail(self, step: PlannedStep) -> str:
        """State the file's style."""
        return f" ({self.generated.style})"


class Batch(NamedTuple):
    """What came of some specs.

    Attributes:
        results: The source of each spec that has no errors.
        diagnostics: What is wrong with the others, and warnings.
        texts: The text of each file that findings are in.
    """

    results: tuple[GeneratedFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: dict[str, str]

    def of(self, step: PlannedStep) -> GeneratedFile:
        """Return the source that a step is about."""
        return next(result for result in self.results if result.target is step.target)


def find_place(output: str | None, usual: Destination, count: int) -> Destination:
    """Determine where files go.

    Args:
        output: What `-o` says: a file, a directory, or `-`.
        usual: Where they go without it.
        count: How many specs there are.

    Raises:
        UsageError: Several specs cannot be in that one file.
    """
    if output is None:
        return usual
    separators = tuple(filter(None, (os.sep, os.altsep)))
    if output.endswith(separators) or os.path.isdir(output):
        return Destination(Path(output))
    if count > 1:
        message = f"-o {output} is one file, and there are {count} specs"
        if output == "-":
            message = f"-o - prints one file, and there are {count} specs"
        stem = Path(output).stem if Path(output).suffix else output
        directory = "models" if output == "-" else stem
        raise click.UsageError(
            f"{message}: name a directory, `-o {directory}{os.sep}`."
        )
    return (
        Destination(is_printed=True)
        if output == "-"
        else Destination(file=Path(output))
    )


def make(
    named: Sequence[str],
    request: GenerationRequest,
    specs: Sequence[str] = (),
    taken: dict[str, str] | None = None,
) -> Batch:
    """Generate the source of specs, and write nothing.

    Args:
        named: The specs, each once.
        request: How they are to be written.
        specs: Files besides those that no code may take the place of.
        taken: Files that are those of other specs, by their paths; those of these
            specs are added.
    """
    sources, diagnostics = find_sources(named)
    written = generate_all(
        [
            source._replace(params=request.params, methods=request.methods)
            for source in sources.values()
        ],
        request.style or (lambda name: _style_there(request.place, name)),
        backend=request.backend,
        shapes=request.shapes,
    )
    results: list[GeneratedFile] = []
    texts: dict[str, str] = {}
    pairs = zip(sources.items(), written, strict=True)
    for (name, source), (generated, checked) in pairs:
        diagnostics += checked.diagnostics
        if checked.diagnostics:
            # A preset may be called like a file of the user's; it has no findings.
            texts.setdefault(source.path, checked.text)
        if generated is not None:
            target = Target(request.place.of(generated.name), generated.text)
            results.append(GeneratedFile(name, target, generated))
    if not request.place.is_printed:
        kept = [*specs, *(source.path for source in sources.values())]
        for result in results:
            diagnostics += over_specs(result.target.path, kept, "code")
        diagnostics += _twice(results, {} if taken is None else taken)
    return Batch(tuple(results), tuple(diagnostics), texts)


def _style_there(place: Destination, name: str) -> str:
    """Return the style of the generated file that is there, `""` for none."""
    if place.is_printed:
        return ""
    try:
        seen = look(place.of(name), place.root)
    except Refused:  # planning says why
        return ""
    note = read_note(seen.text) if seen is not None else None
    return note.style if note is not None and note.style in STYLES else ""


def _twice(
    results: Sequence[GeneratedFile], taken: dict[str, str]
) -> Iterator[Diagnostic]:
    """Find specs that would be written to the file of another one."""
    for result in results:
        path = result.target.path
        first = taken.setdefault(os.path.normpath(path), result.spec)
        if first != result.spec:
            message = f"its file would be `{path}`, and so would that of `{first}`"
            help_ = "give one of them another `name`"
            yield Diagnostic("KS610", message, Span(result.spec), help_)
