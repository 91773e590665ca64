"""Docstrings describe params: by their descriptions, or by what uses them."""

from __future__ import annotations

import ast
import re

import pytest

from scaffold.catalogue import load
from scaffold.pipeline import Source, generate
from scaffold.styles import STYLES
from scaffold.styles.types import Style
from tests.goldens import CASES

CATALOGUE = load()

DESCRIBED = """
name: m
params:
  units: {default: 64, description: Units of each hidden layer}
  rate: {default: 0, description: "Share of dropped units!"}
  lr: {default: 0.1, description: "  Step\\n  size.  "}
inputs: [4]
blocks:
  Step:
    params: {width: {description: Width of a step.}, bias: {default: true}}
    layers: ["Dense(width, use_bias=bias)"]
layers:
  - Step(units)
  - Dropout(rate)
  - Dense(1)
compile: {optimizer: SGD(lr), loss: mse}
"""

MODEL = """
name: m
params: {p: 2, q: 3}
inputs: %s
blocks:
  Step:
    params: [width]
    layers: [Dense(width)]
  DeepBlock:
    params: [width]
    layers: [Step(width)]
layers:
%s
  - Dense(q)
"""
FLAT = "[4]"
PICTURE = "[8, 8, 1]"
USES = {
    "the `units` of both `Dense` layers": (FLAT, "Dense(p)", "Dense(1)"),
    "determines the `units` of the first `Dense` layer": (FLAT, "Dense(2 * p)"),
    "the `units` of the first two `Dense` layers": (FLAT, "Dense(p)", "Dense(p)"),
    "the `units` of a `Dense` layer": (FLAT, "Dense(1)", "Dense(p)", "Dense(1)"),
    "the `units` of two of the `Dense` layers": (
        *(FLAT, "Dense(p)", "Dense(1)", "Dense(p)"),
    ),
    "the `units` of the repeated `Dense` layers": (FLAT, "Dense(p) * 2"),
    "the number of repeated `Dense` layers": (FLAT, "Dense(1) * p"),
    "the number of `ReLU` layers": (FLAT, "ReLU() * p"),
    "determines the number of `ReLU` layers": (FLAT, "ReLU() * (p - 1)"),
    "the number of step blocks": (FLAT, "Step(3) * p"),
    "the `width` of the deep block": (FLAT, "DeepBlock(p)", "Step(1)"),
    "the `width` of the first step block": (FLAT, "Step(p)", "DeepBlock(1)"),
    "the `units` of the `LSTM` layer": ("[5, 4]", "Bidirectional(LSTM(p))"),
    "the number of columns of the input": ("[$p]", "Dense(1)"),
    "the height and width of the input": ("[$p, $p, 1]", "Conv2D(1, 1)", "Flatten"),
    "the number of channels of the input": ("[8, 8, $p]", "Conv2D(1, 1)", "Flatten"),
    "dimensions of the input": ("[$p, $p, 1]", "Flatten"),
    "a dimension of the input": ("[$p, 3]", "Flatten"),
    "the length of the input": ("[$p, 3]", "LSTM(2)"),
    "determines the `kernel_size` of the `Conv2D` layer": (
        *(PICTURE, "Conv2D(1, (p, p))", "Flatten"),
    ),
    "the `l2` of the `L2` regularizer": (
        *(FLAT, "Dense(1, kernel_regularizer=L2(p))"),
    ),
    "used in the `units` of the repeated `Dense` layers": (
        FLAT,
        "Dense(u) for u in [p, 4]",
    ),
    "the `stddev` of the `GaussianNoise` layer; decides whether it is used": (
        *(FLAT, "GaussianNoise(p) if p > 1"),
    ),
    "chooses between a `ReLU` layer and a step block": (
        *(FLAT, "ReLU() if p > 1 else Step(2)"),
    ),
    "chooses between two `Dense` layers": (FLAT, "Dense(1) if p > 1 else Dense(2)"),
    "the `x2` of `ops.multiply`": (FLAT, "ops.multiply(p)"),
}
OBJECT = re.compile(
    r"`([\w.]+)` (?:layer|regularizer|optimizer|metric|loss|schedule|callback)"
)


