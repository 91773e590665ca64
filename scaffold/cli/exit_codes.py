"""How a command ends: what is said, and with which exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from typing import NoReturn

import click

from scaffold.cli.streams import OUTPUT


def code_of(step: Callable[[], int]) -> int:
    """Return the exit code that a step ends with, whatever happens in it."""
    try:
        return step()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else bool(ended.code)
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        return 130
    except BrokenPipeError:
        return 0  # whoever read our output has seen enough
    except Exception as error:
        # The last resort: no user of a command should have to read a traceback.
        return _fault(error)


def interrupted() -> NoReturn:
    """Leave as what a Ctrl-C ends does."""
    click.echo("interrupted", err=True)
    sys.exit(130)


def _fault(error: Exception) -> int:
    """Describe why a command cannot go on, and return its exit code.

    What the system refuses is no fault of ours, and neither is a catalogue of the
    user's that cannot be read.
    """
    from scaffold.catalogue import CatalogueError
    from scaffold.diagnostics import printable

    if os.environ.get("KERAS_SCAFFOLD_DEBUG"):
        raise error
    if isinstance(error, CatalogueError):
        click.echo(f"keras-scaffold: {printable(str(error))}", err=True)
        return 2
    if why := printable(_refused(error)):
        click.echo(f"keras-scaffold cannot go on: {why}", err=True)
        return 1
    click.echo(
        f"keras-scaffold failed, and that is its own fault: {type(error).__name__}: "
        f"{error}\nPlease report it together with your spec;\n"
        "KERAS_SCAFFOLD_DEBUG=1 shows where it happened.",
        err=True,
    )
    return 3


def _refused(error: Exception) -> str:
    """Describe what the system refuses, and of which file; `""` for a fault of ours."""
    from scaffold.output.errors import words

    if isinstance(error, MemoryError):
        return "there is not enough memory"
    if isinstance(error, ImportError):
        is_ours = (error.name or "").partition(".")[0] == "scaffold"
        return "" if is_ours else f"a package cannot be imported: {error}"
    if not isinstance(error, OSError):
        return ""
    if error.filename == OUTPUT:
        if error.errno == errno.EBADF:
            return "standard output is closed"
        return f"standard output cannot be written: {words(error)}"
    why = words(error)
    if error.errno == errno.ENOENT:
        why = (error.strerror or why).lower()
    if error.filename is not None:
        return f"{why} (`{error.filename}`)"
    try:
        os.getcwd()
    except OSError:
        return "the working directory is gone"
    return why
