"""The schema and `check` say the same of every spec, as far as a schema can see."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft7Validator

from scaffold.catalogue import load
from scaffold.diagnostics import Diagnostic
from scaffold.editor.schema import spec_schema
from scaffold.pages import CODES
from scaffold.pipeline import Source, check, generate
from scaffold.resources import resource_directory
from tests.editor.keyed import keyed, tree_in, tree_of
from tests.editor.mutations import Mutation, mutations
from tests.editor.places import Written
from tests.editor.unseen import UNSEEN, is_unseen
from tests.goldens import simplest, specs

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CATALOGUE = load()
HIDING = {"KS110", "KS111", "KS208", "KS211", "KS304", "KS306", "KS308"}
"""Faults for which `check` leaves an entry out, or takes a block for Keras's layer."""


@cache
def validator() -> Draft7Validator:
    """Gives the schema, compiled once."""
    return Draft7Validator(spec_schema(CATALOGUE))


def corpus() -> Iterator[tuple[str, Any]]:
    """Gives every spec of the cases, the presets and the documentation."""
    paths = [
        *(ROOT / "tests" / "cases").rglob("*"),
        *resource_directory("presets").glob("*"),
    ]
    for path in sorted(paths):
        if path.suffix in (".yaml", ".json", ".toml"):
            yield path.name, tree_of(path)
    for page in CODES.values():
        for text in (page.example, page.instead):
            if "layers:" in text and not text.startswith("$ "):
                yield page.code, tree_in(text)


def is_json(tree: Any) -> bool:
    """Tells whether JSON has it: it has no infinite numbers."""
    try:
        json.dumps(tree, allow_nan=False)
    except ValueError:
        return False
    return tree is not None


CORPUS = [(name, tree) for name, tree in corpus() if is_json(tree)]


@cache
def found_in(text: str) -> tuple[Diagnostic, ...]:
    """Gives what `check` finds in a spec in JSON."""
    return check(Source(text.encode(), "model.json"), CATALOGUE).diagnostics


def has_small_import(tree: Any) -> bool:
    """Tells whether an import does not begin with a capital, as a layer should."""
    imports = tree.get("imports") if isinstance(tree, dict) else None
    return isinstance(imports, dict) and not all(item[:1].isupper() for item in imports)


def disagreement(tree: Any) -> str:
    """Says where the schema and `check` differ on a spec, `""` where they agree."""
    written = Written(tree)
    diagnostics = found_in(written.text)
    seen = [
        diagnostic
        for diagnostic in diagnostics
        if not is_unseen(diagnostic, written.place(diagnostic))
    ]
    if validator().is_valid(tree):
        return f"only check: {seen}" if seen else ""
    if (
        seen
        or HIDING & {diagnostic.code for diagnostic in diagnostics}
        or has_small_import(tree)
    ):
        return ""
    first = next(iter(validator().iter_errors(tree)))
    return f"only the schema: {first.message} at {first.instance_path}; {diagnostics}"


@pytest.mark.parametrize("notation", ["as written", "keyed"])
def test_corpus(notation: str) -> None:
    """They agree on every spec there is, be its entries lines or mappings."""
    assert len(CORPUS) > 400
    for name, tree in CORPUS:
        message = disagreement(tree if notation == "as written" else keyed(tree))
        assert not message, (name, message)


def test_what_is_right_is_accepted() -> None:
    """No spec that has expected output is refused, in lines or keyed."""
    for path in specs():
        tree = tree_of(path)
        for item in (tree, keyed(tree)):
            assert validator().is_valid(item), (path.name, validator().validate(item))


def _code(text: str) -> str:
    """Return code without docstrings and without the spelling of numbers."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""
    return ast.dump(tree)


def test_keyed_means_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was rewritten for these tests gives the code that the lines give."""
    monkeypatch.setattr("scaffold.render.layout.format_source", lambda text: text)
    lines = 0
    for path in specs():
        if path.stem == "as_written":
            continue  # `-0.0` and `007` are other numbers in a plain tree
        rewritten = keyed(tree_of(path))
        lines += sum(isinstance(item, str) for item in rewritten["layers"])
        as_keyed = Source(Written(rewritten).text.encode(), f"{path.stem}.json")
        texts = []
        for source in (Source(path.read_bytes(), path.name), as_keyed):
            generated, checked = generate(source, simplest(path), CATALOGUE)
            assert generated is not None, (path.name, checked.diagnostics)
            texts.append(_code(generated.text))
        assert texts[0] == texts[1], path.name
    assert lines < 10


@cache
def mutated() -> tuple[Mutation, ...]:
    """Changes the specs that are right, a thousand times."""
    trees = [(path.stem, keyed(tree_of(path))) for path in specs()]
    return tuple(mutations(trees, 1000))


def test_mutations() -> None:
    """They agree on a thousand specs, each changed in one place."""
    accepted = 0
    for mutation in mutated():
        message = disagreement(mutation.tree)
        assert not message, (mutation.name, message)
        accepted += validator().is_valid(mutation.tree)
    assert 250 < accepted < 750


def test_table_is_not_longer_than_needed() -> None:
    """Each row is about something that was found where the schema sees nothing."""
    used = set()
    trees = [*(keyed(tree) for _, tree in CORPUS), *(item.tree for item in mutated())]
    for tree in trees:
        if validator().is_valid(tree):
            written = Written(tree)
            for item in found_in(written.text):
                place = written.place(item)
                used |= {row.what for row in UNSEEN if row.covers(item, place)}
    needless = {row.what for row in UNSEEN} - used
    assert needless == set()


def test_table_is_in_the_documentation() -> None:
    """docs/schema.md lists the same differences, with the same reasons."""
    text = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
    rows = [f"| {row.codes} | {row.what} | {row.why} |" for row in UNSEEN]
    listed = [line for line in text.splitlines() if line.startswith("| KS")]
    assert listed == rows
