"""Click parameter types: the default of a param, and methods to override."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scaffold.cli import completers

if TYPE_CHECKING:
    Pair = click.ParamType[tuple[str, str]]
    Names = click.ParamType[tuple[str, ...]]
else:  # before Click 8.4 it takes no type
    Pair = Names = click.ParamType


class Setting(Pair):
    """A new default of a param, `name=value`."""

    name = "name=value"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Split the text into the name and the value."""
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
    help="Set the default of a param (can be repeated).",
)
"""Add the option that sets params of the spec to a command."""


class Methods(Names):
    """Names of methods, separated by commas."""

    name = "method,..."

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Split the text into names."""
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip() for name in str(value).split(","))
        if not all(names):
            self.fail(f"{value!r} contains an empty name", param, ctx)
        return names
