"""The entry point of the command; each subcommand is imported when it is called."""

from __future__ import annotations

import os
import sys
from typing import Any, NoReturn

import click
from click.shell_completion import CompletionItem

from scaffold.cli.exit_codes import code_of, interrupted
from scaffold.cli.streams import prepare_streams
from scaffold.version import __version__

COMMANDS = {
    "check": "Check specs for errors and warnings.",
    "compare": "Show what differs between the styles of a spec.",
    "completion": "Print a shell completion script.",
    "editor": "Configure an editor for specs: tasks, findings and schema.",
    "diagram": "Draw a model as Mermaid, SVG or Graphviz DOT.",
    "explain": "Explain a finding code.",
    "init": "Create a project that trains a model.",
    "layers": "List Keras layers by family, or describe one.",
    "new": "Generate Keras source code from specs.",
    "schema": "Print the JSON Schema of specs or of findings.",
    "styles": "Show which styles can express a spec, and which to choose.",
    "presets": "List presets, or print the spec of one.",
    "verify": "Run generated code and compare it with its spec.",
}
"""The subcommands and their one-line help, so that `--help` imports none of them."""

COMPLETION_VARIABLE = "_KERAS_SCAFFOLD_COMPLETE"
"""The environment variable that a shell sets to request completions from Click."""


class Commands(click.Group):
    """The group of subcommands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the subcommands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the subcommand that is called."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command = getattr(import_module(f"scaffold.cli.commands.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return _described(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand; suggest a similar one for an unknown name."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from scaffold.diagnostics import did_you_mean, suggest

            if help_ := did_you_mean(suggest(args[0], COMMANDS)):
                message = f"no command `{args[0]}`: {help_}"
                raise click.UsageError(message, error.ctx) from None
            raise

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Complete the name of a subcommand, or an option, without importing any."""
        matches = [name for name in sorted(COMMANDS) if name.startswith(incomplete)]
        return [
            *(CompletionItem(name, help=COMMANDS[name]) for name in matches),
            *click.Command.shell_complete(self, ctx, incomplete),
        ]

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand, and handle Ctrl-C, which Click treats as an error."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            interrupted()
        except click.Abort as error:  # the input ended at a prompt
            if isinstance(error.__context__, KeyboardInterrupt):
                interrupted()
            raise

    def format_help_text(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the description of the command."""
        _described(self)
        super().format_help_text(ctx, formatter)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """List the subcommands in `--help`."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="keras-scaffold")
def cli() -> None:
    """Generate Keras source code from a layer spec, in any of Keras's three styles.

    To try it without a spec, run `keras-scaffold new --style subclass`.
    """


def run() -> NoReturn:
    """Run the command, and exit.

    Exit codes: 0 success; 1 findings, a conflict, or an error of the operating system;
    2 wrong usage; 3 internal error; 130 interrupted.
    """
    prepare_streams()
    code = code_of(_ended)
    sys.exit(code or code_of(_flush))


def _described(command: click.Command) -> click.Command:
    """Restore the help of a command, which Python removes with `-OO`."""
    if command.help is None and command.callback is not None:
        from scaffold.docstrings import docstring

        command.help = docstring(command.callback)
    return command


def _ended() -> int:
    """Run the command, and return its exit code."""
    if COMPLETION_VARIABLE in os.environ:
        from scaffold.cli.shells import register_shells

        register_shells()
    try:
        ended = cli(prog_name="keras-scaffold", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort as error:
        if isinstance(error.__cause__, KeyboardInterrupt):
            interrupted()
        click.echo("Aborted!", err=True)  # the input ended at a prompt
        return 1
    return ended if isinstance(ended, int) else 0


def _flush() -> int:
    """Write buffered output now: at exit, Python would show a traceback on an error."""
    sys.stdout.flush()
    return 0
