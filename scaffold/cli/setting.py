"""A param that is set on the command line."""

from __future__ import annotations

import click


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
