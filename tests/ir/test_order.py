"""Blocks are made after those that they use; circles are found once each."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.ir.order import BlockOrder, in_order
from scaffold.spec import read


def ordered(**blocks: str) -> BlockOrder:
    """Puts blocks in order, each given by its entries, one a line."""
    lines = ["inputs: [4]", "layers: [Flatten]", "blocks:"]
    for name, entries in blocks.items():
        lines += [f"  {name}:", "    layers:"]
        lines += [f"      - {entry}" for entry in entries.split("; ")]
    spec = read("\n".join(lines).encode(), "model.yaml").spec
    assert spec is not None
    return in_order(spec.blocks)


def names(block_order: BlockOrder) -> list[str]:
    """Gives the names of the blocks that could be put in order."""
    return [block.name for block in block_order.blocks]


def test_order_of_the_spec_is_kept() -> None:
    """Where it will do, the order is the spec's."""
    assert names(ordered(B="Flatten", A="Flatten", C="A; B")) == ["B", "A", "C"]


def test_parts_come_first() -> None:
    """A block that stands before those that it uses comes after them."""
    assert names(ordered(C="B", B="A; A", A="Flatten")) == ["A", "B", "C"]


@pytest.mark.parametrize(
    "entry",
    [
        "B",
        "B() * 2",
        "TimeDistributed(B())",
        "'Own([1, B()], at={\"k\": B()})'",
        "'Flatten() if deep else B()'",
        "TimeDistributed(b) for b in [B()]",
        "{TimeDistributed: {layer: {B: }}}",
        "{Flatten: , if: $deep, else: {B: }}",
    ],
)
def test_uses(entry: str) -> None:
    """A use counts wherever it stands in an entry."""
    assert names(ordered(A=entry, B="Flatten")) == ["B", "A"]


def test_names_that_are_no_use() -> None:
    """What an entry is called on, and how it is called, is no block."""
    assert names(ordered(A="B = Flatten; Add() <- B, inputs", B="A")) == ["A", "B"]


def test_a_block_that_uses_itself() -> None:
    """The shortest circle has one block."""
    result = ordered(A="Flatten; A", B="Flatten")
    assert names(result) == ["B"]
    assert [block.name for block in result.circular] == ["A"]
    (circle,) = result.diagnostics
    assert circle.message.endswith("`A` uses `A`")
    assert (circle.span.line, circle.span.column) == (7, 9)


def test_a_long_circle_is_one_finding() -> None:
    """A circle is found once, at its first use; what leads to it has no finding."""
    result = ordered(First="A", A="B", B="C", C="Flatten; A", Free="Flatten")
    assert names(result) == ["Free"]
    assert [block.name for block in result.circular] == ["First", "A", "B", "C"]
    (circle,) = result.diagnostics
    assert circle.code == "KS308"
    assert circle.message.endswith("`A` uses `B` uses `C` uses `A`")
    assert (circle.span.line, circle.span.column) == (9, 9)


def test_two_circles_are_two_findings() -> None:
    """Circles that share no block are found apart."""
    result = ordered(A="B", B="A", C="D", D="C")
    assert [
        diagnostic.message.rsplit(": ")[1] for diagnostic in result.diagnostics
    ] == [
        "`A` uses `B` uses `A`",
        "`C` uses `D` uses `C`",
    ]


@given(st.integers(1, 12), st.randoms(use_true_random=False))
def test_any_order_of_blocks_without_circles(count: int, luck: random.Random) -> None:
    """However they are shuffled, each block comes once, after all that it uses."""
    parts = {
        f"B{number}": [f"B{part}" for part in range(number) if luck.random() < 0.4]
        for number in range(count)
    }
    shuffled = list(parts)
    luck.shuffle(shuffled)
    result = names(
        ordered(**{name: "; ".join(parts[name] or ["Flatten"]) for name in shuffled})
    )
    assert sorted(result) == sorted(parts)
    for name, used in parts.items():
        assert all(result.index(part) < result.index(name) for part in used)


def test_a_long_chain_is_cheap() -> None:
    """A thousand blocks, each of which uses the next, are in order at once."""
    blocks = {f"B{number}": f"B{number + 1}" for number in range(1000)}
    lines = {**blocks, "B1000": "Flatten"}
    spec = ["inputs: [4]", "layers: [Flatten]", "blocks:"]
    spec += [f"  {name}: {{layers: [{entry}]}}" for name, entry in lines.items()]
    described = read("\n".join(spec).encode(), "model.yaml").spec
    assert described is not None
    begun = time.process_time()
    results = in_order(described.blocks)
    assert time.process_time() - begun < 0.5
    assert names(results)[0] == "B1000" and len(results.blocks) == 1001
