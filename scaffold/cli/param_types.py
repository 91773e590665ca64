"""What is set on the command line: a param, methods to override."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scaffold.cli import completers

if TYPE_CHECKING:
    Pair = click.ParamType[tuple[str, str]]
    Words = click.ParamType[tuple[str, ...]]
else:  # before Click 8.4 it takes no type
    Pair = Words = click.ParamType


class Setting(Pair):
    """A param's new default, `name=value`."""

    name = "name=value"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Split the name from the value."""
        name, sign, text = str(value).partition("=")
        if not sign or not name.strip():
            self.fail(f"{value!r} is not of the form name=value", param, ctx)
        return name.strip(), text


sets_params = click.option(
    "-p",
    "--param",
    "params",
    type=Setting(),
    multiple=True,
    shell_complete=completers.params,
    help="Set a param's default.",
)
"""Gives a command the option that sets params of its spec."""


class Methods(Words):
    """Names of methods, with commas between them."""

    name = "method,..."

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Split the names from one another."""
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip() for name in str(value).split(","))
        if not all(names):
            self.fail(f"{value!r} has a comma without a name beside it", param, ctx)
        return names
