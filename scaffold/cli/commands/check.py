"""`keras-scaffold check`."""

from __future__ import annotations

import sys
from typing import get_args

import click

from scaffold.cli import completers
from scaffold.cli.console import print_findings, print_status
from scaffold.cli.defaults import find_settings, need_named
from scaffold.cli.sources import find_sources
from scaffold.diagnostics import Format, has_errors
from scaffold.pipeline import Checked, infer
from scaffold.pipeline import check as check_spec
from scaffold.settings import Settings


@click.command()
@click.argument("specs", metavar="[SPEC...]", nargs=-1, shell_complete=completers.specs)
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Format)),
    default="text",
    show_default=True,
    help="Output format of findings; json and github go to standard output.",
)
@click.option(
    "--build", is_flag=True, help="Also use Keras to find shapes that do not match."
)
def check(specs: tuple[str, ...], form: Format, build: bool) -> None:
    """Check specs for errors and warnings.

    SPEC is a file (YAML, JSON or TOML), the name of a preset, or - for standard input.
    Without SPEC, the files that match `specs` in pyproject.toml are checked. Exits with
    1 if there are errors.
    """
    # The settings are only needed for their `specs`.
    settings = Settings() if specs else find_settings(form)
    paths = need_named(specs, "SPEC...", settings, form)
    sources, diagnostics = find_sources(paths)
    texts: dict[str, str] = {}
    sound: list[tuple[str, Checked]] = []
    for source in sources.values():
        checked = check_spec(source)
        diagnostics += checked.diagnostics
        if not has_errors(checked.diagnostics):
            sound.append((source.path, checked))
        if checked.diagnostics or build:
            # A preset may have the name of a user's file, but it has no findings.
            texts.setdefault(source.path, checked.text)
    if build and sound:
        diagnostics += (
            diagnostic for built in infer(sound) for diagnostic in built.diagnostics
        )
    print_findings(diagnostics, texts, form)
    if form == "text" and not diagnostics:
        print_status(f"{len(paths)} spec{'s' * (len(paths) != 1)} checked, no findings")
    elif form == "text":
        print_status(f"{len(diagnostics)} finding{'s' * (len(diagnostics) != 1)}")
    sys.exit(has_errors(diagnostics))
