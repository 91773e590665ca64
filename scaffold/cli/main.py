"""The command's entry, and its subcommands, each imported when it is called."""

from __future__ import annotations

import os
import sys
from typing import Any, NoReturn

import click
from click.shell_completion import CompletionItem

from scaffold.cli.exit_codes import code_of, interrupted
from scaffold.cli.streams import settle_streams
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
        """Return their names."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the one that is called."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command = getattr(import_module(f"scaffold.cli.commands.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return _described(command)

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Complete a subcommand's name, or an option; imports none of them."""
        begun = [name for name in sorted(COMMANDS) if name.startswith(incomplete)]
        return [
            *(CompletionItem(name, help=COMMANDS[name]) for name in begun),
            *click.Command.shell_complete(self, ctx, incomplete),
        ]

    def invoke(self, ctx: click.Context) -> Any:
        """Run one of them, where Click would take a Ctrl-C for an error."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            interrupted()
        except click.Abort as error:  # a question was left without an answer
            if isinstance(error.__context__, KeyboardInterrupt):
                interrupted()
            raise

    def format_help_text(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write what the command is for."""
        _described(self)
        super().format_help_text(ctx, formatter)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """List them in `--help`."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="keras-scaffold")
def cli() -> None:
    """Write Keras source from a layer spec, in any of Keras's three styles.

    Try `keras-scaffold new --style subclass`: it needs nothing else.
    """


def run() -> NoReturn:
    """Run the command, and exit.

    Exit codes: 0 done, 1 findings, a conflict or something that the system refuses, 2
    wrong usage, 3 a fault of our own, 130 interrupted.
    """
    settle_streams()
    code = code_of(_ended)
    sys.exit(code or code_of(_flush))


def _described(command: click.Command) -> click.Command:
    """Give a command the help that Python has dropped from it (`-OO`)."""
    if command.help is None and command.callback is not None:
        from scaffold.docstrings import docstring

        command.help = docstring(command.callback)
    return command


def _ended() -> int:
    """Run the command to its end, and return its exit code."""
    if ASKED in os.environ:
        from scaffold.cli.shells import know_shells

        know_shells()
    try:
        ended = cli(prog_name="keras-scaffold", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort as error:
        if isinstance(error.__cause__, KeyboardInterrupt):
            interrupted()
        click.echo("Aborted!", err=True)  # a question was left without an answer
        return 1
    return ended if isinstance(ended, int) else 0


def _flush() -> int:
    """Write what is kept back, before Python does so and shows a traceback."""
    sys.stdout.flush()
    return 0
