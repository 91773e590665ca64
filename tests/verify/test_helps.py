"""Every finding of `verify` says how to mend it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import scaffold.verify

FILES = sorted(Path(scaffold.verify.__file__).parent.rglob("*.py"))


def diagnostic_calls(file: Path) -> Iterator[ast.Call]:
    """Gives the places at which a module makes a finding."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "Diagnostic":
                yield node


def help_of(call: ast.Call) -> ast.expr | None:
    """Gives the help that a finding is made with."""
    by_name = {keyword.arg: keyword.value for keyword in call.keywords}
    return call.args[3] if len(call.args) > 3 else by_name.get("help")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_finding_is_made_with_help(file: Path) -> None:
    """There is none without, and none with an empty one."""
    for call in diagnostic_calls(file):
        arguments = help_of(call)
        where = f"{file.name}:{call.lineno}"
        assert arguments is not None, where
        assert not (isinstance(arguments, ast.Constant) and not arguments.value), where


def test_findings_are_made() -> None:
    """The test above looks at what there is."""
    assert sum(len(list(diagnostic_calls(file))) for file in FILES) > 40
