"""ReturnType completion requests of shells.

The scripts in `templates/completion/` pass the typed text and read one candidate per
line. `completers.py` and Click determine the candidates.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
)

from scaffold.cli.paths import paths
from scaffold.resources import resource_directory

SCRIPTS: Mapping[str, str] = MappingProxyType(
    {"bash": "bash", "zsh": "zsh", "fish": "fish", "powershell": "ps1"}
)
"""The shells, and the suffixes of their scripts."""

LINE = "_KERAS_SCAFFOLD_LINE"
"""The environment variable with the typed text, up to the cursor."""

WORD = "_KERAS_SCAFFOLD_WORD"
"""The environment variable with the last word as the shell splits it.

Only shells that split words at more characters than blanks set it.
"""


def script(shell: str) -> str:
    """Return the completion script of a shell.

    Args:
        shell: One of `SCRIPTS`.
    """
    path = resource_directory("completion") / f"keras-scaffold.{SCRIPTS[shell]}"
    return path.read_text(encoding="utf-8")


def register_shells() -> None:
    """Register the shells with Click, in the format that our scripts read."""
    for shell in (_Bash, _Zsh, _Fish, _PowerShell):
        add_completion_class(shell)


def split(line: str) -> list[str]:
    """Split the typed text into words, without quotes.

    Args:
        line: The command line up to the cursor. A quote may be open.

    Returns:
        The words; the last is the word at the cursor, possibly `""`.
    """
    import shlex

    lexer = shlex.shlex(f"{line}.", posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:  # an open quote, or a backslash at the end
        words.append(lexer.token)
    words[-1] = words[-1].removesuffix(".")
    return words


class _Shell(ShellComplete):
    """A shell that reads one candidate per line: its kind, value and description."""

    def source(self) -> str:
        """Return the completion script."""
        return script(self.name)

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the arguments before the word at the cursor, and that word."""
        words = self._words(os.environ.get(LINE, ""))
        # The line may start with variable assignments or `time`.
        names = [os.path.basename(word).removesuffix(".exe") for word in words[:-1]]
        start = names.index(self.prog_name) if self.prog_name in names else 0
        return words[start + 1 : -1], words[-1]

    def complete(self) -> str:
        """Return the candidates, one per line."""
        args, word = self.get_completion_args()
        self.ctx_args = {**self.ctx_args, "obj": list(args)}
        prefix, before = self._option_prefix(word), self._before(word)
        lines = []
        for item in _with_paths(self.get_completions(args, word)):
            item.value = (prefix + item.value).removeprefix(before)
            if item.value.isprintable():  # a line break would split the candidate
                lines.append(self.format_completion(item))
        return "\n".join(lines)

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return the line of a candidate."""
        kinds = {"plain": "word", "file": "path", "dir": "path"}
        kind = kinds.get(item.type, item.type)
        return f"{kind}\t{item.value}\t{_description(item)}".rstrip("\t")

    def _words(self, line: str) -> list[str]:
        return split(line)

    def _option_prefix(self, word: str) -> str:
        """Return the text before the value in `--option=value`."""
        name, sign, _ = word.partition("=")
        return name + sign if sign and word.startswith("-") else ""

    def _before(self, word: str) -> str:
        """Return the start of a word that the shell treats as an earlier word."""
        return ""


class _WordBreakingShell(_Shell):
    """A shell that splits words at more characters than blanks, and passes its word."""

    def _before(self, word: str) -> str:
        shell_word = self._words(os.environ.get(WORD, ""))[-1]
        return word.removesuffix(shell_word) if word.endswith(shell_word) else ""


class _Bash(_WordBreakingShell):
    """Bash, which splits words at `=` and `:`."""

    name = "bash"


class _PowerShell(_WordBreakingShell):
    """PowerShell, which splits words at commas, and passes a line that is split."""

    name = "powershell"

    def _words(self, line: str) -> list[str]:
        return [word.strip("\"'") for word in line.split("\n")]


class _Zsh(_Shell):
    """Zsh, whose script handles the text before the value itself."""

    name = "zsh"

    def _option_prefix(self, word: str) -> str:
        return ""


class _Fish(_Shell):
    """Fish, which decides itself whether to add a blank after a candidate."""

    name = "fish"

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return the line of a candidate, without its kind."""
        return f"{item.value}\t{_description(item)}".rstrip("\t")


def _description(item: CompletionItem[str]) -> str:
    """Return the description of a candidate, on one line."""
    return " ".join((item.help or "").split())


def _with_paths(items: list[CompletionItem[str]]) -> Iterator[CompletionItem[str]]:
    """Replace each placeholder for paths by the existing paths."""
    for item in items:
        if item.type in ("file", "dir"):
            suffixes = None if item.type == "file" else ()
            yield from paths(item.value, item.suffixes or suffixes)
        else:
            yield item
