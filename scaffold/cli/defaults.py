"""What holds where the command line says nothing: the environment, then the project."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from scaffold.bounded_read import read_start
from scaffold.cli.console import fail
from scaffold.diagnostics import Diagnostic, Format, did_you_mean, suggest
from scaffold.settings import Settings, find_specs, read_settings
from scaffold.spec.limits import MOST_BYTES

STYLE = "KERAS_SCAFFOLD_STYLE"
"""The environment variable that names a style."""

BACKEND = "KERAS_SCAFFOLD_BACKEND"
"""The environment variable that names a backend."""

OUTPUT = "KERAS_SCAFFOLD_OUTPUT"
"""The environment variable that names the directory of generated files."""

SOURCES = (
    f"Where --style, --backend and -o are not given, {STYLE}, {BACKEND} and {OUTPUT} "
    "say them, else `style`, `backend` and `output` under [tool.keras-scaffold] in the "
    "nearest pyproject.toml."
)
"""What help says of where defaults come from."""


def find_settings(form: Format = "text") -> Settings:
    """Read the project's settings, and exit with 1 where they are wrong.

    Args:
        form: How findings are written.
    """
    settings, diagnostics = read_settings(Path())
    if diagnostics:
        fail(diagnostics, _texts(settings), form)
    return settings


def find_named(named: Sequence[str], settings: Settings, form: Format) -> list[str]:
    """Return the specs to work on: those that were named, else the project's.

    Leaves with 1 where no file fits the project's patterns.

    Args:
        named: What the user named.
        settings: What the project says.
        form: How findings are written.

    Returns:
        Each spec once; none where neither the user nor the project names any.
    """
    if named or not settings.specs:
        return list(dict.fromkeys(named))
    if specs := find_specs(settings.specs, settings.root or Path()):
        return list(specs)
    message = "no file fits `specs`"
    help_ = (
        f"patterns are relative to the directory of `{settings.path}`, and links that "
        "lead out of it are not followed"
    )
    missing = Diagnostic("KS101", message, settings.specs_span, help_)
    fail([missing], _texts(settings), form)


def need_named(
    named: Sequence[str], what: str, settings: Settings, form: Format = "text"
) -> list[str]:
    """Return the specs to work on, as `find_named`; none at all are wrong usage.

    Args:
        named: What the user named.
        what: What the command calls it.
        settings: What the project says.
        form: How findings are written.

    Raises:
        UsageError: Neither the user nor the project names any.
    """
    if specs := find_named(named, settings, form):
        return specs
    message = f"Missing argument '{what}', and no pyproject.toml lists `specs`."
    raise click.UsageError(message)


def settle_style(style: str | None, settings: Settings) -> str:
    """Return the style that was asked for, `""` for none."""
    from scaffold.styles import STYLES

    return style or _of_environment(STYLE, ("auto", *STYLES)) or settings.style


def settle_backend(backend: str | None, settings: Settings) -> str:
    """Return the backend that was asked for, `""` for none."""
    from scaffold.styles import BACKENDS

    return backend or _of_environment(BACKEND, BACKENDS) or settings.backend


def settle_directory(settings: Settings) -> tuple[Path, Path | None]:
    """Return the directory for generated files, and the one that it may not leave.

    What the user names may be anywhere; what a file names stays below that file.
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
    help_ = did_you_mean(near[:1], "") or f"known: {', '.join(known)}."
    raise click.UsageError(f"{variable} cannot be {value!r}: {help_}")


def _texts(settings: Settings) -> dict[str, str]:
    """Return the text that findings about the settings are in."""
    if settings.path is None:
        return {}
    try:
        data = read_start(settings.path, MOST_BYTES)
    except OSError:
        return {}
    text = data.decode("utf-8", "replace")
    return {str(settings.path): text.removeprefix("\ufeff")}
