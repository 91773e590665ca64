"""Text to files, as commands that write do it: what is planned, said and done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import NamedTuple, NoReturn, TypeVar

import click

from scaffold.cli.console import say, show
from scaffold.cli.streams import write_output
from scaffold.diagnostics import Diagnostic, Span, printable
from scaffold.output import Action, Plan, PlannedStep, Target, diff, plan, write

Answer = TypeVar("Answer")
"""What a command gives back."""


class Mode(NamedTuple):
    """What is done with files, as their user has it.

    Attributes:
        pretend: Whether it is only said what would be done.
        as_diff: Whether what would change is shown, and nothing done.
        only_check: Whether it is found out if they are up to date, and nothing done.
        force: Whether files that were edited are replaced.
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
    *, replaces: str = "files that were edited", checks: str = "a file"
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Give a command the options of those that write; it takes them as `mode`.

    Args:
        replaces: What `--force` replaces.
        checks: What `--check` finds out about; `""` for a command without it.
    """
    say_only = "Say what would be done, and do nothing."
    show_only = "Show what would change, and do nothing."
    options = [
        click.option("--pretend", is_flag=True, help=say_only),
        click.option("--diff", "as_diff", is_flag=True, help=show_only),
        click.option("--force", is_flag=True, help=f"Replace {replaces}."),
    ]
    if checks:
        text = f"Exit 1 if {checks} is not up to date."
        check = click.option("--check", "only_check", is_flag=True, help=text)
        options.insert(2, check)

    def decorate(command: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(command)
        def gathered(**values: object) -> Answer:
            flags = {name: bool(values.pop(name, False)) for name in Mode._fields}
            return command(**values, mode=Mode(**flags))

        for option in reversed(options):
            option(gathered)
        return gathered

    return decorate


def check_usage(output: str | None, mode: Mode, *others: bool) -> None:
    """Refuse an `-o` that cannot be meant.

    Args:
        output: What it names.
        mode: What is to be done with the file.
        *others: More options that need a file.

    Raises:
        UsageError: It names nothing, or standard output where a file is needed.
    """
    if output == "-" and any((*mode, *others)):
        raise click.UsageError("with -o - there is no file to compare or replace.")
    if output == "":
        raise click.UsageError("-o needs the name of a file.")


def over_specs(path: Path, specs: Iterable[str], what: str) -> Iterator[Diagnostic]:
    """Find the specs that a file would take the place of, --force or not.

    Args:
        path: The file to be written.
        specs: The specs, as their user named them.
        what: What the file is.
    """
    for spec in dict.fromkeys(specs):
        with suppress(OSError, ValueError):
            if path.samefile(spec):
                message = f"this is the spec itself: {what} would take its place"
                help_ = "name another file with -o"
                yield Diagnostic("KS607", message, Span(str(path)), help_)


def print_source(text: str) -> None:
    """Print source: in UTF-8, whatever the terminal's encoding."""
    write_output(text.encode())


def write_files(
    targets: Sequence[Target],
    mode: Mode,
    *,
    change: Callable[[PlannedStep], str] = lambda step: "",
    detail: Callable[[PlannedStep], str] = lambda step: "",
    root: Path | None = None,
    settle: Callable[[PlannedStep], Action] = lambda step: "conflict",
    show_found: Callable[[Sequence[Diagnostic]], None] = lambda diagnostics: show(
        diagnostics, {}
    ),
) -> tuple[PlannedStep, ...]:
    """Write files, all or none, or say what that would do.

    Leaves with 1 where something stands in the way; and with `--check`, with 1 or 0.

    Args:
        targets: The files to be.
        mode: What is to be done with them.
        change: Says what else changes in a file, `""` for nothing.
        detail: What is said of a file of which nothing else changes.
        root: A directory that no file may leave.
        settle: Says what becomes of a file that is not ours, or was edited.
        show_found: Prints what stands in the way. It is called once, with nothing where
            nothing does, so that it can print all that was found before as well.

    Returns:
        What was done, a step for each file; none where nothing was to be done.
    """
    planned = plan(targets, root=root, force=mode.force, settle=settle)
    if mode.as_diff:
        for step in planned.steps:
            print_source(diff(step))
    if planned.diagnostics:
        _tell(planned, change, detail)
        show_found(planned.diagnostics)
        sys.exit(1)
    diagnostics = () if mode.is_trial else write(planned)
    show_found(diagnostics)
    if diagnostics:
        sys.exit(1)
    if mode.only_check:
        _leave_checked(planned, change)
    _tell(planned, change, detail)
    return () if mode.is_trial else planned.steps


def _leave_checked(planned: Plan, change: Callable[[PlannedStep], str]) -> NoReturn:
    stale = [step for step in planned.steps if step.action != "identical"]
    for step in stale:
        what = "does not exist" if step.before is None else "is not up to date"
        why = change(step) or _other_formatter(step)
        say(f"{printable(str(step.target.path))} {what}{why}")
    sys.exit(bool(stale))


def _other_formatter(step: PlannedStep) -> str:
    """Report that code is out of date only because another Black has formatted it."""
    from scaffold.output.layout import differs_in_layout
    from scaffold.render.formatting import formatter

    is_code = step.action == "update" and step.target.path.suffix == ".py"
    if not is_code or not differs_in_layout(step.before or "", step.target.text):
        return ""
    return (
        ": the code is the same, but another version of Black has formatted it "
        f"(here it is {formatter()}); write it again, or install that version"
    )


def try_to_write(
    target: Target,
    *,
    force: bool,
    detail: Callable[[PlannedStep], str],
    root: Path | None,
) -> tuple[Diagnostic, ...]:
    """Write a file, and print that or what stands in the way; never exit.

    Args:
        target: The file to be.
        force: Whether it is replaced if it was edited.
        detail: What is said of it besides.
        root: A directory that it may not leave.

    Returns:
        What stands in the way; empty if it was written.
    """
    planned = plan([target], root=root, force=force)
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
        say(f"{step.action:>9}  {printable(str(step.target.path))}{text}")
