"""`keras-scaffold init`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import click

from scaffold.cli import completers
from scaffold.cli.console import fail, quoted, say, show
from scaffold.cli.defaults import find_settings, settle_backend, settle_style
from scaffold.cli.sources import find_preset, find_source
from scaffold.cli.write_files import Mode, write_files, writes_files
from scaffold.diagnostics import Refused, has_errors, printable
from scaffold.kit import EDITORS, Editor, ProjectRequest, furnish
from scaffold.output import Action, PlannedStep, Target, check_place, diff
from scaffold.pipeline import Source, compare
from scaffold.spec import preset_names
from scaffold.styles import BACKENDS, DEFAULT_BACKEND, STYLES

PRESET = "cnn"
"""The preset that is taken where nothing is said."""

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
    help=f"The preset to begin with. [{PRESET}]",
)
@click.option(
    "--spec",
    metavar="FILE",
    shell_complete=completers.spec_files,
    help="A spec of your own to begin with.",
)
@click.option(
    "--style",
    type=click.Choice(["auto", *STYLES]),
    help="How the model is written; auto takes the simplest that can say it. [auto]",
)
@click.option(
    "--backend",
    type=click.Choice(BACKENDS),
    help=f"What runs the model. [{DEFAULT_BACKEND}]",
)
@click.option(
    "--editor",
    type=click.Choice(EDITORS),
    default="vscode",
    show_default=True,
    help="The editor that is told of the project's tasks.",
)
@click.option(
    "--ci", type=click.Choice(["github"]), help="Add a workflow that tests it."
)
@click.option("--docker", is_flag=True, help="Add a Dockerfile.")
@writes_files(replaces="files that are there", checks="")
@click.option("--skip", is_flag=True, help="Keep files that are there, add the others.")
@click.option("--defaults", is_flag=True, help="Ask nothing.")
def init(
    directory: Path,
    preset: str | None,
    spec: str | None,
    style: str | None,
    backend: str | None,
    editor: str,
    ci: str | None,
    docker: bool,
    skip: bool,
    defaults: bool,
    mode: Mode,
) -> None:
    """Begin a project that trains a model, in DIRECTORY.

    Its package is called like the directory. On a terminal it asks what is not said.
    Files that are there are never replaced unasked, and either all is written or
    nothing.
    """
    settings = find_settings()
    style = settle_style(style, settings) or None
    backend = settle_backend(backend, settings) or None
    if preset is not None and spec is not None:
        raise click.UsageError("--preset and --spec exclude each other.")
    if mode.force and skip:
        raise click.UsageError("--force and --skip exclude each other.")
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
        cast(Editor, editor),
        ci or "",
        docker,
    )
    settle = _settle(asks=asks and not mode.is_trial, skip=skip)
    if write_files(_furnish(request), mode, root=directory, settle=settle):
        place = "" if directory == Path() else f"cd {printable(quoted(directory))} && "
        say(f"     next  {place}make train\n     next  {place}make test")


def _find(preset: str | None, spec: str | None) -> Source:
    try:
        return find_source(spec) if spec is not None else find_preset(preset or PRESET)
    except Refused as refused:
        fail(refused.diagnostics)


def _furnish(request: ProjectRequest) -> tuple[Target, ...]:
    try:
        check_place(request.directory)
        targets, checked = furnish(request)
    except Refused as refused:
        fail(refused.diagnostics)
    sources = {request.source.path: checked.text}
    if targets is None:
        fail(checked.diagnostics, sources)
    show(checked.diagnostics, sources)
    return targets


def _ask(what: str, choices: tuple[str, ...], usual: str) -> str:
    answer = click.prompt(what, type=click.Choice(choices), default=usual, err=True)
    return str(answer)


def _ask_style(source: Source) -> str:
    """Ask for a style, of those that can say the spec."""
    advice, checked = compare(source)
    if advice is None or has_errors(checked.diagnostics):
        return "auto"  # what is wrong with the spec is said in a moment
    able = tuple(fit.style for fit in advice.fits if not fit.obstacles)
    return _ask("style", able, advice.style) if len(able) > 1 else "auto"


def _settle(*, asks: bool, skip: bool) -> Callable[[PlannedStep], Action]:
    """Return what says what becomes of a file that is there."""

    def ask(step: PlannedStep) -> Action:
        say(f" conflict  {printable(str(step.target.path))}")
        while True:
            answer = _ask("replace it, keep it", (*_ANSWERS, "diff"), "quit")
            if answer in _ANSWERS:
                return _ANSWERS[answer]
            click.echo(diff(step._replace(action="force")), err=True, nl=False)

    if asks:
        return ask
    return lambda step: "skip" if skip else "conflict"
