"""`keras-scaffold new`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from itertools import chain
from keyword import iskeyword
from pathlib import Path
from typing import Any, get_args

import click
from click.shell_completion import CompletionItem

from scaffold.cli import completers
from scaffold.cli.console import FOR_PROGRAMS, fail, quoted, say, show
from scaffold.cli.defaults import (
    SOURCES,
    find_named,
    find_settings,
    settle_backend,
    settle_directory,
    settle_style,
)
from scaffold.cli.generating import (
    Batch,
    Destination,
    GeneratedFile,
    GenerationRequest,
    find_place,
    make,
)
from scaffold.cli.param_types import Methods, sets_params
from scaffold.cli.write_files import (
    Mode,
    check_usage,
    print_source,
    write_files,
    writes_files,
)
from scaffold.diagnostics import Format, has_errors, printable
from scaffold.ir.hooks import METHODS
from scaffold.spec import DEFAULT
from scaffold.styles import BACKENDS, DEFAULT_BACKEND, STYLES

PARTS = {
    "layer": "Write a layer of your own.",
    "loss": "Write a loss of your own.",
    "metric": "Write a metric of your own.",
    "callback": "Write a callback of your own.",
}
"""The parts that are written where their word comes first, with one-line help."""


class New(click.Command):
    """A command that hands on to another one where its first word is a part's."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Read the command line, or have the command for that part read it."""
        if not args or args[0] not in PARTS:
            return super().make_context(info_name, args, parent, **extra)
        from scaffold.cli.new_part import part_command

        kind, *rest = args
        command = part_command(kind, PARTS[kind])
        return command.make_context(f"{info_name} {kind}", rest, parent, **extra)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what stands in the line `Usage:`."""
        return ["[OPTIONS] [SPEC...]"]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Describe where defaults come from, and list the parts."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(SOURCES)
        with formatter.section("Parts (`keras-scaffold new layer --help`)"):
            formatter.write_dl([(f"{kind} NAME", text) for kind, text in PARTS.items()])


def _words(
    ctx: click.Context, param: click.Parameter, typed: str
) -> list[CompletionItem[str]]:
    """Complete a spec, or the word that comes first and asks for a part."""
    first = PARTS if completers.is_first(ctx) else {}
    return [
        *completers.specs(ctx, param, typed),
        *(
            CompletionItem(kind, help=text)
            for kind, text in first.items()
            if kind.startswith(typed)
        ),
    ]


@click.command(cls=New)
@click.argument("specs", metavar="[SPEC...]", nargs=-1, shell_complete=_words)
@click.option(
    "--style",
    type=click.Choice(["auto", *STYLES]),
    help="How the model is written; auto takes the simplest that can say it.  "
    "[default: as the file that is there, else auto]",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR/",
    shell_complete=completers.files,
    help="Where to, - for standard output.  [default: <name>.py here]",
)
@writes_files()
@click.option(
    "--watch", "watches", is_flag=True, help="Write again whenever a spec changes."
)
@click.option(
    "--shapes", is_flag=True, help="Say every shape in a comment (asks Keras)."
)
@sets_params
@click.option(
    "--with",
    "methods",
    type=Methods(),
    multiple=True,
    shell_complete=completers.methods,
    help=f"Write methods out, to be changed: {', '.join(METHODS)}.",
)
@click.option(
    "--backend",
    type=click.Choice(BACKENDS),
    help="What steps of training are written for; all else runs on any.  "
    f"[default: {DEFAULT_BACKEND}]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Format)),
    default="text",
    show_default=True,
    help="How findings are written; json and github go to standard output.",
)
@click.option(
    "--exit-non-zero-on-change",
    "tells_change",
    is_flag=True,
    help="Exit 1 if a file was written.",
)
def new(
    specs: tuple[str, ...],
    style: str | None,
    output: str | None,
    watches: bool,
    shapes: bool,
    params: tuple[tuple[str, str], ...],
    methods: tuple[tuple[str, ...], ...],
    backend: str | None,
    form: Format,
    tells_change: bool,
    mode: Mode,
) -> None:
    """Write Keras source from specs, or a part of your own.

    SPEC is a file (YAML, JSON or TOML), a preset's name, or - for standard input.
    Without one, it is what `specs` in pyproject.toml names, else the preset
    linear_regression. All files are written, or none. A word of those below, put
    first, writes a part; a file of that name is reached by ./layer.
    """
    check_usage(output, mode, watches)
    _check_words(specs)
    _check_form(
        form, {"-o -": output == "-", "--diff": mode.as_diff, "--watch": watches}
    )
    settings = find_settings(form)
    named = find_named(specs, settings, form)
    directory, root = settle_directory(settings)
    request = GenerationRequest(
        find_place(output, Destination(directory, root=root), len(named)),
        settle_style(style, settings),
        settle_backend(backend, settings) or DEFAULT_BACKEND,
        shapes,
        params,
        tuple(chain.from_iterable(methods)),
    )
    if watches:
        if mode.is_trial or tells_change:
            message = "--watch writes files until it is interrupted"
            raise click.UsageError(f"{message}: leave the other option out.")
        from scaffold.cli.watching import watch

        watch(named, request, force=mode.force, form=form)
    batch = _generate(named, request, form)
    if request.place.is_printed:
        show(batch.diagnostics, batch.texts, form)
        print_source(batch.results[0].generated.text)
        return
    steps = write_files(
        [result.target for result in batch.results],
        mode,
        change=lambda step: batch.of(step).change(step),
        detail=lambda step: batch.of(step).detail(step),
        root=request.place.root,
        show_found=lambda diagnostics: show(
            [*batch.diagnostics, *diagnostics], batch.texts, form
        ),
    )
    if len(steps) == 1:
        _say_next(batch.results[0])
    if tells_change and any(step.writes for step in steps):
        sys.exit(1)


def _check_words(specs: Sequence[str]) -> None:
    """Refuse the word of a part behind another one, unless it is a file."""
    for part in PARTS:
        if part in specs and not Path(part).exists():
            message = f"`{part}` is no file here, and the word of a part comes first"
            raise click.UsageError(f"{message}: `keras-scaffold new {part} NAME`.")


def _check_form(form: Format, others: Mapping[str, bool]) -> None:
    """Refuse a format for programs where something else is on standard output."""
    for option, is_given in others.items():
        if is_given and form in FOR_PROGRAMS:
            message = f"--format {form} gives one answer on standard output"
            raise click.UsageError(f"{message}: leave {option} out.")


def _generate(named: Sequence[str], request: GenerationRequest, form: Format) -> Batch:
    """Generate all sources; print the findings, and exit with 1 after an error."""
    if not named:
        say(f"no spec given: using the preset {DEFAULT} (`keras-scaffold presets`)")
    batch = make(named or [DEFAULT], request)
    if has_errors(batch.diagnostics):
        fail(batch.diagnostics, batch.texts, form)
    return batch


def _say_next(result: GeneratedFile) -> None:
    """Describe what to run next; a package has ways of its own to go on."""
    path = result.target.path
    if not (path.parent / "__init__.py").exists():
        command = _next(path, is_runnable=result.generated.is_runnable)
        say(f"     next  {printable(command)}")


def _next(path: Path, *, is_runnable: bool) -> str:
    """Return the command to run next: training where there is some, else a look."""
    file, directory = quoted(path), quoted(path.parent)
    if is_runnable:
        return f"python {file}"
    look = f"import {path.stem}; {path.stem}.build_model().summary()"
    is_importable = path.stem.isidentifier() and not iskeyword(path.stem)
    if not is_importable or path.suffix != ".py":
        return f"python -i {file}"
    place = "" if path.parent == Path() else f"cd {directory} && "
    return f'{place}python -c "{look}"'
