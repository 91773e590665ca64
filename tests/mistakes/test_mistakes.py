"""Each typical mistake is one finding, at its place, whose help mends it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import scaffold
from scaffold.catalogue import load
from scaffold.foreign_code import recognize_file
from tests.editor.keyed import keyed, tree_of
from tests.editor.mutations import mutations
from tests.editor.places import Written
from tests.goldens import specs
from tests.mistakes import HERE, Mistake, found_in, mistakes, seeded

ROOT = Path(scaffold.__file__).parent
CASES = Path(__file__).parents[1] / "cases"
TABLE = mistakes()
RICH = (HERE / "rich.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("row", [pytest.param(item, id=item.name) for item in TABLE])
def test_mistake(row: Mistake) -> None:
    """There is one finding, with this place and these words."""
    (diagnostics,) = found_in(row.text, row.path)
    place = f"{diagnostics.span.line}:{diagnostics.span.column}"
    assert (diagnostics.code, place) == (row.code, row.place)
    assert (diagnostics.message, diagnostics.help) == (row.message, row.help)
    assert diagnostics.help


def test_the_table_is_long() -> None:
    """It has entries and files of all notations."""
    assert len(TABLE) > 300
    assert {row.path[-4:] for row in TABLE} >= {"yaml", "json", "toml", "1.py"}


@pytest.mark.parametrize(
    "text",
    [
        "inputs: {shape: [4]}\nlayers:\n  - Dense(1) <- shape\n",
        "inputs: {shape: [4]}\nlayers:\n  - {Dense: 1, from: shape}\n",
        "inputs: {shape: {shape: [4]}}\nlayers: [Dense(1)]\n",
        "inputs: {shape: [4], dtype: [4]}\nlayers:\n  - Add() <- shape, dtype\n",
    ],
)
def test_an_input_may_be_called_shape(text: str) -> None:
    """An entry that is called on it, or a mapping, tells that it is a name."""
    assert found_in(text) == ()


def test_each_entry_of_a_block_list_is_read_by_itself() -> None:
    """An open bracket does not reach over the dash of the next entry."""
    text = "inputs: [8]\nlayers:\n  - Dense(8\n  - Dense(8))\n"
    first, second = found_in(text)
    assert (first.span.line, first.message) == (3, "this `(` is not closed")
    assert (second.span.line, second.message) == (4, "unmatched `)`")


def test_rich_spec_is_right() -> None:
    """Nothing is wrong with the spec in which mistakes are made."""
    assert found_in(RICH) == ()


@pytest.mark.parametrize("pair", seeded(), ids=lambda pair: f"{pair[0]} to {pair[1]}")
def test_one_mistake_is_one_finding(pair: tuple[str, str]) -> None:
    """What follows from a mistake is not shown beside it."""
    old, new = pair
    assert old in RICH
    diagnostics = found_in(RICH.replace(old, new, 1))
    assert len(diagnostics) == 1, [
        (diagnostic.code, diagnostic.message) for diagnostic in diagnostics
    ]
    assert diagnostics[0].help


def corpus() -> Iterator[tuple[str, str]]:
    """Give every spec of the tests, right and wrong, and a thousand changed ones."""
    for path in sorted(CASES.rglob("*")):
        if path.suffix in (".yaml", ".json", ".toml"):
            yield path.name, path.read_text(encoding="utf-8")
    for row in TABLE:
        yield row.path, row.text
    trees = [(path.stem, keyed(tree_of(path))) for path in specs()]
    for mutation in mutations(trees, 1000, seed=12):
        yield f"{mutation.name}.json", Written(mutation.tree).text


@pytest.mark.slow
def test_every_finding_has_help() -> None:
    """There is no finding without help in the whole corpus."""
    count = 0
    for name, text in corpus():
        for diagnostic in found_in(text, name):
            assert diagnostic.help.strip(), (name, diagnostic)
            count += 1
    assert count > 1500


SOURCES = sorted(path for path in ROOT.rglob("*.py") if "introspect" not in path.parts)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_diagnostic_is_made_with_help(path: Path) -> None:
    """No finding is made without help, wherever it is made."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Diagnostic":
            arguments = node.args[3:4] + [
                keyword.value for keyword in node.keywords if keyword.arg == "help"
            ]
            assert arguments, f"{path.name}:{node.lineno}"
            is_empty = isinstance(arguments[0], ast.Constant) and not arguments[0].value
            assert not is_empty, f"{path.name}:{node.lineno}"


@pytest.mark.slow
def test_no_words_of_a_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a parser says differs from version to version: findings do not."""
    import tomllib

    from ruamel.yaml import error

    before = [found_in(row.text, row.path) for row in TABLE]
    parse, loads = ast.parse, tomllib.loads

    def other_words(*arguments: Any, **named: Any) -> Any:
        try:
            return parse(*arguments, **named)
        except SyntaxError:
            raise SyntaxError("words of another version") from None

    def other_toml(text: str) -> Any:
        try:
            return loads(text)
        except tomllib.TOMLDecodeError:
            raise tomllib.TOMLDecodeError("words of another version") from None

    result = error.MarkedYAMLError.__init__

    def other_yaml(self: Any, *arguments: Any, **named: Any) -> None:
        result(self, *arguments, **named)
        self.context = self.problem = "words of another version"

    monkeypatch.setattr(ast, "parse", other_words)
    monkeypatch.setattr(tomllib, "loads", other_toml)
    monkeypatch.setattr(error.MarkedYAMLError, "__init__", other_yaml)
    after = [found_in(row.text, row.path) for row in TABLE]
    message = [diagnostic for item in after for diagnostic in item]
    assert not any(
        "another version" in diagnostic.message + diagnostic.help
        for diagnostic in message
    )
    assert [[diagnostic[:2] for diagnostic in item] for item in before] == [
        [diagnostic[:2] for diagnostic in item] for item in after
    ]


def test_a_spec_is_not_taken_for_another_file() -> None:
    """Nothing that is a spec is said to be code or a saved model."""
    for path in specs():
        text = path.read_text(encoding="utf-8")
        assert recognize_file(text, path.name, None, load()) is None


def test_nothing_of_it_is_loaded_for_a_spec_without_faults() -> None:
    """The tables of older names cost nothing where nothing is wrong."""
    code = (
        "import sys, scaffold\n"
        "source = scaffold.Source(b'inputs: [4]\\nlayers: [Dense(1)]', 'm.yaml')\n"
        "assert not scaffold.check(source).diagnostics\n"
        "print([one for one in sys.modules if 'foreign' in one])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "text",
    [
        "inputs: [4]\nlayers:\n  - {}\n",
        "inputs: [4]\nlayers:\n  - Dense({}=3)\n",
        "inputs: [4]\nlayers:\n  - Dense({})\n",
        "inputs: [4]\nlayers:\n  - Dense(3) <- {}\n",
        "inputs: [4]\nlayers:\n  - Dense(3)\n    {}: 3\n",
        "inputs: [4]\n{}\nlayers:\n  - Dense(3)\n",
    ],
)
def test_long_names_are_cut(text: str) -> None:
    """A message has the beginning of a name that nobody could read."""
    results = found_in(text.format("x" * 900_000))
    assert results
    assert all(len(each.message) + len(each.help) < 1000 for each in results)


def test_zeros_are_not_utf_16() -> None:
    """A file of NUL bytes alone is no text in another encoding."""
    (each,) = found_in("\0\0\0")
    assert each.code == "KS103"
