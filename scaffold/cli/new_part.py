"""`keras-scaffold new layer`, `new loss`, `new metric` and `new callback`."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from scaffold.cli import completers
from scaffold.cli.console import fail, print_status, quoted
from scaffold.cli.param_types import Setting
from scaffold.cli.write_files import (
    Mode,
    check_usage,
    print_source,
    write_files,
    writes_files,
)
from scaffold.diagnostics import Diagnostic, Span, printable
from scaffold.ir.names import is_free
from scaffold.output import Target
from scaffold.parts import KINDS, module_name
from scaffold.pipeline import generate_part

_HELP = """{summary}

NAME is the name of the class, in CamelCase or snake_case. The generated code works as
is; edit it to suit your needs. {usual}
"""


def part_command(kind: str, summary: str) -> click.Command:
    """Create the command that writes a part.

    Args:
        kind: The kind of the part.
        summary: A one-line description of the command.
    """
    usual = " ".join(
        f"--param {role.argument.name}={_yaml(role.argument.default)}"
        for role in KINDS[kind].roles
        if role.is_usual
    )
    text = _HELP.format(summary=summary, usual=f"The default is {usual}.")
    command = writes_files()(partial(_new_part, kind))
    return click.command(kind, params=_params(kind), help=text)(command)


def _params(kind: str) -> list[click.Parameter]:
    return [
        click.Argument(["name"]),
        click.Option(
            ["-p", "--param", "params"],
            type=Setting(),
            multiple=True,
            shell_complete=partial(_settings, kind),
            help="Add an argument with this default (can be repeated).",
        ),
        click.Option(
            ["--tests"],
            is_flag=True,
            help="Also write pytest tests, test_<name>.py, to the same directory.",
        ),
        click.Option(
            ["-o", "--output"],
            metavar="FILE",
            shell_complete=completers.files,
            help="Output file, or - for standard output.  [default: <name>.py]",
        ),
    ]


def _settings(
    kind: str, ctx: click.Context, param: click.Parameter, typed: str
) -> list[CompletionItem[str]]:
    """Complete the names of arguments that the template of the part uses."""
    roles = KINDS[kind].roles
    return completers.settings(
        {role.argument.name: role.purpose for role in roles}, typed
    )


def _new_part(
    kind: str,
    name: str,
    params: tuple[tuple[str, str], ...],
    tests: bool,
    output: str | None,
    mode: Mode,
) -> None:
    check_usage(output, mode)
    if output == "-" and tests:
        raise click.UsageError("--tests cannot be used with -o -.")
    path = Path(output or f"{module_name(name)}.py")
    if output and tests:
        _check_importable(path)
    module = _module(path) if tests else ""
    part, diagnostics = generate_part(kind, name, params, module)
    if part is None:
        fail(diagnostics)
    if output == "-":
        print_source(part.text)
        return
    targets = [Target(path, part.text)]
    if part.tests:
        targets.append(Target(path.with_name(f"test_{path.name}"), part.tests))
    if write_files(targets, mode):
        print_status(f"     next  {printable(_next(targets, part.name))}")


def _check_importable(path: Path) -> None:
    """Refuse a file that its tests could not import."""
    if path.suffix != ".py" or not _is_name(path.stem):
        message = f"tests cannot import `{path.name}`"
        help_ = "use a file name such as `my_part.py`, or omit --tests"
        fail([Diagnostic("KS208", message, Span(str(path)), help_)])


def _module(path: Path) -> str:
    """Return the full module name of a file, including the packages that hold it."""
    absolute = Path(os.path.abspath(path))
    names = [absolute.stem]
    for directory in absolute.parents:
        is_package = os.path.isfile(directory / "__init__.py")
        if not _is_name(directory.name) or not is_package:
            break
        names.insert(0, directory.name)
    return ".".join(names)


def _is_name(text: str) -> bool:
    return text.isidentifier() and is_free(text)


def _next(targets: list[Target], name: str) -> str:
    """Return the command to run next: the tests if there are any, else `help`."""
    path = targets[-1].path
    if len(targets) > 1:
        return f"python -m pytest {quoted(path)}"
    if not _is_name(path.stem) or path.suffix != ".py":
        return f"python -i {quoted(path)}"
    change_directory = "" if path.parent == Path() else f"cd {quoted(path.parent)} && "
    return f'{change_directory}python -c "import {path.stem}; help({path.stem}.{name})"'


def _yaml(default: object) -> str:
    """Write a default as YAML."""
    return "null" if default is None else str(default)
