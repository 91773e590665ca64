"""Write files for the commands, with the options and status lines they share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import NamedTuple, NoReturn, TypeVar

import click

from scaffold.cli.console import print_findings, print_status
from scaffold.cli.streams import write_output
from scaffold.diagnostics import Diagnostic, Span, printable
from scaffold.output import Action, Plan, PlannedStep, Target, diff, plan, write

ReturnType = TypeVar("ReturnType")
"""The return type of a command."""


class Mode(NamedTuple):
    """The options of commands that write files.

    Attributes:
        pretend: Whether to only list what would be done.
        as_diff: Whether to only show a diff.
        only_check: Whether to only check that files are up to date.
        force: Whether to replace edited files.
    """

    pretend: bool = False
    as_diff: bool = False
    only_check: bool = False
    force: bool = False

    @property
    def is_trial(self) -> bool:
        """Whether nothing is written."""
        return self.pretend or self.as_diff or self.only_check


def writes_files(
    *, replaces: str = "edited files", checks: str = "a file"
) -> Callable[[Callable[..., ReturnType]], Callable[..., ReturnType]]:
    """Add the options of commands that write files; the command gets them as `mode`.

    Args:
        replaces: What `--force` replaces.
        checks: What `--check` checks; `""` for a command without it.
    """
    pretend_help = "List what would be done, without writing files."
    diff_help = "Show a diff of what would change, without writing files."
    options = [
        click.option("--pretend", is_flag=True, help=pretend_help),
        click.option("--diff", "as_diff", is_flag=True, help=diff_help),
        click.option("--force", is_flag=True, help=f"Replace {replaces}."),
    ]
    if checks:
        text = f"Exit with 1 if {checks} is not up to date, without writing files."
        check = click.option("--check", "only_check", is_flag=True, help=text)
        options.insert(2, check)

    def decorate(command: Callable[..., ReturnType]) -> Callable[..., ReturnType]:
        @wraps(command)
        def gathered(**values: object) -> ReturnType:
            flags = {name: bool(values.pop(name, False)) for name in Mode._fields}
            return command(**values, mode=Mode(**flags))

        for option in reversed(options):
            option(gathered)
        return gathered

    return decorate


def check_usage(output: str | None, mode: Mode, *needs_file: bool) -> None:
    """Refuse a value of `-o` that does not fit the other options.

    Args:
        output: The value of `-o`.
        mode: The options for writing files.
        *needs_file: More options that need a file.

    Raises:
        UsageError: It is empty, or standard output although an option needs a file.
    """
    if output == "-" and any((*mode, *needs_file)):
        message = (
            "-o - writes to standard output: there is no file to compare or replace."
        )
        raise click.UsageError(message)
    if output == "":
        raise click.UsageError("-o requires a file name.")


def overwritten_specs(
    path: Path, specs: Iterable[str], what: str
) -> Iterator[Diagnostic]:
    """Report specs that an output file would overwrite; --force does not allow it.

    Args:
        path: The output file.
        specs: The specs, as named on the command line.
        what: The content of the file, for the message.
    """
    for spec in dict.fromkeys(specs):
        with suppress(OSError, ValueError):
            if path.samefile(spec):
                message = f"this is the spec itself: {what} would overwrite it"
                help_ = "choose another file with -o"
                yield Diagnostic("KS607", message, Span(str(path)), help_)


def print_source(text: str) -> None:
    """Print source in UTF-8, whatever the encoding of the terminal."""
    write_output(text.encode())


def write_files(
    targets: Sequence[Target],
    mode: Mode,
    *,
    change: Callable[[PlannedStep], str] = lambda step: "",
    detail: Callable[[PlannedStep], str] = lambda step: "",
    root: Path | None = None,
    settle: Callable[[PlannedStep], Action] = lambda step: "conflict",
    show_findings: Callable[[Sequence[Diagnostic]], None] = lambda diagnostics: (
        print_findings(diagnostics, {})
    ),
    stale: Sequence[str] = (),
) -> tuple[PlannedStep, ...]:
    """Write all files or none, or report what would be written.

    Exit with 1 on a conflict or an error; with `--check`, always exit with 0 or 1.

    Args:
        targets: The files to write.
        mode: The options for writing files.
        change: Returns a note about a change of the file, `""` for none.
        detail: Returns the note for a file without such a change.
        root: A directory that no file may leave.
        settle: Decides the action for a file that was edited or not generated.
        show_findings: Prints the findings. It is called once, with an empty sequence if
            there are none, so that it can print earlier findings too.
        stale: Notes on other files that are not up to date, for `--check`.

    Returns:
        A step for each file; empty if nothing was written because of an option.
    """
    planned = plan(targets, root=root, force=mode.force, settle=settle)
    if mode.as_diff:
        for step in planned.steps:
            print_source(diff(step))
    if planned.diagnostics:
        _tell(planned, change, detail)
        show_findings(planned.diagnostics)
        sys.exit(1)
    diagnostics = () if mode.is_trial else write(planned)
    show_findings(diagnostics)
    if diagnostics:
        sys.exit(1)
    if mode.only_check:
        _leave_checked(planned, change, stale)
    _tell(planned, change, detail)
    return () if mode.is_trial else planned.steps


def _leave_checked(
    planned: Plan, change: Callable[[PlannedStep], str], others: Sequence[str]
) -> NoReturn:
    stale = [step for step in planned.steps if step.action != "identical"]
    for step in stale:
        what = "does not exist" if step.before is None else "is not up to date"
        why = change(step) or _other_formatter(step)
        print_status(f"{printable(str(step.target.path))} {what}{why}")
    for text in others:
        print_status(text)
    sys.exit(bool(stale or others))


def _other_formatter(step: PlannedStep) -> str:
    """Explain that code differs only because another version of Black formatted it."""
    from scaffold.output.layout import differs_in_layout
    from scaffold.render.formatting import formatter

    is_code = step.action == "update" and step.target.path.suffix == ".py"
    if not is_code or not differs_in_layout(step.before or "", step.target.text):
        return ""
    return (
        ": the code is the same, but was formatted by another version of Black "
        f"(installed here: {formatter()}); regenerate it, or install that version"
    )


def try_to_write(
    targets: Sequence[Target],
    *,
    force: bool,
    detail: Callable[[PlannedStep], str],
    root: Path | None,
) -> tuple[Diagnostic, ...]:
    """Write all files or none, and print their status lines; never exit.

    Args:
        targets: The files to write.
        force: Whether they are replaced if they were edited.
        detail: Returns a note for a status line.
        root: A directory that no file may leave.

    Returns:
        Why they were not written; empty if they were.
    """
    planned = plan(targets, root=root, force=force)
    diagnostics = planned.diagnostics or write(planned)
    if planned.diagnostics or not diagnostics:
        _tell(planned, detail, detail)
    return diagnostics


def _tell(
    planned: Plan,
    change: Callable[[PlannedStep], str],
    detail: Callable[[PlannedStep], str],
) -> None:
    for step in planned.steps:
        text = change(step) or detail(step)
        print_status(f"{step.action:>9}  {printable(str(step.target.path))}{text}")
