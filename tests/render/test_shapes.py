"""Shapes as comments: what the code says besides, and nothing that it does."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import black
import pytest

from scaffold.catalogue import load
from scaffold.ir import ModelIR
from scaffold.ir.types import Origin
from scaffold.pipeline import Source, check
from scaffold.render import render
from scaffold.render.layout import render_with_origins
from scaffold.render.shapes import with_shapes
from scaffold.styles import Style
from scaffold.styles.write import write
from tests.goldens import specs, styles_of

pytestmark = pytest.mark.slow

ALL = [
    pytest.param(path, style, id=f"{path.stem}-{style}")
    for path in specs()
    for style in styles_of(path)
]


@cache
def model_of(path: Path) -> ModelIR:
    """Reads a spec."""
    model = check(Source(path.read_bytes(), path.name)).model
    assert model is not None
    return model


def every(model: ModelIR) -> dict[Origin, str]:
    """Gives every entry a shape that no other has."""
    origins = [
        Origin(graph.origin, node.id) for graph in model.graphs for node in graph.nodes
    ]
    return {origin: f"(None, {number})" for number, origin in enumerate(origins)}


@pytest.mark.parametrize(("path", "style"), ALL)
def test_comments_are_all_that_is_added(path: Path, style: Style) -> None:
    """The code is the same, Black leaves it so, and every comment is at its entry."""
    model = model_of(path)
    module = write(model, style, load())
    plain, lines = render_with_origins(module)
    shapes = every(model)
    text = render(module, shapes)
    assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(plain))
    assert black.format_str(text, mode=black.Mode()) == text

    at: dict[int, set[str]] = {}
    for number, origin in lines:
        at.setdefault(number, set()).add(shapes[origin])
    known = set(shapes.values())
    before = 0  # the number that a line has without the comments that have their own
    message = set()
    for line in text.splitlines():
        code, _, comment = line.rpartition("# ")
        if comment not in known:
            before += 1
        elif code.strip():
            before += 1
            # The shape of a choice is on the line of its `if`.
            lines_of = 20 if code.strip().startswith("if ") else 1
            origins = (at.get(before + ahead, ()) for ahead in range(lines_of))
            assert any(comment in origin for origin in origins), line
            message.add(comment)
        else:
            assert any(comment in at.get(before + ahead, ()) for ahead in range(1, 20))
            message.add(comment)
    assert message, "no shape at all is said"
    if style == "functional" and not model.blocks:
        rows = {
            shapes[Origin("", node.id)]
            for node in model.graph.nodes
            if not node.passed and not node.is_repeat
        }
        assert rows <= message


CHAIN = """\
def build_model():
    inputs = keras.Input((4,))
    x = layers.Dense(8)(inputs)
    x = layers.Dense(
        1000000000000000000000000000000, kernel_initializer="zeros", name="x"
    )(x)
    return keras.Model(inputs, x)
"""
LINES = ((3, Origin("", 0)), (4, Origin("", 1)), (5, Origin("", 1)), (6, Origin("", 1)))


def test_above_what_takes_several_lines() -> None:
    """Black would break the call's own arguments for a comment behind it."""
    text = with_shapes(CHAIN, LINES, {Origin("", 1): "(None, 10)"})
    call = "    x = layers.Dense(\n"
    assert text == CHAIN.replace(call, f"    # (None, 10)\n{call}")


def test_above_where_there_is_no_room() -> None:
    """A line ends at column 88, with the comment."""
    room = 88 - len("    x = layers.Dense(8)(inputs)") - len("  # ")
    behind = with_shapes(CHAIN, LINES, {Origin("", 0): "y" * room})
    assert f"    x = layers.Dense(8)(inputs)  # {'y' * room}\n" in behind
    above = with_shapes(CHAIN, LINES, {Origin("", 0): "y" * (room + 1)})
    assert f"    # {'y' * (room + 1)}\n    x = layers.Dense(8)(inputs)\n" in above
    above = with_shapes(CHAIN, LINES, {Origin("", 1): "y" * 82})
    assert f"    # {'y' * 82}\n    x = layers.Dense(\n" in above


def test_nothing_where_there_is_none_at_all() -> None:
    """A shape that is wider than a line is left out, and so is one that is unknown."""
    assert with_shapes(CHAIN, LINES, {Origin("", 0): "y" * 83}) == CHAIN
    assert with_shapes(CHAIN, LINES, {}) == CHAIN
    assert with_shapes(CHAIN, LINES, {Origin("Block", 0): "(4,)"}) == CHAIN
