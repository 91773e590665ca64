"""What shells ask when the tab key is pressed, and how each is answered.

The scripts of `templates/completion/` hand on what was typed, and get a candidate a
line. What fits where, `completers.py` and Click know.
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
"""The environment variable with what was typed, up to the cursor."""

WORD = "_KERAS_SCAFFOLD_WORD"
"""The one with what the shell takes for the word there, where it cuts at more signs."""


def script(shell: str) -> str:
    """Return a shell's script.

    Args:
        shell: One of `SCRIPTS`.
    """
    path = resource_directory("completion") / f"keras-scaffold.{SCRIPTS[shell]}"
    return path.read_text(encoding="utf-8")


def know_shells() -> None:
    """Have Click answer in the form that our scripts read."""
    for shell in (_Bash, _Zsh, _Fish, _PowerShell):
        add_completion_class(shell)


def split(line: str) -> list[str]:
    """Split what was typed into words, without their quotes.

    Args:
        line: A command line up to the cursor. A quote may still be open.

    Returns:
        The words; the last is the one that is being typed, perhaps `""`.
    """
    import shlex

    lexer = shlex.shlex(f"{line}.", posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:  # within quotes, or behind a backslash
        words.append(lexer.token)
    words[-1] = words[-1].removesuffix(".")
    return words


class _Shell(ShellComplete):
    """A shell that reads a line a candidate: its kind, the word, and what it is."""

    def source(self) -> str:
        """Return its script."""
        return script(self.name)

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the arguments before the word that is typed, and that word."""
        words = self._words(os.environ.get(LINE, ""))
        # Shells may put more in front: variables that are set, `time`.
        names = [os.path.basename(word).removesuffix(".exe") for word in words[:-1]]
        start = names.index(self.prog_name) if self.prog_name in names else 0
        return words[start + 1 : -1], words[-1]

    def complete(self) -> str:
        """Return the candidates, a line each."""
        args, word = self.get_completion_args()
        self.ctx_args = {**self.ctx_args, "obj": list(args)}
        head, before = self._head(word), self._before(word)
        lines = []
        for item in _with_paths(self.get_completions(args, word)):
            item.value = (head + item.value).removeprefix(before)
            if item.value.isprintable():  # else it would not be one line
                lines.append(self.format_completion(item))
        return "\n".join(lines)

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return a candidate's line."""
        kinds = {"plain": "word", "file": "path", "dir": "path"}
        kind = kinds.get(item.type, item.type)
        return f"{kind}\t{item.value}\t{_about(item)}".rstrip("\t")

    def _words(self, line: str) -> list[str]:
        return split(line)

    def _head(self, word: str) -> str:
        """Return what stands before the value in `--option=value`."""
        name, sign, _ = word.partition("=")
        return name + sign if sign and word.startswith("-") else ""

    def _before(self, word: str) -> str:
        """Return the part of a word that the shell takes for another word's."""
        return ""


class _WordBreakingShell(_Shell):
    """A shell that cuts words at more signs than blanks, and says what it completes."""

    def _before(self, word: str) -> str:
        seen = self._words(os.environ.get(WORD, ""))[-1]
        return word.removesuffix(seen) if word.endswith(seen) else ""


class _Bash(_WordBreakingShell):
    """Bash, which cuts at `=` and `:`."""

    name = "bash"


class _PowerShell(_WordBreakingShell):
    """PowerShell, which cuts at commas, and has split the line itself."""

    name = "powershell"

    def _words(self, line: str) -> list[str]:
        return [word.strip("\"'") for word in line.split("\n")]


class _Zsh(_Shell):
    """Zsh, whose script sees to what stands before the value itself."""

    name = "zsh"

    def _head(self, word: str) -> str:
        return ""


class _Fish(_Shell):
    """Fish, which finds out by itself where no blank belongs."""

    name = "fish"

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return a candidate's line: without its kind."""
        return f"{item.value}\t{_about(item)}".rstrip("\t")


def _about(item: CompletionItem[str]) -> str:
    """Return what a candidate is, on one line."""
    return " ".join((item.help or "").split())


def _with_paths(items: list[CompletionItem[str]]) -> Iterator[CompletionItem[str]]:
    """Put what is there in the place of what only says that paths fit."""
    for item in items:
        if item.type in ("file", "dir"):
            suffixes = None if item.type == "file" else ()
            yield from paths(item.value, item.suffixes or suffixes)
        else:
            yield item
