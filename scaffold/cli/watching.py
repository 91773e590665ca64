"""`keras-scaffold new --watch`: writes again whenever a spec changes."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import NoReturn

import click

from scaffold.cli.console import say, show
from scaffold.cli.generating import Batch, GeneratedFile, GenerationRequest, make
from scaffold.cli.write_files import try_to_write
from scaffold.diagnostics import Diagnostic, Format, Span, has_errors, printable
from scaffold.diagnostics.marks import BEGIN, END
from scaffold.output import PlannedStep
from scaffold.spec import preset_names


def watch(
    named: Sequence[str], request: GenerationRequest, *, force: bool, form: Format
) -> NoReturn:
    """Write the source of specs, now and after each change, until it is interrupted.

    A spec with errors leaves its file as it is, and those of the others follow their
    specs. Leaves with 130, or 143 where it is told to end.

    Args:
        named: The specs, all of them files.
        request: How they are to be written.
        force: Whether files that were edited are replaced.
        form: How findings are written.

    Raises:
        UsageError: There is none, or one is no file; or nothing is where we are.
    """
    try:
        home = os.getcwd()
    except OSError as error:
        raise click.UsageError("the working directory is gone.") from error
    if not named:
        raise click.UsageError("--watch needs a spec.")
    for name in named:
        if not name:
            raise click.UsageError("--watch needs files, and one has no name.")
        # A file that is not there yet may come; a pipe or a directory stays what it is.
        is_other = name in ("-", *preset_names()) or os.path.exists(name)
        if is_other and not os.path.isfile(name):
            raise click.UsageError(f"--watch needs files, and `{name}` is none.")
    ending = _CtrlCGuard()
    try:
        _watch(named, request, home, force=force, form=form)
    except KeyboardInterrupt:
        say("interrupted")
    sys.exit(128 + ending.signal)


class _CtrlCGuard:
    """Lets the end of the process be that of a Ctrl-C: no file is left half written.

    Attributes:
        signal: What it was.
    """

    def __init__(self) -> None:
        self.signal: int = signal.SIGINT
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            # `nohup` has the latter ignored.
            if number and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._end)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.signal = number
        raise KeyboardInterrupt


def _watch(
    named: Sequence[str],
    request: GenerationRequest,
    home: str,
    *,
    force: bool,
    form: Format,
) -> None:
    from scaffold.cli.file_watcher import changes

    faulty: set[str] = set()
    taken: dict[str, str] = {}
    for number, changed in enumerate(changes(named)):
        # What was wrong is looked at again: all that is wrong stands in one round.
        again = [name for name in named if name in changed or name in faulty]
        say(f"{BEGIN}{', '.join(map(printable, changed))}")
        with suppress(OSError):
            os.chdir(home)  # which may have been removed and made again
        diagnostics: list[Diagnostic] = []
        texts: dict[str, str] = {}
        faulty.clear()
        for name in again:
            batch = _write(name, request, named, taken, force=force)
            diagnostics += batch.diagnostics
            texts |= batch.texts
            if has_errors(batch.diagnostics):
                faulty.add(name)
        show(diagnostics, texts, form)
        say(END)
        if not getattr(sys.stderr, "has_reader", True):
            raise BrokenPipeError  # nobody is there to be told of the next one
        if not number:
            # From here on it is no short life, and what there is now stays.
            gc.collect()
            gc.freeze()
            gc.enable()


def _write(
    name: str,
    request: GenerationRequest,
    named: Sequence[str],
    taken: dict[str, str],
    *,
    force: bool,
) -> Batch:
    """Write one spec's source, unless something stands in the way.

    Args:
        name: The spec.
        request: How it is to be written.
        named: All specs, none of which may be written over.
        taken: The spec of each file. A spec that is broken now keeps its own.
        force: Whether a file that was edited is replaced.
    """
    if os.path.exists(name) and not os.path.isfile(name):
        # A pipe, which would be waited for.
        message = "the spec cannot be read: it is no file"
        help_ = "name a file: a pipe cannot be watched"
        return Batch((), (Diagnostic("KS101", message, Span(name), help_),), {})
    others = {path: spec for path, spec in taken.items() if spec != name}
    batch = make([name], request, named, others)
    if has_errors(batch.diagnostics):
        return batch
    taken.clear()
    taken.update(others)
    (result,) = batch.results
    detail = partial(_said, result)
    wrong = try_to_write(
        result.target, force=force, detail=detail, root=request.place.root
    )
    return batch._replace(diagnostics=(*batch.diagnostics, *wrong))


def _said(result: GeneratedFile, step: PlannedStep) -> str:
    return result.change(step) or result.detail(step)
