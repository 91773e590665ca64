"""The one walk of the IR, and which modules go through nodes without it."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

import scaffold
from scaffold.diagnostics import has_errors
from scaffold.ir.fold import ArithmeticFailure, Folder, scope_of
from scaffold.ir.interpreter import Interpreter, Iteration, ResolvedArgument
from scaffold.ir.types import Graph, Node
from scaffold.pipeline import Source, check

ROOT = Path(scaffold.__file__).parent
UNUSED = ("KS210", "KS305")
"""Findings of params, blocks and inputs that nothing uses."""

PAGE = ROOT.parent / "docs" / "architecture.md"


class Written(Interpreter[str, "str | Written"]):
    """Writes each tensor as the calls that it comes from; each layer has a number."""

    calls: list[str] = []

    def make(self, node: Node, turn: Iteration) -> str | Written:
        (layer,) = turn.layers
        if isinstance(layer.target, Graph):
            inside = turn.scope.inside(layer.target.params, layer.arguments)
            return Written(layer.target, inside)
        values = [turn.scope.value(bound.value) for bound in layer.arguments]
        self.calls.append(layer.name)
        return f"{layer.name}{len(self.calls)}{values or ''}"

    def call(
        self,
        node: Node,
        callee: str | Written,
        arguments: Sequence[ResolvedArgument[str]],
    ) -> str:
        if isinstance(callee, Written):
            return callee.invoke(arguments)
        texts = []
        for argument in arguments:
            text = ", ".join(argument.tensors) or str(argument.constant)
            text = f"[{text}]" if argument.is_list else text
            texts.append(f"{argument.keyword}={text}" if argument.keyword else text)
        return f"{callee}({', '.join(texts)})"

    def output(self, result: str, number: int | None) -> str:
        return result if number is None else f"{result}.{number}"

    def joined(self, results: Sequence[str]) -> str:
        return " & ".join(results)


def outputs(layers: str, rest: str = "") -> list[str]:
    """Return the outputs of a model, written."""
    text = f"name: m\ninputs: {{a: [3, 4], b: [3, 4]}}\n{rest}\nlayers:\n{layers}"
    checked = check(Source(text.encode(), "m.yaml"))
    wrong = [
        diagnostic
        for diagnostic in checked.diagnostics
        if diagnostic.code not in UNUSED
    ]
    assert checked.model is not None and not has_errors(wrong), wrong
    graph = checked.model.graph
    Written.calls = []
    return Written(graph, Folder(scope_of(graph.params))).run(["a", "b"])


@pytest.mark.parametrize(
    ("layers", "wanted"),
    [
        ("  - Add() <- a, b", "Add1(a, b)"),
        ("  - Dense(2 * 3) * 2 <- a", "Dense2[6](Dense1[6](a))"),
        ("  - Add() * 2 <- a, b", "Add2(Add1(a, b), b)"),
        ("  - Concatenate() <- [a, b]", "Concatenate1([a, b])"),
        ("  - Dense(n) for n in [5, 6] <- a", "Dense2[6](Dense1[5](a))"),
        ("  - Dense(4) * 0 <- b", "b"),
        ("  - Dense(w) if w > 2 else Flatten() <- a", "Dense1[3](a)"),
        ("  - Dense(w) if w > 9 else Flatten() <- a", "Flatten1(a)"),
        (
            "  - s = LSTM(4, return_state=True) <- a\n"
            "  - LSTM(4) <- b, initial_state=[s[1], s[2]]",
            "LSTM2[4](b, initial_state=[LSTM1[4, True](a).1, LSTM1[4, True](a).2])",
        ),
        ("  - LSTM(4) <- a, training=False", "LSTM1[4](a, training=False)"),
        ("  - Block(5) <- a", "Dense1[5](a)"),
        ("  - Block(n) for n in [5, 6] <- a", "Dense2[6](Dense1[5](a))"),
        (
            "  - h = Block(5) <- a\n  - g = reuse(h) <- b\n  - Add() <- h, g",
            "Add2(Dense1[5](a), Dense1[5](b))",
        ),
        ("  - Pair() <- second=a, first=b", "Subtract1(b, a)"),
    ],
)
def test_meaning(layers: str, wanted: str) -> None:
    """Rows, loops, choices, references, reuse and blocks have one meaning."""
    rest = (
        "params: {w: 3}\nblocks:\n"
        "  Block:\n    params: [units]\n    layers: [Dense(units)]\n"
        "  Pair:\n    inputs: [first, second]\n"
        "    layers: ['Subtract() <- first, second']"
    )
    assert outputs(layers, rest) == [wanted]


def walkers() -> set[str]:
    """Return the modules with a loop over the nodes of a graph."""
    modules = set()
    for path in ROOT.rglob("*.py"):
        for loop in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(loop, ast.For | ast.comprehension):
                names = {
                    part.attr
                    for part in ast.walk(loop.iter)
                    if isinstance(part, ast.Attribute)
                }
                if "nodes" in names:
                    modules.add(path.relative_to(ROOT).as_posix())
    return modules


def test_walkers_are_listed() -> None:
    """Who goes through nodes without the interpreter, docs/architecture.md says why."""
    section = PAGE.read_text(encoding="utf-8").split("## One walk")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in section.split("\n") if line[:3] == "| `"]
    listed = [name for row in rows for name in re.findall(r"`(.+?)`", row)]
    assert sorted(listed) == sorted(walkers())


def test_failing_arithmetic() -> None:
    """What cannot be worked out ends the walk with what is wrong."""
    model = check(
        Source(b"inputs: [4]\nparams: {n: 0}\nlayers: [Dense(4 // n)]", "m.yaml")
    ).model
    assert model is not None
    with pytest.raises(ArithmeticFailure, match="divides by zero"):
        Written(model.graph, Folder(scope_of(model.graph.params))).run(["x"])
