"""Which strings in the code of this project name something of Keras."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from scaffold.catalogue import Catalogue, Registry

_BY_STRING: tuple[Registry, ...] = ("activations", "losses", "metrics", "optimizers")
"""The families of which a string such as `relu` is a fact as well."""

_SENTENCES = re.compile(r"^(Add|Constant) (?=[a-z])")
"""How sentences begin with a word that is a name of Keras, too."""

_WORD = re.compile(r"\w+")
_HOLE = "\0"


class Names:
    """The names of a catalogue.

    Attributes:
        classes: The names of layers, losses, initializers and so on, aliases included.
        strings: The strings that stand for an activation, loss, metric or optimizer.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        """Collect them."""
        families = set(get_args(Registry)) - {"ops", "methods", "activations"}
        self.classes = {
            name
            for family in families
            for name in (*catalogue.names(family), *catalogue.aliases(family))
            if name[:1].isupper()
        }
        self.strings = {
            string for family in _BY_STRING for string in catalogue.strings(family)
        }

    def within(self, text: str) -> list[str]:
        """Find the names in a string; of an f-string, each value is a null byte."""
        if text in self.strings:
            return [text]
        prose = _SENTENCES.sub("", text)
        words = [word for word in _WORD.findall(prose) if word in self.classes]
        return words + [
            word
            for word in re.findall(rf"[A-Z][a-z]+[\w{_HOLE}]*{_HOLE}\w*", prose)
            if any(map(_pattern(word).fullmatch, self.classes))
        ]


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(re.escape(word).replace(re.escape(_HOLE), r"\w+"))


def strings_of(path: Path) -> Iterator[tuple[int, str]]:
    """Give the strings of a module, each with its line, but for docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            left_out |= {id(part) for part in node.values}
            yield (
                node.lineno,
                "".join(
                    str(part.value) if isinstance(part, ast.Constant) else _HOLE
                    for part in node.values
                ),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in left_out:
                yield node.lineno, node.value
