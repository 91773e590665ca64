"""Defaults of command-line options: environment variables, then project settings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from scaffold.bounded_read import read_start
from scaffold.cli.console import fail
from scaffold.diagnostics import Diagnostic, Format, did_you_mean, suggest
from scaffold.settings import Settings, find_specs, read_settings
from scaffold.spec.limits import MAX_BYTES

STYLE = "KERAS_SCAFFOLD_STYLE"
"""The environment variable that names a style."""

BACKEND = "KERAS_SCAFFOLD_BACKEND"
"""The environment variable that names a backend."""

OUTPUT = "KERAS_SCAFFOLD_OUTPUT"
"""The environment variable that names the directory of generated files."""

SOURCES = (
    f"The defaults of --style, --backend and -o are {STYLE}, {BACKEND} and {OUTPUT} if "
    "set, else `style`, `backend` and `output` under [tool.keras-scaffold] in the "
    "nearest pyproject.toml."
)
"""The paragraph of `--help` that explains where defaults come from."""


def find_settings(form: Format = "text") -> Settings:
    """Read the project settings; exit with 1 if they have errors.

    Args:
        form: The output format of findings.
    """
    settings, diagnostics = read_settings(Path())
    if diagnostics:
        fail(diagnostics, _texts(settings), form)
    return settings


def find_named(named: Sequence[str], settings: Settings, form: Format) -> list[str]:
    """Return the specs to work on: those on the command line, else the project's.

    Exit with 1 if no file matches the patterns of the project.

    Args:
        named: The specs on the command line.
        settings: The project settings.
        form: The output format of findings.

    Returns:
        Each spec once; empty if neither the command line nor the project names any.
    """
    if named or not settings.specs:
        return list(dict.fromkeys(named))
    if specs := find_specs(settings.specs, settings.root or Path()):
        return list(specs)
    message = "no file matches `specs`"
    help_ = (
        f"patterns are relative to the directory of `{settings.path}`; links that lead "
        "out of it are not followed"
    )
    missing = Diagnostic("KS101", message, settings.specs_span, help_)
    fail([missing], _texts(settings), form)


def need_named(
    named: Sequence[str], what: str, settings: Settings, form: Format = "text"
) -> list[str]:
    """Return the specs to work on, as `find_named`; at least one is required.

    Args:
        named: The specs on the command line.
        what: The name of the argument, for the message.
        settings: The project settings.
        form: The output format of findings.

    Raises:
        UsageError: Neither the command line nor the project names a spec.
    """
    if specs := find_named(named, settings, form):
        return specs
    message = f"Missing argument '{what}', and no pyproject.toml lists `specs`."
    raise click.UsageError(message)


def configured_style(style: str | None, settings: Settings) -> str:
    """Return the configured style, `""` for none."""
    from scaffold.styles import STYLES

    known = ("auto", *STYLES, "all")
    return style or _of_environment(STYLE, known) or settings.style


def configured_backend(backend: str | None, settings: Settings) -> str:
    """Return the configured backend, `""` for none."""
    from scaffold.styles import BACKENDS

    return backend or _of_environment(BACKEND, BACKENDS) or settings.backend


def output_directory(settings: Settings) -> tuple[Path, Path | None]:
    """Return the directory for generated files, and the root that they may not leave.

    A directory from the environment may be anywhere; one from pyproject.toml must be
    below the directory of that file.
    """
    named = os.environ.get(OUTPUT)
    if named:
        if os.path.lexists(named) and not os.path.isdir(named):
            raise click.UsageError(f"{OUTPUT}: `{named}` is not a directory.")
        return Path(named), None
    if settings.output is not None:
        return settings.output, settings.root
    return Path(), None


def _of_environment(variable: str, known: Sequence[str]) -> str:
    value = os.environ.get(variable, "")
    if value in ("", *known):
        return value
    near = suggest(value, known)
    help_ = did_you_mean(near[:1], "") or f"expected one of {', '.join(known)}."
    raise click.UsageError(f"{variable} cannot be {value!r}: {help_}")


def _texts(settings: Settings) -> dict[str, str]:
    """Return the text of the settings file by its path, for excerpts in findings."""
    if settings.path is None:
        return {}
    try:
        data = read_start(settings.path, MAX_BYTES)
    except OSError:
        return {}
    text = data.decode("utf-8", "replace")
    return {str(settings.path): text.removeprefix("\ufeff")}
