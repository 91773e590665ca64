"""How a command ends: the last message and the exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from typing import NoReturn

import click

from scaffold.cli.streams import OUTPUT


def code_of(step: Callable[[], int]) -> int:
    """Run a step and return its exit code; turn every exception into one."""
    try:
        return step()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else bool(ended.code)
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        return 130
    except BrokenPipeError:
        return 0  # the reader of the output has closed it, as `head` does
    except Exception as error:
        # The last resort: users must not see a traceback.
        return _fault(error)


def interrupted() -> NoReturn:
    """Exit as a process that Ctrl-C ends."""
    click.echo("interrupted", err=True)
    sys.exit(130)


def _fault(error: Exception) -> int:
    """Print why a command cannot continue, and return its exit code.

    An error of the operating system is not an internal error, and neither is a
    catalogue of the user's that cannot be read.
    """
    from scaffold.catalogue import CatalogueError
    from scaffold.diagnostics import printable

    if os.environ.get("KERAS_SCAFFOLD_DEBUG"):
        raise error
    if isinstance(error, CatalogueError):
        click.echo(f"keras-scaffold: {printable(str(error))}", err=True)
        return 2
    if why := printable(_refused(error)):
        click.echo(f"keras-scaffold: {why}", err=True)
        return 1
    click.echo(
        f"keras-scaffold: internal error: {type(error).__name__}: {error}\n"
        "This is a bug. Please report it and attach your spec.\n"
        "Set KERAS_SCAFFOLD_DEBUG=1 to see the traceback.",
        err=True,
    )
    return 3


def _refused(error: Exception) -> str:
    """Describe an error of the operating system; `""` for an internal error."""
    from scaffold.output.errors import describe

    if isinstance(error, MemoryError):
        return "not enough memory"
    if isinstance(error, ImportError):
        is_ours = (error.name or "").partition(".")[0] == "scaffold"
        return "" if is_ours else f"a package cannot be imported: {error}"
    if not isinstance(error, OSError):
        return ""
    if error.filename == OUTPUT:
        if error.errno == errno.EBADF:
            return "standard output is closed"
        return f"cannot write to standard output: {describe(error)}"
    why = describe(error)
    if error.errno == errno.ENOENT:
        why = (error.strerror or why).lower()
    if error.filename is not None:
        return f"{why} (`{error.filename}`)"
    try:
        os.getcwd()
    except OSError:
        return "the working directory no longer exists"
    return why
