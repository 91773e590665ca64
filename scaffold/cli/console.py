"""Print the output of the subcommands: findings, status lines and generated text."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from shlex import quote
from typing import NoReturn

import click

from scaffold.diagnostics import Diagnostic, Format, report

FOR_PROGRAMS: tuple[Format, ...] = ("json", "github")
"""The formats of findings that are written to standard output."""


def print_status(text: str) -> None:
    """Print a status line to stderr."""
    click.echo(text, err=True)


def quoted(path: Path) -> str:
    """Quote a path for a shell, so that it is one argument and not an option."""
    return quote(f"./{path}" if str(path).startswith("-") else str(path))


def print_findings(
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, str],
    form: Format = "text",
    *,
    is_product: bool = False,
) -> None:
    """Print findings: to stdout in formats for programs (JSON, GitHub), else to stderr.

    Args:
        diagnostics: The findings.
        sources: The text of each file that has findings, by path.
        form: The output format.
        is_product: Whether the findings are the main output of the command; then they
            go to stdout in every format.
    """
    to_stdout = is_product or form in FOR_PROGRAMS
    if form == "github":
        diagnostics = map(_from_workspace, diagnostics)
    stream = sys.stdout if to_stdout else sys.stderr
    colour = form == "text" and stream.isatty() and not os.environ.get("NO_COLOR")
    click.echo(
        report(diagnostics, form, sources, colour=colour), nl=False, err=not to_stdout
    )


def _from_workspace(diagnostic: Diagnostic) -> Diagnostic:
    """Make the path relative to the repository, as GitHub expects it."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if not workspace or not os.path.exists(diagnostic.span.path):
        return diagnostic
    try:
        real = os.path.realpath(diagnostic.span.path)
        path = os.path.relpath(real, os.path.realpath(workspace))
    except ValueError:  # it is on another drive
        return diagnostic
    if path.startswith(os.pardir):
        return diagnostic
    return diagnostic._replace(
        span=diagnostic.span._replace(path=path.replace(os.sep, "/"))
    )


def fail(
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, str] | None = None,
    form: Format = "text",
) -> NoReturn:
    """Print findings, and exit with 1."""
    print_findings(diagnostics, sources or {}, form)
    sys.exit(1)
