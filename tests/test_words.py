"""Names say what a thing is: no empty words, and no class name twice."""

from __future__ import annotations

import ast
import builtins
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import scaffold

ROOT = Path(scaffold.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
TESTS = sorted(
    path
    for path in Path(__file__).parent.rglob("*.py")
    if "cases" not in path.relative_to(Path(__file__).parent).parts
)
EMPTY_WORDS = frozenset(("one", "found", "given", "said", "made"))
"""Words that fit anything; see docs/glossary.md."""


def names_in(tree: ast.AST) -> Iterator[str]:
    """Return the names that a module gives to things."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.keyword(arg=str(name)) | ast.ExceptHandler(name=str(name)):
                yield name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name


def empty_words(text: str) -> Counter[str]:
    """Count the empty words among the names of a module."""
    # `hypothesis.given` is a decorator, with a name that is not ours.
    words = EMPTY_WORDS - ({"given"} if "from hypothesis import" in text else set())
    return Counter(name for name in names_in(ast.parse(text)) if name in words)


def test_no_empty_words() -> None:
    """No variable, field, argument, function or class is called by one."""
    counts = {
        path.relative_to(ROOT.parent).as_posix(): words
        for path in (*MODULES, *TESTS)
        if (words := empty_words(path.read_text(encoding="utf-8")))
    }
    assert MODULES and TESTS and counts == {}


@pytest.mark.parametrize(
    "text",
    [
        "one = 1",
        "def look(given): ...",
        "look(said=1)",
        "class Batch:\n    found: int",
        "def made(): ...",
        "[one for one in range(3)]",
        "tree.found",
        "try: ...\nexcept OSError as one: ...",
        "match 1:\n    case int() as found: ...",
    ],
)
def test_the_count_sees(text: str) -> None:
    """Each way in which a thing gets a name."""
    assert empty_words(text)


def test_no_class_name_twice() -> None:
    """Whoever reads of a class knows which one it is."""
    places = defaultdict(list)
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(path.relative_to(ROOT).as_posix())
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def section_of(docstring: str, title: str) -> list[str]:
    """Return the names that a section of a docstring describes."""
    match = re.search(rf"{title}:\n((?:.|\n)*?)(?:\n\n|\Z)", docstring)
    return re.findall(r"^    (\w[\w.]*): ", match[1], re.M) if match else []


def exceptions() -> set[str]:
    """Return the names of all classes that modules define or import."""
    names = set(dir(builtins))
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.alias):
                names.add((node.asname or node.name).rpartition(".")[2])
    return names | {"UsageError"}  # click's, which is raised as `click.UsageError`


def test_docstrings_raise_what_there_is() -> None:
    """What a function is said to raise is a class that there is."""
    known, wrong = exceptions(), []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.FunctionDef):
                raised = section_of(ast.get_docstring(node) or "", "Raises")
                wrong += [
                    f"{path.name}: {node.name}: {name}"
                    for name in raised
                    if name.rpartition(".")[2] not in known
                ]
    assert wrong == []


def test_docstrings_describe_attributes_that_there_are() -> None:
    """What a class is said to have, it has."""
    wrong = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ClassDef):
                has = {
                    part.target.id
                    for part in node.body
                    if isinstance(part, ast.AnnAssign)
                    and isinstance(part.target, ast.Name)
                }
                has |= {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
                has |= {n.name for n in node.body if isinstance(n, ast.FunctionDef)}
                section = section_of(ast.get_docstring(node) or "", "Attributes")
                wrong += [f"{node.name}.{name}" for name in section if name not in has]
    assert wrong == []
