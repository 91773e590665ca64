"""`keras-scaffold new --watch`: regenerate the code whenever a spec changes."""

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

from scaffold.cli.console import print_findings, print_status
from scaffold.cli.generating import Batch, GenerationRequest, generate_batch
from scaffold.cli.write_files import try_to_write
from scaffold.diagnostics import Diagnostic, Format, Span, has_errors, printable
from scaffold.diagnostics.marks import BEGIN, END
from scaffold.output import PlannedStep
from scaffold.spec import preset_names


def watch(
    named: Sequence[str], request: GenerationRequest, *, force: bool, form: Format
) -> NoReturn:
    """Write the source of specs now and after each change, until interrupted.

    While a spec has errors, its file is left unchanged; the files of the other specs
    are still updated. Exit with 130 after Ctrl-C, with 143 after SIGTERM.

    Args:
        named: The specs; all must be files.
        request: The options of code generation.
        force: Whether edited files are replaced.
        form: The output format of findings.

    Raises:
        UsageError: There is no spec, one is not a file, or the working directory no
            longer exists.
    """
    try:
        home = os.getcwd()
    except OSError as error:
        raise click.UsageError("the working directory no longer exists.") from error
    if not named:
        raise click.UsageError("--watch requires a spec.")
    for name in named:
        if not name:
            raise click.UsageError("--watch requires files, but one name is empty.")
        # A missing file may still be created; a pipe or a directory cannot be watched.
        is_other = name in ("-", *preset_names()) or os.path.exists(name)
        if is_other and not os.path.isfile(name):
            message = f"--watch requires files, but `{name}` is not a file."
            raise click.UsageError(message)
    ending = _CtrlCGuard()
    try:
        _watch(named, request, home, force=force, form=form)
    except KeyboardInterrupt:
        print_status("interrupted")
    sys.exit(128 + ending.signal)


class _CtrlCGuard:
    """Handles SIGTERM and SIGHUP like Ctrl-C, so that no file is left half-written.

    Attributes:
        signal: The signal that ended the process.
    """

    def __init__(self) -> None:
        self.signal: int = signal.SIGINT
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            # `nohup` ignores SIGHUP.
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
        # Specs with errors are checked again: each round reports all errors.
        again = [name for name in named if name in changed or name in faulty]
        print_status(f"{BEGIN}{', '.join(map(printable, changed))}")
        with suppress(OSError):
            os.chdir(home)  # it may have been removed and created again
        diagnostics: list[Diagnostic] = []
        texts: dict[str, str] = {}
        faulty.clear()
        for name in again:
            batch = _write(name, request, named, taken, force=force)
            diagnostics += batch.diagnostics
            texts |= batch.texts
            if has_errors(batch.diagnostics):
                faulty.add(name)
        print_findings(diagnostics, texts, form)
        print_status(END)
        if not getattr(sys.stderr, "has_reader", True):
            raise BrokenPipeError  # nobody reads the output any more
        if not number:
            # From here on the process is long-lived; the current objects stay in use.
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
    """Write the source of one spec, unless there is an error or a conflict.

    Args:
        name: The spec.
        request: The options of code generation.
        named: All specs; none of them may be overwritten.
        taken: The spec of each output file. A spec with errors keeps its entry.
        force: Whether an edited file is replaced.
    """
    if os.path.exists(name) and not os.path.isfile(name):
        # Reading a pipe would block.
        message = "the spec cannot be read: it is not a file"
        help_ = "pass a file: a pipe cannot be watched"
        return Batch((), (Diagnostic("KS101", message, Span(name), help_),), {})
    other_specs = {path: spec for path, spec in taken.items() if spec != name}
    batch = generate_batch([name], request, named, other_specs)
    if has_errors(batch.diagnostics):
        return batch
    taken.clear()
    taken.update(other_specs)
    wrong = try_to_write(
        [result.target for result in batch.results],
        force=force,
        detail=partial(_change_or_detail, batch),
        root=request.destination.root,
    )
    for skipped in batch.skipped:
        print_status(skipped.note(request.destination.root))
    return batch._replace(diagnostics=(*batch.diagnostics, *wrong))


def _change_or_detail(batch: Batch, step: PlannedStep) -> str:
    result = batch.of(step)
    return result.change(step) or result.detail(step)
