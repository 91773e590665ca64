"""Typical mistakes, as data: what is written, what is found, and what helps."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic
from scaffold.pipeline import Source, check

HERE = Path(__file__).parent
HEAD = "inputs: {x: [8, 8, 4]}\nlayers:\n"
"""What stands before each entry of `entries.txt`."""


class Mistake(NamedTuple):
    """A mistake, and the one finding about it.

    Attributes:
        name: The entry, or the file as Python writes it.
        path: The name of the file that it stands in.
        text: The whole file.
        code: The finding's code.
        place: Its line and column.
        message: What it says.
        help: What it says that helps.
    """

    name: str
    path: str
    text: str
    code: str
    place: str
    message: str
    help: str

    @property
    def is_keyed(self) -> bool:
        """Whether it is an entry in keyed notation."""
        return re.match(r"[\w.]+: ", self.name) is not None and self.code not in (
            "KS110",
            "KS112",
        )


def entry(line: str) -> str:
    """Put an entry into a spec."""
    return f"{HEAD}  - {line}\n"


def mistakes() -> list[Mistake]:
    """Read the tables: entries in a YAML file, and whole files."""
    results = []
    for name in ("entries.txt", "files.txt"):
        text = (HERE / name).read_text(encoding="utf-8")
        for block in text.split("\n\n"):
            rows = [row for row in block.splitlines() if not row.startswith("#")]
            if len(rows) == 3:
                results.append(_mistake(name, *rows))
    return results


def _mistake(table: str, written: str, name: str, help_: str) -> Mistake:
    code, place, message = name.strip().split(" ", 2)
    cure = help_.strip().removeprefix("help: ")
    if table == "entries.txt":
        return Mistake(written, "m.yaml", entry(written), code, place, message, cure)
    path, text = written.split(" ", 1)
    return Mistake(written, path, ast.literal_eval(text), code, place, message, cure)


def seeded() -> list[tuple[str, str]]:
    """Read the changes that make one mistake each in `rich.yaml`."""
    text = (HERE / "seeded.txt").read_text(encoding="utf-8")
    pairs = []
    for row in text.splitlines():
        if row and not row.startswith("#"):
            old, new = row.split(" => ")
            pairs.append((ast.literal_eval(old), ast.literal_eval(new)))
    return pairs


def found_in(text: str, path: str = "m.yaml") -> tuple[Diagnostic, ...]:
    """Check a text."""
    return check(Source(text.encode(), path)).diagnostics
