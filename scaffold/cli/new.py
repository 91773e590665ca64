"""`keras-scaffold new`."""

from __future__ import annotations

import sys
from contextlib import suppress
from itertools import chain
from pathlib import Path
from shlex import quote

import click

from scaffold.cli.console import fail, say, show
from scaffold.cli.setting import Methods, Setting
from scaffold.cli.sources import find_source
from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.ir.hooks import METHODS
from scaffold.output import Plan, Step, Target, diff, plan, write
from scaffold.output.note import read_note
from scaffold.pipeline import Generated, Source, generate
from scaffold.spec import DEFAULT
from scaffold.styles import BACKENDS, STYLES


@click.command()
@click.argument("spec", required=False)
@click.option(
    "--style",
    type=click.Choice(["auto", *STYLES]),
    default="auto",
    show_default=True,
    help="How the model is written; auto takes the simplest that can say it.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Where to, - for standard output.  [default: <name>.py here]",
)
@click.option("--pretend", is_flag=True, help="Say what would be done, and do nothing.")
@click.option(
    "--diff", "as_diff", is_flag=True, help="Show what would change, and do nothing."
)
@click.option(
    "--check", "only_check", is_flag=True, help="Exit 1 if the file is not up to date."
)
@click.option("--force", is_flag=True, help="Replace a file that was edited.")
@click.option(
    "--shapes", is_flag=True, help="Say every shape in a comment (asks Keras)."
)
@click.option(
    "-p",
    "--param",
    "params",
    type=Setting(),
    multiple=True,
    help="Set a param's default.",
)
@click.option(
    "--with",
    "methods",
    type=Methods(),
    multiple=True,
    help=f"Write methods out, to be changed: {', '.join(METHODS)}.",
)
@click.option(
    "--backend",
    type=click.Choice(BACKENDS),
    default="tensorflow",
    show_default=True,
    help="What steps of training are written for; all else runs on any.",
)
def new(
    spec: str | None,
    style: str,
    output: str | None,
    pretend: bool,
    as_diff: bool,
    only_check: bool,
    force: bool,
    shapes: bool,
    params: tuple[tuple[str, str], ...],
    methods: tuple[tuple[str, ...], ...],
    backend: str,
) -> None:
    """Write Keras source from a spec.

    SPEC is a file (YAML, JSON or TOML), a preset's name, or - for standard input.
    Without one, the preset linear_regression is used.
    """
    if spec is None:
        say(f"no spec given: using the preset {DEFAULT} (`keras-scaffold presets`)")
    if output == "-" and (pretend or as_diff or only_check or force):
        raise click.UsageError("with -o - there is no file to compare or replace.")
    if output == "":
        raise click.UsageError("-o needs the name of a file.")
    asked = tuple(chain.from_iterable(methods))
    source = _find(spec or DEFAULT)._replace(params=params, methods=asked)
    generated = _generate(source, style, backend, shapes)
    if output == "-":
        # Source is UTF-8, whatever the terminal's encoding.
        sys.stdout.flush()
        sys.stdout.buffer.write(generated.text.encode())
        return
    path = Path(output or f"{generated.name}.py")
    _keep_spec(path, source)
    planned = plan([Target(path, generated.text)], force=force)
    if as_diff:
        for step in planned.steps:
            click.echo(diff(step), nl=False)
    if planned.found:
        _tell(planned, generated)
        fail(planned.found)
    if only_check:
        stale = [step for step in planned.steps if step.action != "identical"]
        for step in stale:
            what = "does not exist" if step.before is None else "is not up to date"
            say(f"{path} {what}{_change(step, generated)}")
        sys.exit(bool(stale))
    if not pretend and not as_diff:
        if found := write(planned):
            fail(found)
    _tell(planned, generated)
    if not pretend and not as_diff:
        say(f"     next  {_next(path, generated)}")


def _find(named: str) -> Source:
    try:
        return find_source(named)
    except Refused as refused:
        fail(refused.found)


def _keep_spec(path: Path, source: Source) -> None:
    """Refuses to write over the spec itself, --force or not."""
    with suppress(OSError, ValueError):
        if path.samefile(source.path):
            message = "this is the spec itself: code would take its place"
            help_ = "name another file with -o"
            fail([Diagnostic("KS607", message, Span(str(path)), help_)])


def _next(path: Path, generated: Generated) -> str:
    """Gives the command to run next: training where there is some, else a look."""
    if generated.is_runnable:
        return f"python {quote(str(path))}"
    look = f"import {path.stem}; {path.stem}.build_model().summary()"
    if not path.stem.isidentifier() or path.suffix != ".py":
        return f"python -i {quote(str(path))}"
    place = "" if path.parent == Path() else f"cd {quote(str(path.parent))} && "
    return f'{place}python -c "{look}"'


def _generate(source: Source, style: str, backend: str, shapes: bool) -> Generated:
    generated, checked = generate(source, style, backend=backend, shapes=shapes)
    if generated is None:
        fail(checked.found, {source.path: checked.text})
    show(checked.found, {source.path: checked.text})
    return generated


def _tell(planned: Plan, generated: Generated) -> None:
    for step in planned.steps:
        change = _change(step, generated) or f" ({generated.style})"
        say(f"{step.action:>9}  {step.target.path}{change}")


def _change(step: Step, generated: Generated) -> str:
    """Says that a file was in another style before."""
    said = read_note(step.before or "")
    if said is None or said.style == generated.style:
        return ""
    return f" ({said.style} -> {generated.style})"
