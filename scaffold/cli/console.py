"""What the subcommands print: findings, notes and products."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from typing import NoReturn

import click

from scaffold.diagnostics import Diagnostic, Format, report

FOR_PROGRAMS: tuple[Format, ...] = ("json", "github")
"""The formats of findings that go to standard output."""


def say(text: str) -> None:
    """Prints a note to people, on stderr."""
    click.echo(text, err=True)


def show(
    found: Iterable[Diagnostic], sources: Mapping[str, str], form: Format = "text"
) -> None:
    """Prints findings: for programs (JSON, GitHub) on stdout, else on stderr."""
    to_program = form in FOR_PROGRAMS
    if form == "github":
        found = map(_from_workspace, found)
    stream = sys.stdout if to_program else sys.stderr
    colour = form == "text" and stream.isatty() and not os.environ.get("NO_COLOR")
    click.echo(
        report(found, form, sources, colour=colour), nl=False, err=not to_program
    )


def _from_workspace(one: Diagnostic) -> Diagnostic:
    """Names the file as GitHub does: from the repository, wherever the step runs."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if not workspace or not os.path.exists(one.span.path):
        return one
    path = os.path.relpath(os.path.realpath(one.span.path), os.path.realpath(workspace))
    if path.startswith(os.pardir):
        return one
    return one._replace(span=one.span._replace(path=path.replace(os.sep, "/")))


def fail(
    found: Iterable[Diagnostic],
    sources: Mapping[str, str] | None = None,
    form: Format = "text",
) -> NoReturn:
    """Prints findings and leaves with 1."""
    show(found, sources or {}, form)
    sys.exit(1)
