"""Blocks, rows and choices: what is legal has no findings, and a fault has one."""

from __future__ import annotations

import pytest

from scaffold.diagnostics import report
from scaffold.pipeline import Source, check
from tests.styles.sources import written

pytestmark = pytest.mark.slow

HEAD = """
params: {depth: 3, units: 8, rate: 0.5, act: relu, wide: true, none: 0, size: null}
inputs: {left: [6, 8], right: [6, 8]}
blocks:
  Dense2:
    params: [units, {rate: 0.1, act: relu}]
    layers: ["Dense(units, activation=act)", "Dropout(rate) if rate > 0"]
  Join:
    inputs: [x, memory]
    layers: ["Add() <- x, memory", Dense(8)]
  Split:
    layers: [one = Dense(8), two = Dense(8) <- inputs]
    outputs: {one: one, two: two}
layers:
"""
USED = """\
  - Dense(units) * depth <- left
  - Dropout(rate) if wide
  - Dense(units, activation=act) if none > 0 or size is not None
  - Dense2(units)
  - Join() <- dense2, right
  - parts = Split
  - used = Add() <- parts[0], parts[1]
"""
"""Entries that use all params and all blocks of the head."""


def findings(entries: list[str]) -> str:
    """Gives all that is found in some entries behind those that use everything."""
    listed = "".join(f"  - {entry}\n" for entry in entries)
    text = f"{HEAD}{USED}{listed}"
    checked = check(Source(text.encode(), "model.yaml"))
    return report(checked.diagnostics, "short", {"model.yaml": checked.text})


LEGAL = [
    # Rows.
    "Dense(4) * 1",
    "Dense(4) * 10000",
    "Dense(4) * none",
    "Dense(4) * (depth + 1)",
    "Dense(4) * (depth // 2)",
    "Add() * 3 <- used, right",
    "MultiHeadAttention(2, 4) * 2 <- query=used, value=right",
    "MultiHeadAttention(2, 4) * 2 <- used, right, use_causal_mask=wide",
    "LSTM(4, return_sequences=True) * 2 <- used, training=True",
    "Dense(u) for u in [4]",
    "Dense(u) for u in [units, 2 * units, 8]",
    "Dense(u, activation=a) for u, a in [(4, 'relu'), (8, None), (8, act)]",
    "Dense(4, kernel_regularizer=r) for r in ['l2', L2(0.1), None]",
    "TimeDistributed(inner) for inner in [Dense(3), Dense(4)]",
    "Conv1D(4, kernel_size=k, strides=s) for k, s in [(3, (1,)), ((3,), 1)]",
    "Dense(units // n) for n in [1, 2, 4]",
    "ops.multiply(f) for f in [0.5, 2]",
    "ops.relu() * 2",
    "'stage = Dense(4) * 2'",
    # Choices.
    "Dense(4) if wide else Dense(8)",
    "Dropout(rate) if rate",
    "Dense(4) if act == 'relu' and not wide else Flatten()",
    "Dense(4) if act in ('relu', 'tanh') else Dense(8)",
    "Dense(4) if size is None",
    "Dense(4) if size is not None and size > 3",
    "Dense(4) if size is None or size > 3 else Dense(8)",
    # What is not made by default may have any params.
    "Dense(none) if none > 0",
    "Dense(4) if none == 0 else Dense(64 // none)",
    "Dense(64 // none) * none",
    "Dense(size) if size is not None",
    "Dense2(none) if none > 0",
    "Add() if wide else Multiply() <- used, right",
    "ops.add() if wide else Concatenate() <- used, right",
    "LSTM(4, return_state=True) if wide else LSTM(8, return_state=True)",
    # Blocks.
    "Dense2(4, 0.5, 'tanh')",
    "Dense2(units=units, act=None)",
    "Dense2: {units: $units}",
    "Dense2: [4, 0.2]",
    "Dense2: 4",
    "Dense2(4, name='other')",
    "Dense2(4, name='others') * 2",
    "Dense2(u, rate=r) for u, r in [(4, 0.1), (8, 0)]",
    "Dense2(8) * depth",
    "Dense2(8) if wide else Dense(8)",
    "Join() <- used, right",
    "Join() <- memory=right, x=used",
    "Join() <- used, memory=right",
    "Join() * 3 <- used, right",
    "Join() * 2 <- x=used, memory=right",
    "TimeDistributed(Dense2(4))",
    "TimeDistributed(Dense2(4)) * 2",
]
BESIDES = {
    "LSTM(4, return_state=True) if wide else LSTM(8, return_state=True)": "lstm[1]",
}
"""What else has to be said of some of them."""


@pytest.mark.parametrize("entry", LEGAL)
def test_legal(entry: str) -> None:
    """What the language has is taken."""
    more = BESIDES.get(entry)
    quoted = entry if entry.startswith(("'", "Dense2: ")) else f'"{entry}"'
    assert findings([quoted, *([f"Dense(1) <- {more}"] if more else [])]) == ""


