"""Text to files, as commands that write do it: what is planned, said and done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import click

from scaffold.cli.console import fail, say
from scaffold.diagnostics import Diagnostic, Format, Span
from scaffold.output import Action, Plan, Step, Target, diff, plan, write


def check_usage(output: str | None, *others: bool) -> None:
    """Refuses an `-o` that cannot be meant.

    Args:
        output: What it names.
        *others: The options that need a file to compare or replace.

    Raises:
        UsageError: It names nothing, or standard output where a file is needed.
    """
    if output == "-" and any(others):
        raise click.UsageError("with -o - there is no file to compare or replace.")
    if output == "":
        raise click.UsageError("-o needs the name of a file.")


def over_specs(path: Path, specs: Iterable[str], what: str) -> Iterator[Diagnostic]:
    """Finds the specs that a file would take the place of, --force or not.

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
    """Prints source: in UTF-8, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())


def write_files(
    targets: Sequence[Target],
    *,
    pretend: bool,
    as_diff: bool,
    only_check: bool,
    force: bool,
    change: Callable[[Step], str] = lambda step: "",
    detail: Callable[[Step], str] = lambda step: "",
    root: Path | None = None,
    settle: Callable[[Step], Action] = lambda step: "conflict",
    form: Format = "text",
) -> tuple[Step, ...]:
    """Writes files, all or none, or says what that would do.

    Leaves with 1 where something stands in the way; and with `only_check`, with 1 or 0.

    Args:
        targets: The files to be.
        pretend: Whether to say it only.
        as_diff: Whether to show what would change, and do nothing.
        only_check: Whether to find out if they are up to date, and do nothing.
        force: Whether files that were edited are replaced.
        change: Says what else changes in a file, `""` for nothing.
        detail: What is said of a file of which nothing else changes.
        root: A directory that no file may leave.
        settle: Says what becomes of a file that is not ours, or was edited.
        form: How findings are written.

    Returns:
        What was done, a step for each file; none where nothing was to be done.
    """
    planned = plan(targets, root=root, force=force, settle=settle)
    if as_diff:
        for step in planned.steps:
            click.echo(diff(step), nl=False)
    if planned.found:
        _tell(planned, change, detail)
        fail(planned.found, form=form)
    if only_check:
        stale = [step for step in planned.steps if step.action != "identical"]
        for step in stale:
            what = "does not exist" if step.before is None else "is not up to date"
            say(f"{step.target.path} {what}{change(step)}")
        sys.exit(bool(stale))
    is_trial = pretend or as_diff
    if not is_trial and (found := write(planned)):
        fail(found, form=form)
    _tell(planned, change, detail)
    return () if is_trial else planned.steps


def try_to_write(
    target: Target, *, force: bool, said: Callable[[Step], str], root: Path | None
) -> tuple[Diagnostic, ...]:
    """Writes a file and says so, or says what stands in the way; leaves in no case.

    Args:
        target: The file to be.
        force: Whether it is replaced if it was edited.
        said: What is said of it besides.
        root: A directory that it may not leave.

    Returns:
        What stands in the way; empty if it was written.
    """
    planned = plan([target], root=root, force=force)
    found = planned.found or write(planned)
    if planned.found or not found:
        _tell(planned, said, said)
    return found


def _tell(
    planned: Plan, change: Callable[[Step], str], detail: Callable[[Step], str]
) -> None:
    for step in planned.steps:
        said = change(step) or detail(step)
        say(f"{step.action:>9}  {step.target.path}{said}")
