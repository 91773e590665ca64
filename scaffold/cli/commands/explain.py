"""`keras-scaffold explain`."""

from __future__ import annotations

import sys

import click

from scaffold.cli import completers
from scaffold.cli.console import print_status
from scaffold.diagnostics import did_you_mean, suggest
from scaffold.pages import CODES
from scaffold.pages import explain as page


@click.command()
@click.argument("code", required=False, shell_complete=completers.codes)
def explain(code: str | None) -> None:
    """Explain a finding code: what it means, why, and how to fix it.

    CODE is a code such as KS201, or its name. Without CODE, list all codes.
    """
    if code is None:
        width = max(len(code_page.name) for code_page in CODES.values())
        for code_page in CODES.values():
            click.echo(
                f"{code_page.code}  {code_page.name:{width}}  {code_page.summary}"
            )
        return
    wanted = code.strip().upper()
    named = {code_page.name.upper(): code_page.code for code_page in CODES.values()}
    wanted = named.get(wanted, f"KS{wanted}" if wanted.isdecimal() else wanted)
    if wanted not in CODES:
        near = suggest(
            wanted, (*CODES, *(code_page.name for code_page in CODES.values()))
        )
        print_status(f"there is no code `{code}`")
        print_status(did_you_mean(near) or "`keras-scaffold explain` lists all codes")
        sys.exit(1)
    click.echo(page(wanted), nl=False)
