"""`keras-scaffold new`."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from shlex import quote
from typing import Any

import click

from scaffold.cli.console import fail, say, show
from scaffold.cli.setting import Methods, Setting
from scaffold.cli.sources import find_source
from scaffold.cli.writing import check_usage, keep_spec, print_source, write_files
from scaffold.diagnostics import Refused
from scaffold.ir.hooks import METHODS
from scaffold.output import Step, Target
from scaffold.output.note import read_note
from scaffold.pipeline import Generated, Source, generate
from scaffold.spec import DEFAULT
from scaffold.styles import BACKENDS, STYLES

PARTS = {
    "layer": "Write a layer of your own.",
    "loss": "Write a loss of your own.",
    "metric": "Write a metric of your own.",
    "callback": "Write a callback of your own.",
}
"""The parts that are written where their word comes first, with one-line help."""


class New(click.Command):
    """A command that hands on to another one where its first word is a part's."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Reads the command line, or has the command for that part read it."""
        if not args or args[0] not in PARTS:
            return super().make_context(info_name, args, parent, **extra)
        from scaffold.cli.new_part import part_command

        kind, *rest = args
        command = part_command(kind, PARTS[kind])
        return command.make_context(f"{info_name} {kind}", rest, parent, **extra)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Gives what stands in the line `Usage:`."""
        return ["[OPTIONS] [SPEC]"]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the parts, below the options."""
        with formatter.section("Parts (`keras-scaffold new layer --help`)"):
            formatter.write_dl([(f"{kind} NAME", said) for kind, said in PARTS.items()])


@click.command(cls=New)
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
    """Write Keras source from a spec, or a part of your own.

    SPEC is a file (YAML, JSON or TOML), a preset's name, or - for standard input.
    Without one, the preset linear_regression is used. A word of those below, put
    first, writes a part; a file of that name is reached by ./layer.
    """
    if spec is None:
        say(f"no spec given: using the preset {DEFAULT} (`keras-scaffold presets`)")
    check_usage(output, pretend, as_diff, only_check, force)
    asked = tuple(chain.from_iterable(methods))
    source = _find(spec or DEFAULT)._replace(params=params, methods=asked)
    generated = _generate(source, style, backend, shapes)
    if output == "-":
        print_source(generated.text)
        return
    path = Path(output or f"{generated.name}.py")
    keep_spec(path, source.path, "code")
    is_written = write_files(
        [Target(path, generated.text)],
        pretend=pretend,
        as_diff=as_diff,
        only_check=only_check,
        force=force,
        change=lambda step: _change(step, generated),
        detail=f" ({generated.style})",
    )
    is_part = (path.parent / "__init__.py").exists()
    if is_written and not is_part:  # a package has ways of its own to go on
        say(f"     next  {_next(path, generated)}")


def _find(named: str) -> Source:
    try:
        return find_source(named)
    except Refused as refused:
        fail(refused.found)


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


def _change(step: Step, generated: Generated) -> str:
    """Says that a file was in another style before."""
    said = read_note(step.before or "")
    if said is None or said.style == generated.style:
        return ""
    return f" ({said.style} -> {generated.style})"
