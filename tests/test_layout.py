"""Where things are in the tests: what several of them use is in no test module."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent
MODULES = [path for path in HERE.rglob("*.py") if "cases" not in path.parts]


def imported(tree: ast.AST) -> Iterator[str]:
    """Return the last part of each name that a module imports, and of its module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield (node.module or "").rpartition(".")[2]
        if isinstance(node, ast.ImportFrom | ast.Import):
            yield from (alias.name.rpartition(".")[2] for alias in node.names)


def test_no_module_imports_tests() -> None:
    """Tests import helper modules, never other tests."""
    wrong = {}
    for path in MODULES:
        names = {*imported(ast.parse(path.read_text(encoding="utf-8")))}
        if tests := {name for name in names if name.startswith("test_")}:
            wrong[path.relative_to(HERE).as_posix()] = tests
    assert not wrong, "move what they share into a helper module"


def test_helpers_have_no_tests() -> None:
    """What pytest does not collect has no tests that would never run."""
    for path in MODULES:
        if not path.name.startswith("test_"):
            body = ast.parse(path.read_text(encoding="utf-8")).body
            functions = [node for node in body if isinstance(node, ast.FunctionDef)]
            names = [function.name for function in functions]
            assert not any(name.startswith("test_") for name in names), path


def test_imports_are_seen() -> None:
    """Each way to import a test is seen."""
    ways = (
        "from tests.styles.test_rows import made",
        "from .test_rows import made",
        "from tests.styles import test_rows",
        "import tests.styles.test_rows",
        "def late():\n    from . import test_rows",
    )
    for way in ways:
        assert "test_rows" in {*imported(ast.parse(way))}, way


@pytest.mark.parametrize("page", ["docs/architecture.md", "docs/glossary.md"])
def test_pages_name_what_is_there(page: str) -> None:
    """Each file or package that a page names is in the repository."""
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:[a-z_]+/)+(?:[a-z_]+\.(?:py|jinja|py\.jinja))?)`", text)
    assert len(named) > 10
    places = (ROOT, ROOT / "scaffold", ROOT / "tests")
    assert [
        name for name in named if not any((place / name).exists() for place in places)
    ] == []
