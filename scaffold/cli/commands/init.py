"""`keras-scaffold init`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import click

from scaffold.cli import completers
from scaffold.cli.console import fail, print_findings, print_status, quoted
from scaffold.cli.defaults import configured_backend, configured_style, find_settings
from scaffold.cli.sources import find_preset, find_source
from scaffold.cli.write_files import Mode, write_files, writes_files
from scaffold.diagnostics import Refused, has_errors, printable
from scaffold.kit import EDITORS, Editor, ProjectRequest, furnish
from scaffold.output import Action, PlannedStep, Target, check_directory, diff
from scaffold.pipeline import Source, advise
from scaffold.spec import preset_names
from scaffold.styles import BACKENDS, DEFAULT_BACKEND, STYLES

PRESET = "cnn"
"""The default preset."""

_COMMANDS = ("make train", "make test")
_MINIMAL_COMMANDS = (
    "make train",
    "python train.py  # with the packages of requirements.txt",
)
"""The commands to run in a new project."""

_ANSWERS: dict[str, Action] = {"replace": "force", "keep": "skip", "quit": "conflict"}


@click.command()
@click.argument(
    "directory",
    type=click.Path(path_type=Path),
    shell_complete=completers.directories,
)
@click.option(
    "--preset",
    metavar="NAME",
    shell_complete=completers.presets,
    help=f"Preset to start from.  [default: {PRESET}]",
)
@click.option(
    "--spec",
    metavar="FILE",
    shell_complete=completers.spec_files,
    help="Spec to start from, instead of a preset.",
)
@click.option(
    "--style",
    type=click.Choice(["auto", *STYLES]),
    help="Style of the generated code; auto selects the simplest one that can express "
    "the model.  [default: auto]",
)
@click.option(
    "--backend",
    type=click.Choice(BACKENDS),
    help=f"Keras backend.  [default: {DEFAULT_BACKEND}]",
)
@click.option(
    "--editor",
    type=click.Choice(EDITORS),
    help="Editor to configure for the tasks of the project.  [default: vscode, or none "
    "with --minimal]",
)
@click.option(
    "--ci", type=click.Choice(["github"]), help="Add a CI workflow that runs the tests."
)
@click.option("--docker", is_flag=True, help="Add a Dockerfile.")
@click.option(
    "--minimal",
    is_flag=True,
    help="Only write the spec, its code, a script that trains it, and how to run it.",
)
@writes_files(replaces="existing files", checks="")
@click.option("--skip", is_flag=True, help="Keep existing files, add the others.")
@click.option("--defaults", is_flag=True, help="Use the defaults, without prompts.")
def init(
    directory: Path,
    preset: str | None,
    spec: str | None,
    style: str | None,
    backend: str | None,
    editor: str | None,
    ci: str | None,
    docker: bool,
    minimal: bool,
    skip: bool,
    defaults: bool,
    mode: Mode,
) -> None:
    """Create a project that trains a model, in DIRECTORY.

    The Python package has the name of the directory. --minimal writes six files
    without a package. On a terminal, prompt for preset, style and backend unless they
    are set. Existing files are never replaced without asking, and either all files are
    written or none.
    """
    settings = find_settings()
    style = configured_style(style, settings) or None
    if style == "all":  # a project has one model, in one style
        style = None
    backend = configured_backend(backend, settings) or None
    if preset is not None and spec is not None:
        raise click.UsageError("--preset and --spec cannot be used together.")
    if mode.force and skip:
        raise click.UsageError("--force and --skip cannot be used together.")
    for option, is_set in (("--ci", ci), ("--docker", docker)):
        if minimal and is_set:
            message = "a minimal project has no tests and no command"
            raise click.UsageError(
                f"{option} needs a project without --minimal: {message}."
            )
    asks = sys.stdin.isatty() and sys.stderr.isatty() and not defaults
    if preset is None and spec is None:
        preset = _ask("preset", preset_names(), PRESET) if asks else PRESET
    source = _find(preset, spec)
    if asks and style is None:
        style = _ask_style(source)
    if asks and backend is None:
        backend = _ask("backend", BACKENDS, DEFAULT_BACKEND)
    request = ProjectRequest(
        directory,
        source,
        preset or "",
        style or "auto",
        backend or DEFAULT_BACKEND,
        cast(Editor, editor or ("none" if minimal else "vscode")),
        ci or "",
        docker,
        minimal,
    )
    settle = _settle(asks=asks and not mode.is_trial, skip=skip)
    if write_files(_furnish(request), mode, root=directory, settle=settle):
        is_here = directory == Path()
        prefix = "" if is_here else f"cd {printable(quoted(directory))} && "
        commands = _MINIMAL_COMMANDS if minimal else _COMMANDS
        for command in commands:
            print_status(f"     next  {prefix}{command}")


def _find(preset: str | None, spec: str | None) -> Source:
    try:
        return find_source(spec) if spec is not None else find_preset(preset or PRESET)
    except Refused as refused:
        fail(refused.diagnostics)


def _furnish(request: ProjectRequest) -> tuple[Target, ...]:
    try:
        check_directory(request.directory)
        targets, checked = furnish(request)
    except Refused as refused:
        fail(refused.diagnostics)
    sources = {request.source.path: checked.text}
    if targets is None:
        fail(checked.diagnostics, sources)
    print_findings(checked.diagnostics, sources)
    return targets


def _ask(what: str, choices: tuple[str, ...], usual: str) -> str:
    answer = click.prompt(what, type=click.Choice(choices), default=usual, err=True)
    return str(answer)


def _ask_style(source: Source) -> str:
    """Prompt for one of the styles that can express the spec."""
    advice, checked = advise(source)
    if advice is None or has_errors(checked.diagnostics):
        return "auto"  # `_furnish` reports the errors of the spec
    possible = tuple(fit.style for fit in advice.fits if not fit.obstacles)
    return _ask("style", possible, advice.style) if len(possible) > 1 else "auto"


def _settle(*, asks: bool, skip: bool) -> Callable[[PlannedStep], Action]:
    """Return the function that decides the action for an existing file."""

    def ask(step: PlannedStep) -> Action:
        print_status(f" conflict  {printable(str(step.target.path))}")
        while True:
            answer = _ask("existing file", (*_ANSWERS, "diff"), "quit")
            if answer in _ANSWERS:
                return _ANSWERS[answer]
            click.echo(diff(step._replace(action="force")), err=True, nl=False)

    if asks:
        return ask
    return lambda step: "skip" if skip else "conflict"
