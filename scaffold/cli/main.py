"""The command's entry, and its subcommands, each imported when it is called."""

from __future__ import annotations

import os
import sys

import click
from click.shell_completion import CompletionItem

from scaffold.version import __version__

COMMANDS = {
    "check": "Find all that is wrong with specs.",
    "completion": "Print the script that completes commands in a shell.",
    "editor": "Set an editor up for specs: tasks, findings, schema.",
    "diagram": "Draw a model: Mermaid, SVG, or for Graphviz.",
    "explain": "Explain a finding's code.",
    "init": "Begin a project that trains a model.",
    "layers": "List the layers of Keras, or show one.",
    "new": "Write Keras source from a spec.",
    "schema": "Print the JSON Schema of a spec, for editors, or of findings.",
    "styles": "Show which styles can say a spec, and which to choose.",
    "presets": "List the presets, or print one.",
    "verify": "Run generated code, and hold it against its spec.",
}
"""The subcommands with their one-line help: `--help` imports none of them."""

ASKED = "_KERAS_SCAFFOLD_COMPLETE"
"""The environment variable by which a shell asks Click for candidates."""


class Commands(click.Group):
    """The group of subcommands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Gives their names."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Imports the one that is called."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command = getattr(import_module(f"scaffold.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Completes a subcommand's name, or an option; imports none of them."""
        begun = [name for name in sorted(COMMANDS) if name.startswith(incomplete)]
        return [
            *(CompletionItem(name, help=COMMANDS[name]) for name in begun),
            *click.Command.shell_complete(self, ctx, incomplete),
        ]

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Lists them in `--help`."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="keras-scaffold")
def cli() -> None:
    """Write Keras source from a layer spec, in any of Keras's three styles.

    Try `keras-scaffold new --style subclass`: it needs nothing else.
    """


def run() -> None:
    """Runs the command, and exits.

    Exit codes: 0 done, 1 findings or a conflict, 2 wrong usage, 3 a fault of our own.
    """
    try:
        if ASKED in os.environ:
            from scaffold.cli.shells import know_shells

            know_shells()
        cli(prog_name="keras-scaffold")
    except BrokenPipeError:
        # Whoever read our output has seen enough: `keras-scaffold layers | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        # The last resort: no user of a command should have to read a traceback.
        _fault(error)


def _fault(error: Exception) -> None:
    """Says that the tool itself has failed, and leaves with 3.

    A catalogue of the user's that cannot be read is a matter of usage: 2.
    """
    from scaffold.catalogue import CatalogueError

    if isinstance(error, CatalogueError):
        click.echo(f"keras-scaffold: {error}", err=True)
        sys.exit(2)
    if os.environ.get("KERAS_SCAFFOLD_DEBUG"):
        raise error
    click.echo(
        f"keras-scaffold failed, and that is its own fault: {type(error).__name__}: "
        f"{error}\nPlease report it together with your spec;\n"
        "KERAS_SCAFFOLD_DEBUG=1 shows where it happened.",
        err=True,
    )
    sys.exit(3)
