"""Many blocks, and blocks that multiply, cost no more than their text."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from scaffold.pipeline import Checked, Source, check, generate

pytestmark = pytest.mark.slow


def chain(count: int) -> str:
    """Makes blocks of which each uses the next."""
    lines = ["inputs: [4]", "blocks:"]
    for number in range(count):
        inner = f"B{number + 1}(units)" if number + 1 < count else "Dense(units)"
        lines += [f"  B{number}:", "    params: [units]", "    layers:"]
        lines += [f"      - {inner}"]
    return "\n".join([*lines, "layers:", "  - B0(4)"])


def doubling(count: int) -> str:
    """Makes blocks of which each uses the one before twice: 2 to the `count` layers."""
    lines = ["inputs: [4]", "blocks:", "  B0:", "    params: [units, {deep: true}]"]
    lines += ["    layers: [kept = Dense(units), Dropout(0.5) if deep]"]
    for number in range(1, count + 1):
        lines += [f"  B{number}:", "    params: [units]", "    layers:"]
        lines += [
            f"      - first = B{number - 1}(units)",
            f"      - B{number - 1}(units)",
        ]
        lines += [f"      - Add() <- first, b{number - 1}"]
    return "\n".join([*lines, "layers:", f"  - B{count}(4)"])


def ring(count: int) -> str:
    """Makes blocks that use one another in a circle."""
    lines = ["inputs: [4]", "blocks:"]
    for number in range(count):
        lines.append(f"  B{number}: {{layers: [B{(number + 1) % count}]}}")
    return "\n".join([*lines, "layers: [B0]"])


def woven(count: int) -> str:
    """Makes blocks of which each uses all that stand before it, thirty at most."""
    lines = ["inputs: [4]", "blocks:"]
    for number in range(count):
        used = [f"B{index}(units)" for index in range(max(0, number - 30), number)]
        lines += [f"  B{number}:", "    params: [units]", "    layers:"]
        lines += [f"      - {item}" for item in used or ["Dense(units)"]]
    return "\n".join([*lines, "layers:", f"  - B{count - 1}('4')"])


def loops(count: int, size: int) -> str:
    """Makes loops over many rows, around a layer that uses their values often."""
    cells = ", ".join(["LSTMCell(u)"] * size)
    rows = ", ".join(str(index + 1) for index in range(size))
    lines = [f'  - "RNN([{cells}], return_sequences=True) for u in [{rows}]"'] * count
    return "\n".join(["inputs: [5, 4]", "layers:", *lines])


def prefixes(count: int) -> str:
    """Makes names that may be joined of those of blocks in many ways."""
    names = ["_".join(["a"] * index) for index in range(1, 8)]
    lines = ["inputs: [4]", "blocks:", "  B0: {layers: [z = Dense(4)]}"]
    for number in range(1, count):
        lines += [f"  B{number}:", "    layers:"]
        lines += [f"      - {name} = B{number - 1}()" for name in names]
    lines += ["layers:", *(f"  - {name} = B{count - 1}()" for name in names)]
    long = "_".join(["a"] * 29)
    return "\n".join([*lines, f"  - {long} = Dense(4)"])


def timed(run: Callable[[], Checked]) -> tuple[Checked, float]:
    """Runs something, and gives the time that the processor spent on it."""
    begun = time.process_time()
    return run(), time.process_time() - begun


@pytest.mark.parametrize(
    ("spec", "codes", "most"),
    [
        pytest.param(chain(1000), [], 3.0, id="a thousand blocks in a row"),
        pytest.param(doubling(40), [], 1.0, id="2**40 layers"),
        pytest.param(doubling(300), [], 3.0, id="2**300 layers"),
        pytest.param(ring(1000), ["KS308"], 3.0, id="a circle of a thousand"),
        pytest.param(woven(300), ["KS204"], 6.0, id="each uses thirty others"),
        pytest.param(loops(1, 8000), [], 6.0, id="8,000 rows of 8,000 cells"),
        pytest.param(loops(20, 1000), [], 6.0, id="20 times 1,000 rows of cells"),
        pytest.param(prefixes(12), [], 2.0, id="names that join in many ways"),
    ],
)
def test_check_is_fast(spec: str, codes: list[str], most: float) -> None:
    """A file is checked in a time that goes with its size, not with the model's."""
    checked, spent = timed(lambda: check(Source(spec.encode(), "model.yaml")))
    assert [diagnostic.code for diagnostic in checked.diagnostics] == codes
    assert spent < most


@pytest.mark.parametrize("style", ["functional", "subclass"])
def test_code_does_not_multiply(style: str) -> None:
    """A block is written once, however often it is used."""
    begun = time.process_time()
    result, checked = generate(Source(doubling(40).encode(), "model.yaml"), style)
    assert result is not None, checked.diagnostics
    assert time.process_time() - begun < 5
    assert len(result.text.splitlines()) < 45 * 41
    assert result.text.count("Dense(") == 1
