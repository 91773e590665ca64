"""Generate source from specs for `new`, and determine the output paths."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from scaffold.cli.skipped_files import SkippedFile
from scaffold.cli.sources import find_sources
from scaffold.cli.write_files import overwritten_specs
from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.output import PlannedStep, Target
from scaffold.output.disk import read_existing
from scaffold.output.note import Note, read_note
from scaffold.pipeline import (
    Generated,
    GeneratedStyles,
    Source,
    generate_all,
    generate_styles,
)
from scaffold.styles import DEFAULT_BACKEND, STYLES

ALL = "all"
"""The value of `--style` for every style that can express a spec."""


class Destination(NamedTuple):
    """Where output files are written.

    Attributes:
        directory: The directory for `<name>.py`.
        file: The output file, `None` to name it after the model.
        root: A directory that no file may leave, `None` for no limit.
        is_printed: Whether the source is printed instead.
    """

    directory: Path = Path()
    file: Path | None = None
    root: Path | None = None
    is_printed: bool = False

    def of(self, name: str) -> Path:
        """Return the output file of a model."""
        return self.file or self.directory / f"{name}.py"


class GenerationRequest(NamedTuple):
    """The options of code generation.

    Attributes:
        destination: Where files are written.
        style: A style, `auto` or `all`; `""` to keep the style of the existing file.
        backend: The backend of overridden methods.
        shapes: Whether to add shapes as comments.
        params: New defaults of params.
        methods: Methods to override.
        explain: Whether to explain the code; `None` to do as in the existing file.
        is_distributed: Whether overridden methods run under `tf.distribute`.
    """

    destination: Destination
    style: str = ""
    backend: str = DEFAULT_BACKEND
    shapes: bool = False
    params: tuple[tuple[str, str], ...] = ()
    methods: tuple[str, ...] = ()
    explain: bool | None = None
    is_distributed: bool = False

    def explains(self, name: str, style: str) -> bool:
        """Return whether to explain a model; by default, as in the existing file."""
        if self.explain is not None:
            return self.explain
        note = _existing_note(self.destination, self.path(name, style))
        return note is not None and note.is_explained

    def path(self, name: str, style: str) -> Path:
        """Return the file of a model in a style."""
        return self.destination.of(f"{name}_{style}" if self.style == ALL else name)


class GeneratedFile(NamedTuple):
    """The source generated from a spec, and its output file.

    Attributes:
        spec: The spec, as named on the command line.
        target: The output file.
        generated: The generated source.
    """

    spec: str
    target: Target
    generated: Generated

    def change(self, step: PlannedStep) -> str:
        """Describe a change of style, `""` if the style is unchanged."""
        note = read_note(step.before or "")
        if note is None or note.style == self.generated.style:
            return ""
        return f" ({note.style} -> {self.generated.style})"

    def detail(self, step: PlannedStep) -> str:
        """Return the style of the file, for its status line."""
        return f" ({self.generated.style})"


class Batch(NamedTuple):
    """The result of generating several specs.

    Attributes:
        results: The source of each spec that has no errors.
        diagnostics: The errors of the other specs, and all warnings.
        texts: The text of each file that has findings.
        skipped: Files that are not written, as their style cannot express the spec.
    """

    results: tuple[GeneratedFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: dict[str, str]
    skipped: tuple[SkippedFile, ...] = ()

    def of(self, step: PlannedStep) -> GeneratedFile:
        """Return the generated file that a step writes."""
        return next(result for result in self.results if result.target is step.target)

    def stale_notes(self, root: Path | None) -> list[str]:
        """Return notes on files of styles that cannot express their spec any more."""
        notes = (skipped.stale_note(root) for skipped in self.skipped)
        return [note for note in notes if note]


def find_destination(output: str | None, usual: Destination, count: int) -> Destination:
    """Determine where files are written.

    Args:
        output: The value of `-o`: a file, a directory, or `-`.
        usual: The destination without `-o`.
        count: The number of specs.

    Raises:
        UsageError: `-o` is one file and there are several specs.
    """
    if output is None:
        return usual
    separators = tuple(filter(None, (os.sep, os.altsep)))
    if output.endswith(separators) or os.path.isdir(output):
        return Destination(Path(output))
    if count > 1:
        message = f"-o {output} is one file, but there are {count} specs"
        if output == "-":
            message = f"-o - prints one file, but there are {count} specs"
        stem = Path(output).stem if Path(output).suffix else output
        directory = "models" if output == "-" else stem
        raise click.UsageError(f"{message}: use a directory, `-o {directory}{os.sep}`.")
    return (
        Destination(is_printed=True)
        if output == "-"
        else Destination(file=Path(output))
    )


def check_destination(destination: Destination, style: str, output: str | None) -> None:
    """Refuse one file for the source in every style.

    Args:
        destination: Where files are written.
        style: The style.
        output: The value of `-o`.

    Raises:
        UsageError: Several files would have this name.
    """
    if style == ALL and (destination.is_printed or destination.file is not None):
        message = f"-o {output} is one file, and each style has its own"
        help_ = f"name a directory, `-o models{os.sep}`, or one style, `--style auto`"
        raise click.UsageError(f"{message}: {help_}.")


def generate_batch(
    named: Sequence[str],
    request: GenerationRequest,
    specs: Sequence[str] = (),
    taken: dict[str, str] | None = None,
) -> Batch:
    """Generate the source of specs without writing it.

    Args:
        named: The specs, each once.
        request: The options of code generation.
        specs: More files that generated code must not overwrite.
        taken: The spec of each output path that is in use; the paths of these specs
            are added.
    """
    sources, diagnostics = find_sources(named)
    written = _generate([*sources.values()], request)
    results: list[GeneratedFile] = []
    skipped: list[SkippedFile] = []
    texts: dict[str, str] = {}
    for (name, source), styles in zip(sources.items(), written, strict=True):
        diagnostics += styles.checked.diagnostics
        if styles.checked.diagnostics:
            # A preset may have the name of a user's file, but it has no findings.
            texts.setdefault(source.path, styles.checked.text)
        for generated in styles.generated:
            path = request.path(generated.name, generated.style)
            target = Target(path, generated.text)
            results.append(GeneratedFile(name, target, generated))
        for fit in styles.unfit:
            path = request.path(styles.name, fit.style)
            skipped.append(SkippedFile(name, path, fit))
    if not request.destination.is_printed:
        all_specs = [*specs, *(source.path for source in sources.values())]
        for result in results:
            diagnostics += overwritten_specs(result.target.path, all_specs, "the code")
        diagnostics += _twice(results, {} if taken is None else taken)
    return Batch(tuple(results), tuple(diagnostics), texts, tuple(skipped))


def _generate(
    sources: Sequence[Source], request: GenerationRequest
) -> Sequence[GeneratedStyles]:
    """Generate the source of specs in the requested style, or in every style."""
    sources = [
        source._replace(
            params=request.params,
            methods=request.methods,
            is_distributed=request.is_distributed,
        )
        for source in sources
    ]
    backend, shapes, explain = request.backend, request.shapes, request.explains
    if request.style == ALL:
        return generate_styles(sources, backend=backend, shapes=shapes, explain=explain)
    style = request.style or (lambda name: _existing_style(request.destination, name))
    return [
        GeneratedStyles((generated,) if generated is not None else (), (), checked)
        for generated, checked in generate_all(
            sources, style, backend=backend, shapes=shapes, explain=explain
        )
    ]


def _existing_style(destination: Destination, name: str) -> str:
    """Return the style of the existing generated file, `""` for none."""
    note = _existing_note(destination, destination.of(name))
    return note.style if note is not None and note.style in STYLES else ""


def _existing_note(destination: Destination, path: Path) -> Note | None:
    """Return the note of the existing generated file, `None` for none."""
    if destination.is_printed:
        return None
    try:
        seen = read_existing(path, destination.root)
    except Refused:  # planning reports why
        return None
    return read_note(seen.text) if seen is not None else None


def _twice(
    results: Sequence[GeneratedFile], taken: dict[str, str]
) -> Iterator[Diagnostic]:
    """Report specs that have the same output file as another spec."""
    reported = set()
    for result in results:
        path = result.target.path
        first = taken.setdefault(os.path.normpath(path), result.spec)
        if first != result.spec and (first, result.spec) not in reported:
            reported.add((first, result.spec))
            message = f"its output file, `{path}`, is also that of `{first}`"
            help_ = "set a different `name` in one of them"
            yield Diagnostic("KS610", message, Span(result.spec), help_)