@pytest.mark.parametrize("entry", [item for item in LEGAL if "Identity" not in item])
def test_legal_is_written(entry: str) -> None:
    """What is taken can be written in both styles that graphs have."""
    more = BESIDES.get(entry)
    quoted = entry if entry.startswith(("'", "Dense2: ")) else f'"{entry}"'
    text = f"{HEAD}{USED}  - {quoted}\n"
    text += f"  - Dense(1) <- {more}\n" if more else ""
    for style in ("functional", "subclass"):
        compile(written(text, style), "model.py", "exec")


@pytest.mark.parametrize(
    ("entries", "codes"),
    [
        (['"Dens(4) * 2.5"'], ["KS204", "KS201"]),
        (['"Dense2(units, rte=0.5)"'], ["KS202"]),
        (['"Dense2(rte=0.5)"'], ["KS202", "KS203"]),
        (['"Dense2(4, 5, 6, 7)"'], ["KS206"]),
        (["\"Dense2('4') * 2\""], ["KS204"]),
        (["\"Dense2(u) for u in [0, 'a', 4]\""], ["KS204", "KS215"]),
        (["\"Conv1D(f, f) for f in ['a', 0]\""], ["KS204", "KS215"]),
        (["\"Dense(u * 2) for u in ['a', 0]\""], ["KS213", "KS215"]),
        (['"Split() * 2"'], ["KS306"]),
        (['"b = Split() * 2"', '"Dense(1) <- b[1]"'], ["KS306"]),
        (['"Join() * 2"'], ["KS303"]),
        (['"Jion() * 2 <- used, right"'], ["KS201"]),
        (['"Jion() <- used, right"', '"Flaten"'], ["KS201", "KS201"]),
        (['"Dense(4) if Split() else Dense(3)"'], ["KS204"]),
        (['"Dense(4) if wid and size else Dense(3)"'], ["KS209"]),
        (['"Dense(unit) for u in [4]"'], ["KS209"]),
        (['"Add() if wide"'], ["KS303"]),
        (['"TimeDistributed(Split())"'], ["KS204"]),
        (['"TimeDistributed(Join())"'], ["KS204"]),
        (['"RNN(Dense2(4))"'], ["KS204"]),
        (['"Dense(4, activation=Dense2(4))"'], ["KS204"]),
    ],
)
def test_one_fault_is_one_finding(entries: list[str], codes: list[str]) -> None:
    """What follows from a fault is not reported beside it."""
    lines = findings(entries).splitlines()
    assert sorted(line[-6:-1] for line in lines) == sorted(codes), lines


def test_rows_are_bounded() -> None:
    """A loop has at most as many rows as a spec may have layers."""
    for count, codes in ((10_000, []), (10_001, ["KS215"])):
        rows = ", ".join(["1"] * count)
        text = f'inputs: [4]\nlayers:\n  - "Dense(u) for u in [{rows}]"\n'
        diagnostics = check(Source(text.encode(), "model.yaml")).diagnostics
        assert [diagnostic.code for diagnostic in diagnostics] == codes


def test_a_mistyped_block_is_not_unused() -> None:
    """A typo in a call, inside of a block as well, is the only finding."""
    for inner, outer in (("Innr", "Outer"), ("Inner", "Outr"), ("inner", "Outer")):
        text = f"""
inputs: [4]
blocks:
  Inner: {{layers: [Dense(4)]}}
  Outer: {{layers: [{inner}]}}
layers: [{outer}]
"""
        diagnostics = check(Source(text.encode(), "model.yaml")).diagnostics
        assert [diagnostic.code for diagnostic in diagnostics] == ["KS201"]


def test_a_mistyped_param_is_not_unused() -> None:
    """The param that an unknown name may stand for has no finding of its own."""
    text = "params: {units: 8}\ninputs: [4]\nlayers: [Dense(unts)]\n"
    diagnostics = check(Source(text.encode(), "model.yaml")).diagnostics
    assert [diagnostic.code for diagnostic in diagnostics] == ["KS209"]


def test_what_is_called_on_a_refused_entry() -> None:
    """An entry that could not be made leaves a gap, about which no rule stumbles."""
    text = """
inputs: {words: {shape: [null], dtype: int32}}
layers:
  - Embedding(9, 4, mask_zero=True)
  - vectors = LSTM(4, return_sequences=True)
  - memory = LSTM(4, return_sequences=True) <- vectors, initial_state=[stat[0], vectors]
  - Add() <- vectors, memory
  - Dense(4) * 2 <- memory
  - MultiHeadAttention(2, 2) <- memory, vectors
"""
    diagnostics = check(Source(text.encode(), "model.yaml")).diagnostics
    assert [diagnostic.code for diagnostic in diagnostics] == ["KS304"]
