"""`keras-scaffold new layer`, and `loss`, `metric` and `callback`."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from scaffold.cli import completers
from scaffold.cli.console import fail, quoted, say
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

NAME is its class's, in CamelCase or snake_case. What is written works as it stands,
and is there to be changed. {usual}
"""


def part_command(kind: str, summary: str) -> click.Command:
    """Make the command that writes a part.

    Args:
        kind: The part's kind.
        summary: What the command does, in one line.
    """
    usual = " ".join(
        f"--param {role.argument.name}={_yaml(role.argument.default)}"
        for role in KINDS[kind].roles
        if role.is_usual
    )
    text = _HELP.format(summary=summary, usual=f"Without --param: {usual}.")
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
            help="Give it an argument with that default (again for more of them).",
        ),
        click.Option(
            ["--tests"],
            is_flag=True,
            help="Write test_<name>.py beside it, for pytest.",
        ),
        click.Option(
            ["-o", "--output"],
            metavar="FILE",
            shell_complete=completers.files,
            help="Where to, - for standard output.  [default: <name>.py here]",
        ),
    ]


def _settings(
    kind: str, ctx: click.Context, param: click.Parameter, typed: str
) -> list[CompletionItem[str]]:
    """Complete the names of arguments that such a part has a use for."""
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
        raise click.UsageError("with -o - there is no place for tests beside it.")
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
        say(f"     next  {printable(_next(targets, part.name))}")


def _check_importable(path: Path) -> None:
    """Refuse a file that tests beside it could not import."""
    if path.suffix != ".py" or not _is_name(path.stem):
        message = f"tests could not import `{path.name}`"
        help_ = "name a file like `my_part.py`, or leave out --tests"
        fail([Diagnostic("KS208", message, Span(str(path)), help_)])


def _module(path: Path) -> str:
    """Return the path by which a file is imported, packages around it included."""
    whole = Path(os.path.abspath(path))
    names = [whole.stem]
    for folder in whole.parents:
        if not _is_name(folder.name) or not os.path.isfile(folder / "__init__.py"):
            break
        names.insert(0, folder.name)
    return ".".join(names)


def _is_name(text: str) -> bool:
    return text.isidentifier() and is_free(text)


def _next(targets: list[Target], name: str) -> str:
    """Return the command to run next: the tests where there are some, else a look."""
    path = targets[-1].path
    if len(targets) > 1:
        return f"python -m pytest {quoted(path)}"
    if not _is_name(path.stem) or path.suffix != ".py":
        return f"python -i {quoted(path)}"
    place = "" if path.parent == Path() else f"cd {quoted(path.parent)} && "
    return f'{place}python -c "import {path.stem}; help({path.stem}.{name})"'


def _yaml(default: object) -> str:
    """Write a default as YAML has it."""
    return "null" if default is None else str(default)
