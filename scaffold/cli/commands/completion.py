"""`keras-scaffold completion`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType

import click

SHELLS: Mapping[str, str] = MappingProxyType(
    {
        "bash": """\
bash, once and for all, where bash-completion is installed:

    folder=~/.local/share/bash-completion/completions
    mkdir -p $folder && keras-scaffold completion bash > $folder/keras-scaffold

and elsewhere (macOS), as a line of ~/.bashrc:

    eval "$(keras-scaffold completion bash)"
""",
        "zsh": """\
zsh, once and for all:

    mkdir -p ~/.zfunc && keras-scaffold completion zsh > ~/.zfunc/_keras-scaffold

with these lines in ~/.zshrc, which may have the second one already:

    fpath=(~/.zfunc $fpath)
    autoload -Uz compinit && compinit
""",
        "fish": """\
fish, once and for all:

    mkdir -p ~/.config/fish/completions
    keras-scaffold completion fish > ~/.config/fish/completions/keras-scaffold.fish
""",
        "powershell": """\
PowerShell, as a line of the file that $PROFILE names:

    keras-scaffold completion powershell | Out-String | Invoke-Expression
""",
    }
)
"""The shells, and what their users do once."""


@click.command()
@click.argument("shell", type=click.Choice(list(SHELLS)), required=False)
def completion(shell: str | None) -> None:
    """Print the script that completes this command in a shell.

    Commands, options, presets, layers, codes, params and files are completed. Without
    SHELL, it says how to install the script, for the shell in use first.
    """
    if shell is None:
        click.echo("\n".join(SHELLS[name] for name in _in_order()), nl=False)
        return
    from scaffold.cli.shells import script

    click.echo(script(shell), nl=False)


def _in_order() -> list[str]:
    """Return the shells, the one that $SHELL names first."""
    used = os.path.basename(os.environ.get("SHELL", ""))
    return sorted(SHELLS, key=lambda shell: shell != used)
