"""`keras-scaffold editor`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from textwrap import wrap
from typing import cast

import click

from scaffold.cli.console import fail, print_status, quoted
from scaffold.cli.write_files import Mode, print_source, write_files, writes_files
from scaffold.diagnostics import printable
from scaffold.editor import EDITORS, Editor, EditorSetup, set_up
from scaffold.editor.uncovered import uncovered_specs
from scaffold.output import diff, plan, remove
from scaffold.settings import DEFAULT_SPECS, Settings, read_settings, split_pattern
from scaffold.spec import SUFFIXES

_NEXT: dict[Editor, str] = {
    "vscode": "open a spec and press Ctrl+Shift+B (Shift+Command+B on a Mac)",
    "zed": "open a spec and run `task: spawn` (Alt+Shift+T)",
    "sublime": "open the project, then a spec, and press Ctrl+B (Command+B on a Mac)",
    "jetbrains": "open a spec and run `keras-scaffold: generate` (Shift+F10)",
    "vim": "copy the lines at the top of .keras-scaffold/specs.vim to your vimrc",
    "emacs": "open a spec and call `compile`",
}
"""What to do first, in each editor."""

_WIDTH = 80
_MOST = 3
"""The maximum number of specs in the command that covers them."""


@click.command()
@click.argument("editor_name", metavar="EDITOR", type=click.Choice(EDITORS))
@click.option(
    "--dir",
    "directory",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    help="Project directory.  [default: .]",
)
@writes_files(replaces="edited files and settings", checks="")
@click.option(
    "--skip", is_flag=True, help="Keep edited files and settings, write the others."
)
def editor(editor_name: str, directory: Path, skip: bool, mode: Mode) -> None:
    """Configure an editor for the specs of a project.

    EDITOR is vscode, zed, sublime, jetbrains, vim or emacs. It gets tasks that
    generate, check, verify and watch specs, shows findings at their location, and
    completes the files that match `specs` in pyproject.toml. The output lists these
    files, and how to add another one. Other content of existing files is kept.
    """
    if mode.force and skip:
        raise click.UsageError("--force and --skip cannot be used together.")
    chosen = cast(Editor, editor_name)
    settings, diagnostics = read_settings(directory)
    if diagnostics:
        fail(diagnostics)
    make = partial(
        set_up,
        chosen,
        directory,
        _patterns(settings, directory),
        has_settings=bool(settings.specs),
        skip=skip,
    )
    setup = make(force=mode.force)
    if setup.diagnostics:
        if mode.as_diff and not skip:
            _show_forced(make(force=True), directory)
        fail(setup.diagnostics, setup.sources)
    # `set_up` has already decided what --force replaces in each file.
    mode = mode._replace(force=False)
    steps = write_files(
        setup.targets, mode, root=directory, settle=setup.resolve_conflict
    )
    _remove(setup, directory, mode)
    others = uncovered_specs(directory, setup.covered)
    for line in _coverage(setup.covered, others):
        print_status(printable(line))
    if steps:
        print_status(f"     next  {_NEXT[chosen]}")


def _remove(setup: EditorSetup, directory: Path, mode: Mode) -> None:
    """Remove the files that are not needed any more."""
    for path, text in setup.obsolete.items():
        if not mode.is_trial and (diagnostics := remove(path, text, directory)):
            fail(diagnostics)
        print_status(f"   remove  {printable(str(path))}")


def _coverage(patterns: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    """Describe which files the editor completes, and how to add the others."""
    listed = ", ".join(_joined_suffixes(patterns)) or "no specs"
    yield from wrap(
        listed,
        _WIDTH,
        initial_indent="   covers  ",
        subsequent_indent=" " * 11,
        break_long_words=False,
        break_on_hyphens=False,
    )
    specs = " ".join(quoted(Path(name)) for name in others[:_MOST]) or "SPEC"
    dots = " ..." if len(others) > _MOST else ""
    command = f"keras-scaffold new {specs}{dots} --schema"
    yield f"   others  {command}, or `specs` in pyproject.toml"


def _joined_suffixes(patterns: Sequence[str]) -> list[str]:
    """Join patterns that differ only in their suffixes: `models/*.{yaml,json}`."""
    groups: dict[str, list[str]] = {}
    for pattern in patterns:
        stem, dot, suffix = pattern.rpartition(".")
        is_known = f"{dot}{suffix}" in SUFFIXES
        groups.setdefault(stem if is_known else pattern, []).extend([suffix] * is_known)
    return [
        (
            f"{stem}.{{{','.join(suffixes)}}}"
            if len(suffixes) > 1
            else ".".join([stem, *suffixes])
        )
        for stem, suffixes in groups.items()
    ]


def _show_forced(setup: EditorSetup, directory: Path) -> None:
    """Show the diff that --force would make, unless there are other findings."""
    if not setup.diagnostics:
        steps = plan(setup.targets, root=directory, settle=setup.resolve_conflict).steps
        print_source("".join(map(diff, steps)))


def _patterns(settings: Settings, directory: Path) -> tuple[str, ...]:
    """Return the patterns of specs, from the settings if they are of this directory."""
    is_root = settings.root is not None and settings.root.samefile(directory)
    patterns = settings.specs if is_root and settings.specs else DEFAULT_SPECS
    return tuple(chain.from_iterable(map(split_pattern, patterns)))
