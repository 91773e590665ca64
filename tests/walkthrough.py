"""Follow a page as a reader does: save its files, run its commands, read the output.

All of it happens in one process, because importing Keras takes seconds. Before each
script, Keras and the modules of the page are as in a new process.
"""

from __future__ import annotations

import ast
import contextlib
import io
import logging
import runpy
import shlex
import subprocess
import sys
import sysconfig
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path

import keras
from click.testing import CliRunner

from scaffold.cli.main import cli

LIBRARIES = sysconfig.get_path("purelib")

# It warns of models that are compiled again and again, as only in a shared process.
logging.getLogger("tensorflow").setLevel(logging.ERROR)


class Walkthrough:
    """A directory, and what a reader does in it.

    Args:
        directory: An empty directory.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory.resolve()

    def save(self, name: str, text: str) -> None:
        """Save a file.

        Raises:
            ValueError: The file exists.
        """
        path = self.directory / name
        if path.exists():
            raise ValueError(f"the page saves {name} twice")
        path.write_text(text, encoding="utf-8")

    def run(self, command: str) -> str:
        """Run a command, and return all that it prints.

        Raises:
            ValueError: `keras-scaffold` stops for another reason than a finding.
        """
        program, *arguments = shlex.split(command)
        with contextlib.chdir(self.directory):
            if program == "keras-scaffold":
                done = CliRunner().invoke(cli, arguments)
                if done.exit_code not in (0, 1):
                    raise ValueError(f"{command}: {done.output}")
                return done.output
            if program == "python":
                return self._python_output(arguments)
            return subprocess.run(
                ["bash", "-c", command], check=True, stdout=subprocess.PIPE, text=True
            ).stdout

    def definitions(self, name: str, *wanted: str) -> str:
        """Return the source of some functions and classes of a file."""
        text = (self.directory / name).read_text(encoding="utf-8")
        lines = text.splitlines()
        pieces = {}
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                decorators = [part.lineno for part in node.decorator_list]
                start = min([node.lineno, *decorators]) - 1
                while lines[start - 1].startswith("#"):
                    start -= 1
                pieces[node.name] = "\n".join(lines[start : node.end_lineno])
        return "\n\n\n".join(pieces[definition] for definition in wanted)

    def _python_output(self, arguments: list[str]) -> str:
        """Run `python FILE` or `python -c CODE`, and return what it prints."""
        printed = io.StringIO()
        with (
            self.fresh_process(),
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
        ):
            try:
                if arguments[0] == "-c":
                    exec(arguments[1], {"__name__": "__main__"})
                else:
                    runpy.run_path(arguments[0], run_name="__main__")
            except Exception as error:
                printed.write(_traceback(error, self.directory))
        return printed.getvalue().replace(LIBRARIES, "...")

    @contextlib.contextmanager
    def fresh_process(self) -> Iterator[None]:
        """Forget what earlier scripts imported, registered and warned about."""
        keras.utils.clear_session()
        keras.saving.get_custom_objects().clear()
        sys.path.insert(0, str(self.directory))
        try:
            with warnings.catch_warnings():
                yield
        finally:
            sys.path.remove(str(self.directory))
            for name, module in [*sys.modules.items()]:
                path = getattr(module, "__file__", None) or ""
                if Path(path).parent == self.directory:
                    del sys.modules[name]


def _traceback(error: Exception, directory: Path) -> str:
    """Format an error as Python does, without the lines about installed files."""
    lines = ["Traceback (most recent call last):"]
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if (directory / path).parent == directory and frame.line:
            lines.append(f'  File "{path.name}", line {frame.lineno}, in {frame.name}')
            lines.append(f"    {frame.line}")
        elif path.is_relative_to(LIBRARIES) and lines[-1] != "  ...":
            lines.append("  ...")
    lines += [line.rstrip("\n") for line in traceback.format_exception_only(error)]
    return "\n".join([*lines, ""])
