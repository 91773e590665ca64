"""`keras-scaffold new`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scaffold.cli.console import fail, say, show
from scaffold.cli.sources import find_source
from scaffold.diagnostics import Refused
from scaffold.output import Plan, Target, diff, plan, write
from scaffold.pipeline import Generated, generate
from scaffold.spec import DEFAULT
from scaffold.styles import STYLES


class Setting(click.ParamType[tuple[str, str]]):
    """A param's new default, `name=value`."""

    name = "name=value"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Splits the name from the value."""
        name, sign, text = str(value).partition("=")
        if not sign or not name.strip():
            self.fail(f"{value!r} is not of the form name=value", param, ctx)
        return name.strip(), text


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
@click.option("--diff", "as_diff", is_flag=True, help="Show what would change.")
@click.option(
    "--check", "only_check", is_flag=True, help="Exit 1 if the file is not up to date."
)
@click.option("--force", is_flag=True, help="Replace a file that was edited.")
@click.option(
    "-p",
    "--param",
    "params",
    type=Setting(),
    multiple=True,
    help="Set a param's default.",
)
def new(
    spec: str | None,
    style: str,
    output: str | None,
    pretend: bool,
    as_diff: bool,
    only_check: bool,
    force: bool,
    params: tuple[tuple[str, str], ...],
) -> None:
    """Write Keras source from a spec.

    SPEC is a file (YAML, JSON or TOML), a preset's name, or - for standard input.
    Without one, the preset linear_regression is used.
    """
    if spec is None:
        say(f"no spec given: using the preset {DEFAULT} (`keras-scaffold presets`)")
    generated = _generate(spec or DEFAULT, style, params)
    if output == "-":
        click.echo(generated.text, nl=False)
        return
    path = Path(output or f"{generated.name}.py")
    planned = plan([Target(path, generated.text)], force=force)
    if as_diff:
        for step in planned.steps:
            click.echo(diff(step), nl=False)
    if planned.found:
        _tell(planned, generated)
        fail(planned.found)
    if only_check:
        stale = any(step.action != "identical" for step in planned.steps)
        if stale and not as_diff:
            say(f"{path} is not up to date")
        sys.exit(stale)
    if not pretend and not as_diff:
        if found := write(planned):
            fail(found)
    _tell(planned, generated)
    if not pretend and not as_diff and generated.is_runnable:
        say(f"     next  python {path}")


def _generate(named: str, style: str, params: tuple[tuple[str, str], ...]) -> Generated:
    try:
        source = find_source(named)._replace(params=params)
    except Refused as refused:
        fail(refused.found)
    generated, checked = generate(source, style)
    if generated is None:
        fail(checked.found, {source.path: checked.text})
    show(checked.found, {source.path: checked.text})
    return generated


def _tell(planned: Plan, generated: Generated) -> None:
    for step in planned.steps:
        say(f"{step.action:>9}  {step.target.path} ({generated.style})")
