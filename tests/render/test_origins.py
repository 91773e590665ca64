"""Every line that makes or calls a layer comes from the entry that says it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from scaffold.catalogue import KerasCallable, load
from scaffold.ir import ModelIR
from scaffold.ir.names import snake_case
from scaffold.ir.types import Graph, Imported, Node, Object, Origin
from scaffold.ir.walk import within
from scaffold.pipeline import Source, check
from scaffold.render.layout import render, render_with_origins
from scaffold.render.origins import Lines, mark, origins_of
from scaffold.styles import Style
from scaffold.styles.write import write
from tests.goldens import HEADER, golden, specs, styles_of

pytestmark = pytest.mark.slow

ALL = [
    pytest.param(path, style, id=f"{path.stem}-{style}")
    for path in specs()
    for style in styles_of(path)
]


class Written(NamedTuple):
    """A model in a style, and where its lines come from."""

    model: ModelIR
    text: str
    lines: Lines

    def node(self, origin: Origin) -> Node:
        """Gives the entry of an origin."""
        graphs = {graph.origin: graph for graph in self.model.graphs}
        nodes = {node.id: node for node in graphs[origin.graph].nodes}
        return nodes[origin.node]


@cache
def written(path: Path, style: Style) -> Written:
    """Writes a spec in a style."""
    model = check(Source(path.read_bytes(), path.name)).model
    assert model is not None
    return Written(model, *render_with_origins(write(model, style, load())))


def made_by(node: Node) -> set[str]:
    """Gives what code that comes from an entry may call: classes and functions."""
    results = set()
    for layer in node.layers:
        for item in within(layer):
            target = item.target if isinstance(item, Object) else None
            if isinstance(target, Graph):
                results |= {target.name, snake_case(target.name)}
            elif isinstance(target, Imported):
                results.add(target.name)
            elif isinstance(target, KerasCallable):
                results.add(target.name)
    return results


def called(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Gives the calls of layers, operations, blocks and imports, and their names.

    What the code has for `recurse` and `loop`, no entry says.
    """
    written = [
        node
        for top in tree.body
        if not (isinstance(top, ast.ClassDef) and top.name in ("Recurse", "Loop"))
        for node in ast.walk(top)
    ]
    for item in written:
        match item:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="layers" | "ops"), attr=name)
            ):
                yield item, name
            case ast.Call(func=ast.Name(id=name)):
                yield item, name


def own_names(model: ModelIR) -> set[str]:
    """Gives the classes and functions that a module has of blocks and imports."""
    blocks = {block.name for block in model.blocks}
    functions = set(map(snake_case, blocks))
    return blocks | functions | {item.name for item in model.imports}


BROUGHT = ("Identity", "copy")
"""What code calls by itself: for nothing, and in the class that copies a tensor."""


@pytest.mark.parametrize(("path", "style"), ALL)
def test_calls_by_name(path: Path, style: Style) -> None:
    """Code that names a layer comes from an entry with that layer in it."""
    results = written(path, style)
    origins, own = dict(results.lines), own_names(results.model)
    seen = 0
    for call, name in called(ast.parse(results.text)):
        by_name = isinstance(call.func, ast.Name)
        if (by_name and name not in own) or (not by_name and name in BROUGHT):
            continue
        origin = origins.get(call.lineno)
        assert origin is not None, ast.unparse(call)
        assert name in made_by(results.node(origin)), ast.unparse(call)
        seen += 1
    assert seen >= len(results.model.graph.nodes) - 2


@pytest.mark.parametrize(
    ("path", "style"), [item for item in ALL if item.values[1] == "subclass"]
)
def test_calls_of_attributes(path: Path, style: Style) -> None:
    """A class calls a layer in the line of the entry that made it, or reuses it."""
    result = written(path, style)
    origins = dict(result.lines)
    for statement in ast.parse(result.text).body:
        if not isinstance(statement, ast.ClassDef):
            continue
        makers = {
            ast.unparse(step.targets[0]): origins.get(step.lineno)
            for step in ast.walk(statement)
            if isinstance(step, ast.Assign)
            and ast.unparse(step.targets[0]).startswith("self.")
        }
        (body,) = (
            part
            for part in statement.body
            if isinstance(part, ast.FunctionDef) and part.name == "call"
        )
        for part in ast.walk(body):
            if isinstance(part, ast.Attribute):
                maker = makers.get(ast.unparse(part))
                if maker is not None:
                    origin = origins[part.lineno]
                    again = result.node(origin).reused
                    assert maker.graph == origin.graph
                    assert maker.node == (origin.node if again is None else again)


@pytest.mark.parametrize(("path", "style"), ALL)
def test_every_entry_has_a_line(path: Path, style: Style) -> None:
    """All entries are the origin of something, in their order within a block."""
    results = written(path, style)
    origins = [origin for _, origin in results.lines]
    wanted = {
        Origin(graph.origin, node.id)
        for graph in results.model.graphs
        for node in graph.nodes
    }
    assert set(origins) == wanted
    if style != "subclass":
        for graph in results.model.graphs:
            numbers = [
                origin.node for origin in origins if origin.graph == graph.origin
            ]
            # An `if` holds two layers of consecutive entries, side by side.
            first = list(dict.fromkeys(numbers))
            assert first == sorted(first)


@pytest.mark.parametrize(("path", "style"), ALL)
def test_marks_change_nothing(path: Path, style: Style) -> None:
    """The text is what is rendered without looking for origins."""
    result = written(path, style)
    assert result.text == render(write(result.model, style, load()))
    expected = golden(path, style).read_text(encoding="utf-8")
    assert HEADER.sub("# @digest@\n", expected) == result.text
    assert "# @" not in expected


def test_lines_of_a_long_statement() -> None:
    """All lines of a statement that is broken over several come from its entry."""
    mine, yours = mark(Origin("", 1)), mark(Origin("Block", 2))
    text = "first = make(\n    1,\n    2,\n)\nfor i in x:\n    a = b\nlast = 0\n"
    marked = (
        f"first = make(1, 2){mine}\nfor i in x:{yours}\n    a = b{yours}\nlast = 0\n"
    )
    lines = dict(origins_of(text, marked))
    assert lines == {
        **{number: Origin("", 1) for number in (1, 2, 3, 4)},
        **{number: Origin("Block", 2) for number in (5, 6)},
    }


def test_items_of_a_list() -> None:
    """Of a statement over several marked lines, each item has its own origin."""
    marked = (
        f"a = [\n    f(1),{mark(Origin('', 1))}\n    g(2),{mark(Origin('', 2))}\n]\n"
    )
    lines = origins_of("a = [\n    f(1),\n    g(\n        2\n    ),\n]\n", marked)
    assert lines == (
        (2, Origin("", 1)),
        (3, Origin("", 2)),
        (4, Origin("", 2)),
        (5, Origin("", 2)),
    )


def test_no_mark() -> None:
    """What comes from no entry has no mark."""
    assert mark(None) == ""
    assert origins_of("a = 1\n", "a = 1\n") == ()
