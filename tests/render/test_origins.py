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
from tests.goldens import golden, specs, styles_of

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
    found = set()
    for layer in node.layers:
        for one in within(layer):
            target = one.target if isinstance(one, Object) else None
            if isinstance(target, Graph):
                found |= {target.name, snake_case(target.name)}
            elif isinstance(target, Imported):
                found.add(target.name)
            elif isinstance(target, KerasCallable):
                found.add(target.name)
    return found


def called(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Gives the calls of layers, operations, blocks and imports, and their names.

    What the code has for `recurse` and `loop`, no entry says.
    """
    written = [
        one
        for top in tree.body
        if not (isinstance(top, ast.ClassDef) and top.name in ("Recurse", "Loop"))
        for one in ast.walk(top)
    ]
    for one in written:
        match one:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="layers" | "ops"), attr=name)
            ):
                yield one, name
            case ast.Call(func=ast.Name(id=name)):
                yield one, name


def own_names(model: ModelIR) -> set[str]:
    """Gives the classes and functions that a module has of blocks and imports."""
    blocks = {block.name for block in model.blocks}
    functions = set(map(snake_case, blocks))
    return blocks | functions | {one.name for one in model.imports}


BROUGHT = ("Identity", "copy")
"""What code calls by itself: for nothing, and in the class that copies a tensor."""


@pytest.mark.parametrize(("path", "style"), ALL)
def test_calls_by_name(path: Path, style: Style) -> None:
    """Code that names a layer comes from an entry with that layer in it."""
    found = written(path, style)
    origins, own = dict(found.lines), own_names(found.model)
    seen = 0
    for call, name in called(ast.parse(found.text)):
        by_name = isinstance(call.func, ast.Name)
        if (by_name and name not in own) or (not by_name and name in BROUGHT):
            continue
        origin = origins.get(call.lineno)
        assert origin is not None, ast.unparse(call)
        assert name in made_by(found.node(origin)), ast.unparse(call)
        seen += 1
    assert seen >= len(found.model.graph.nodes) - 2


@pytest.mark.parametrize(
    ("path", "style"), [one for one in ALL if one.values[1] == "subclass"]
)
def test_calls_of_attributes(path: Path, style: Style) -> None:
    """A class calls a layer in the line of the entry that made it, or reuses it."""
    found = written(path, style)
    origins = dict(found.lines)
    for one in ast.parse(found.text).body:
        if not isinstance(one, ast.ClassDef):
            continue
        makers = {
            ast.unparse(step.targets[0]): origins.get(step.lineno)
            for step in ast.walk(one)
            if isinstance(step, ast.Assign)
            and ast.unparse(step.targets[0]).startswith("self.")
        }
        (body,) = (
            part
            for part in one.body
            if isinstance(part, ast.FunctionDef) and part.name == "call"
        )
        for part in ast.walk(body):
            if isinstance(part, ast.Attribute):
                maker = makers.get(ast.unparse(part))
                if maker is not None:
                    origin = origins[part.lineno]
                    again = found.node(origin).reused
                    assert maker.graph == origin.graph
                    assert maker.node == (origin.node if again is None else again)


@pytest.mark.parametrize(("path", "style"), ALL)
def test_every_entry_has_a_line(path: Path, style: Style) -> None:
    """All entries are the origin of something, in their order within a block."""
    found = written(path, style)
    origins = [origin for _, origin in found.lines]
    wanted = {
        Origin(graph.origin, node.id)
        for graph in found.model.graphs
        for node in graph.nodes
    }
    assert set(origins) == wanted
    if style != "subclass":
        for graph in found.model.graphs:
            numbers = [one.node for one in origins if one.graph == graph.origin]
            assert numbers == sorted(numbers)


@pytest.mark.parametrize(("path", "style"), ALL)
def test_marks_change_nothing(path: Path, style: Style) -> None:
    """The text is what is rendered without looking for origins."""
    found = written(path, style)
    assert found.text == render(write(found.model, style, load()))
    expected = golden(path, style).read_text(encoding="utf-8").splitlines()
    lines = found.text.splitlines()
    differing = [at for at, line in enumerate(lines) if line != expected[at]]
    assert len(lines) == len(expected) and len(differing) == 1
    assert "# @" not in "\n".join(expected)


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
