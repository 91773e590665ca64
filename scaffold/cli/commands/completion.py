"""`keras-scaffold completion`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType

import click

SHELLS: Mapping[str, str] = MappingProxyType(
    {
        "bash": """\
For bash with bash-completion, run:

    folder=~/.local/share/bash-completion/completions
    mkdir -p $folder && keras-scaffold completion bash > $folder/keras-scaffold

For bash without bash-completion (such as on macOS), add this line to ~/.bashrc:

    eval "$(keras-scaffold completion bash)"
""",
        "zsh": """\
For zsh, run:

    mkdir -p ~/.zfunc && keras-scaffold completion zsh > ~/.zfunc/_keras-scaffold

and add these lines to ~/.zshrc (the second one may already be there):

    fpath=(~/.zfunc $fpath)
    autoload -Uz compinit && compinit
""",
        "fish": """\
For fish, run:

    mkdir -p ~/.config/fish/completions
    keras-scaffold completion fish > ~/.config/fish/completions/keras-scaffold.fish
""",
        "powershell": """\
For PowerShell, add this line to the file that $PROFILE names:

    keras-scaffold completion powershell | Out-String | Invoke-Expression
""",
    }
)
"""The shells, and how to install the script in each."""


@click.command()
@click.argument("shell", type=click.Choice(list(SHELLS)), required=False)
def completion(shell: str | None) -> None:
    """Print a shell completion script.

    The script completes commands, options, presets, layers, codes, params and files.
    Without an argument, print how to install it, starting with the current shell.
    """
    if shell is None:
        click.echo("\n".join(SHELLS[name] for name in _in_order()), nl=False)
        return
    from scaffold.cli.shells import script

    click.echo(script(shell), nl=False)


def _in_order() -> list[str]:
    """Return the shells, the one that $SHELL names first."""
    current = os.path.basename(os.environ.get("SHELL", ""))
    return sorted(SHELLS, key=lambda shell: shell != current)
