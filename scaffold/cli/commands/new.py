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
from scaffold.cli.console import (
    FOR_PROGRAMS,
    fail,
    print_findings,
    print_status,
    quoted,
)
from scaffold.cli.defaults import (
    SOURCES,
    configured_backend,
    configured_style,
    find_named,
    find_settings,
    output_directory,
)
from scaffold.cli.generating import (
    ALL,
    Batch,
    Destination,
    GeneratedFile,
    GenerationRequest,
    check_destination,
    find_destination,
    generate_batch,
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
    "layer": "Generate a custom layer.",
    "loss": "Generate a custom loss.",
    "metric": "Generate a custom metric.",
    "callback": "Generate a custom callback.",
}
"""The kinds of parts, which are subcommands of `new`, with one-line help."""


class New(click.Command):
    """A command that runs a subcommand if its first argument is a kind of part."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Parse the command line, with the command of a part if there is one."""
        if not args or args[0] not in PARTS:
            return super().make_context(info_name, args, parent, **extra)
        from scaffold.cli.new_part import part_command

        kind, *part_args = args
        command = part_command(kind, PARTS[kind])
        return command.make_context(f"{info_name} {kind}", part_args, parent, **extra)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the text after the command name in the line `Usage:`."""
        return ["[OPTIONS] [SPEC...]"]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Describe where defaults come from, and list the parts."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(SOURCES)
        with formatter.section("Parts (`keras-scaffold new layer --help`)"):
            formatter.write_dl([(f"{kind} NAME", text) for kind, text in PARTS.items()])


def _specs_or_parts(
    ctx: click.Context, param: click.Parameter, typed: str
) -> list[CompletionItem[str]]:
    """Complete a spec; as the first argument, also a kind of part."""
    parts = PARTS if completers.is_first(ctx) else {}
    return [
        *completers.specs(ctx, param, typed),
        *(
            CompletionItem(kind, help=text)
            for kind, text in parts.items()
            if kind.startswith(typed)
        ),
    ]


@click.command(cls=New)
@click.argument("specs", metavar="[SPEC...]", nargs=-1, shell_complete=_specs_or_parts)
@click.option(
    "--style",
    type=click.Choice(["auto", *STYLES, ALL]),
    help="Style of the generated code; auto selects the simplest one that can express "
    "the model, all writes <name>_<style>.py for each one that can.  "
    "[default: style of the existing file, else auto]",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR/",
    shell_complete=completers.files,
    help="Output file or directory, or - for standard output.  [default: <name>.py]",
)
@writes_files()
@click.option(
    "--watch", "watches", is_flag=True, help="Regenerate whenever a spec changes."
)
@click.option("--shapes", is_flag=True, help="Add shapes as comments (requires Keras).")
@click.option(
    "--explain/--no-explain",
    "explain",
    default=None,
    help="Add comments on what the style needs, and why.  "
    "[default: as in the existing file, else off]",
)
@sets_params
@click.option(
    "--with",
    "methods",
    type=Methods(),
    multiple=True,
    shell_complete=completers.methods,
    help=f"Override methods of the model, for you to edit: {', '.join(METHODS)}.",
)
@click.option(
    "--backend",
    type=click.Choice(BACKENDS),
    help="Backend of overridden methods; other code runs on every backend.  "
    f"[default: {DEFAULT_BACKEND}]",
)
@click.option(
    "--distributed",
    "is_distributed",
    is_flag=True,
    help="Write overridden methods for several devices (tf.distribute).",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Format)),
    default="text",
    show_default=True,
    help="Output format of findings; json and github go to standard output.",
)
@click.option(
    "--schema",
    "names_schema",
    is_flag=True,
    help="Also name the schema in the first line of each spec, for editors.",
)
@click.option(
    "--exit-non-zero-on-change",
    "tells_change",
    is_flag=True,
    help="Exit with 1 if a file was written.",
)
def new(
    specs: tuple[str, ...],
    style: str | None,
    output: str | None,
    watches: bool,
    shapes: bool,
    explain: bool | None,
    params: tuple[tuple[str, str], ...],
    methods: tuple[tuple[str, ...], ...],
    backend: str | None,
    is_distributed: bool,
    form: Format,
    names_schema: bool,
    tells_change: bool,
    mode: Mode,
) -> None:
    """Generate Keras source code from specs, or a custom part.

    SPEC is a file (YAML, JSON or TOML), the name of a preset, or - for standard input.
    Without SPEC, the files that match `specs` in pyproject.toml are used, else the
    preset linear_regression. Either all files are written or none. If the first
    argument is one of the parts below, that part is generated; write ./layer for a
    file of that name.
    """
    check_usage(output, mode, watches)
    _check_part_names(specs)
    _check_form(
        form, {"-o -": output == "-", "--diff": mode.as_diff, "--watch": watches}
    )
    settings = find_settings(form)
    named = find_named(specs, settings, form)
    if names_schema:
        _check_schema(named, mode, watches=watches, is_printed=output == "-")
    directory, root = output_directory(settings)
    written_style = configured_style(style, settings)
    destination = find_destination(
        output, Destination(directory, root=root), len(named)
    )
    check_destination(destination, written_style, output)
    request = GenerationRequest(
        destination,
        written_style,
        configured_backend(backend, settings) or DEFAULT_BACKEND,
        shapes,
        params,
        tuple(chain.from_iterable(methods)),
        explain,
        is_distributed,
    )
    if watches:
        if mode.is_trial or tells_change:
            options = "--pretend, --diff, --check or --exit-non-zero-on-change"
            raise click.UsageError(f"--watch cannot be used with {options}.")
        from scaffold.cli.watching import watch

        watch(named, request, force=mode.force, form=form)
    batch = _generate(named, request, form)
    if names_schema:
        from scaffold.cli.schema_lines import name_schema

        name_schema(named, settings.root, mode)
    if request.destination.is_printed:
        print_findings(batch.diagnostics, batch.texts, form)
        print_source(batch.results[0].generated.text)
        return
    steps = write_files(
        [result.target for result in batch.results],
        mode,
        change=lambda step: batch.of(step).change(step),
        detail=lambda step: batch.of(step).detail(step),
        root=request.destination.root,
        show_findings=lambda diagnostics: print_findings(
            [*batch.diagnostics, *diagnostics], batch.texts, form
        ),
        stale=batch.stale_notes(request.destination.root),
    )
    for skipped in batch.skipped:
        print_status(skipped.note(request.destination.root))
    if len(steps) == 1:
        _say_next(batch.results[0])
    elif len(named) == 1 and named[0] != "-" and steps:
        spec = printable(quoted(Path(named[0])))
        print_status(f"     next  keras-scaffold compare {spec}")
    if tells_change and any(step.writes for step in steps):
        sys.exit(1)


def _check_schema(
    named: Sequence[str], mode: Mode, *, watches: bool, is_printed: bool
) -> None:
    """Refuse `--schema` with options that leave specs alone, and without a file."""
    from scaffold.cli.schema_lines import check_spec_files

    if watches or is_printed or mode.only_check:
        options = "--check, --watch or -o -"
        raise click.UsageError(f"--schema cannot be used with {options}.")
    check_spec_files(named)


def _check_part_names(specs: Sequence[str]) -> None:
    """Refuse a kind of part that is not the first argument, unless it is a file."""
    for part in PARTS:
        if part in specs and not Path(part).exists():
            message = f"there is no file `{part}`; to generate a {part}, write"
            raise click.UsageError(f"{message} `keras-scaffold new {part} NAME`.")


def _check_form(form: Format, options: Mapping[str, bool]) -> None:
    """Refuse a format for programs with an option that also uses standard output."""
    for option, is_set in options.items():
        if is_set and form in FOR_PROGRAMS:
            message = f"--format {form} cannot be used with {option}"
            raise click.UsageError(f"{message}: findings need standard output.")


def _generate(named: Sequence[str], request: GenerationRequest, form: Format) -> Batch:
    """Generate all sources; print the findings and exit with 1 if there are errors."""
    if not named:
        print_status(
            f"no spec given: using the preset {DEFAULT} (`keras-scaffold presets`)"
        )
    batch = generate_batch(named or [DEFAULT], request)
    if has_errors(batch.diagnostics):
        fail(batch.diagnostics, batch.texts, form)
    return batch


def _say_next(result: GeneratedFile) -> None:
    """Print what to run next, unless the file is part of a package."""
    path = result.target.path
    if not (path.parent / "__init__.py").exists():
        command = _next(path, is_runnable=result.generated.is_runnable)
        print_status(f"     next  {printable(command)}")


def _next(path: Path, *, is_runnable: bool) -> str:
    """Return the command to run next: training if there is any, else a summary."""
    file, directory = quoted(path), quoted(path.parent)
    if is_runnable:
        return f"python {file}"
    statements = f"import {path.stem}; {path.stem}.build_model().summary()"
    is_importable = path.stem.isidentifier() and not iskeyword(path.stem)
    if not is_importable or path.suffix != ".py":
        return f"python -i {file}"
    change_directory = "" if path.parent == Path() else f"cd {directory} && "
    return f'{change_directory}python -c "{statements}"'