def documented(text: str, style: Style) -> dict[str, str]:
    """Return the description of each argument of `build_model` and other functions."""
    generated, checked = generate(Source(text.encode(), "m.yaml"), style, CATALOGUE)
    assert generated is not None, checked.diagnostics
    return arguments_of(generated.text)


def arguments_of(code: str) -> dict[str, str]:
    """Return the descriptions under `Args:`, by function or class and argument."""
    texts = {}
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            section = (ast.get_docstring(node) or "").partition("Args:\n")[2]
            section = section.partition("\nReturns:")[0]
            for match in re.finditer(r"^    (\w+): (.+(?:\n {8}.+)*)", section, re.M):
                words = " ".join(match[2].split())
                texts[f"{node.name}.{match[1]}"] = words
    return texts


@pytest.mark.parametrize("style", STYLES)
def test_descriptions(style: Style) -> None:
    """A description is a sentence after the type, wherever the param is an argument."""
    texts = documented(DESCRIBED, style)
    block = "Step" if style == "subclass" else "step"
    units = "int. Units of each hidden layer. Defaults to 64."
    assert texts["build_model.units"] == units
    assert texts["build_model.rate"] == "float. Share of dropped units! Defaults to 0."
    assert texts["compile_model.lr"] == "float. Step size. Defaults to 0.1."
    assert texts[f"{block}.width"] == "int. Width of a step."
    bias = "bool, the `use_bias` of the `Dense` layer. Defaults to True."
    assert texts[f"{block}.bias"] == bias
    if style == "subclass":
        assert texts["M.units"] == units


@pytest.mark.parametrize("text", USES)
def test_uses(text: str) -> None:
    """Without a description, the text tells what the param is used for."""
    shape, *entries = USES[text]
    if text.startswith("the `units` of both"):
        entries = ["Dense(p)"]
        spec = MODEL % (shape, "  - Dense(p)")
        spec = spec.replace("Dense(q)", "Dense(p)").replace(", q: 3", "")
    else:
        spec = MODEL % (shape, "\n".join(f"  - {entry}" for entry in entries))
    for name in ("DeepBlock", "Step"):
        if not re.search(rf"\b{name}\(", spec.partition("layers:\n  -")[2]):
            spec = re.sub(rf"  {name}:\n.*\n.*\n", "", spec)
    spec = spec.replace("blocks:\nlayers", "layers")
    described = documented(spec, "subclass")["build_model.p"]
    assert re.sub("^(int|float), ", "", described) == f"{text}. Defaults to 2."


def test_no_layer_name_of_keras() -> None:
    """No text of any case names a layer that its file does not contain."""
    count = 0
    for path in sorted(CASES.rglob("expected/*.py")):
        text = path.read_text(encoding="utf-8")
        code = re.sub(r'r?"""[\s\S]*?"""', "", text)
        for described in arguments_of(text).values():
            assert not re.search(r"`[a-z]\w*_\d+`", described), (path.name, described)
            for name in OBJECT.findall(described):
                assert re.search(rf"\b{name}\b", code), (path.name, described)
                count += 1
    assert count > 300


def test_blocks_in_blocks_are_described_in_linear_time() -> None:
    """Thirty blocks that each use the one before twice are not 2**30 blocks."""
    blocks = ["  B0: {params: [p], layers: [Dense(p)]}"]
    blocks += [
        f"  B{n}: {{params: [p], layers: [B{n - 1}(p), B{n - 1}(p)]}}"
        for n in range(1, 31)
    ]
    text = "params: {p: 2}\ninputs: [4]\nlayers: [B30(p)]\nblocks:\n"
    texts = documented(text + "\n".join(blocks), "functional")
    assert texts["b30.p"] == "int, the `p` of both B29 blocks."
