"""Shapes that Keras infers: those that the generated model has, and what cannot be."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from scaffold.catalogue import load
from scaffold.ir import ModelIR
from scaffold.pipeline import Source, check
from scaffold.render import render
from scaffold.styles.write import write
from scaffold.verify.inference import infer
from tests.goldens import specs, styles_of
from tests.startup import environment

pytestmark = pytest.mark.keras

WANTED = {"cnn", "training", "keyed", "recurrent", "two_outputs", "wide_and_deep"}
SPECS = [path for path in specs() if path.stem in WANTED]


def model_of(text: str) -> ModelIR:
    """Reads a spec."""
    model = check(Source(text.encode(), "spec.yaml")).model
    assert model is not None
    return model


def text_of(*calls: Sequence[tuple[int | None, ...]]) -> str:
    """Says what an entry gives, in calls that give the shapes."""
    from scaffold.shapes import text

    return text([tuple(call) for call in calls])


def test_calls_in_words() -> None:
    """What is not the same in all calls is left out."""
    assert text_of([(None, 26, 26, 64)]) == "(None, 26, 26, 64)"
    assert text_of([(None,)]) == "(None,)"
    assert text_of([()]) == "()"
    assert text_of([(None, 4)], [(None, 4)]) == "(None, 4)"
    assert text_of([(None, 8, 4), (None, 4)]) == "(None, 8, 4), (None, 4)"
    assert text_of([(None, 8, 8, 3)], [(None, 4, 4, 3)]) == "(None, ..., ..., 3)"
    assert text_of([(None, 8)], [(None, 4)]) == ""
    assert text_of([(None, 8)], [(None, 4, 4)]) == ""
    assert text_of([(None, 8)], [(None, 8), (None, 8)]) == ""


TWO = """
inputs: {a: [4], b: [6]}
layers:
  - x = Dense(3) <- a
  - y = Dense(5) <- b
  - z = Add() <- x, y
  - Dense(2) <- z
"""
GOOD = "inputs: [4]\nlayers: [Dense(8), Dense(1)]\n"


def test_all_in_one_process() -> None:
    """Each model has its own answer, at its own places."""
    told: list[str] = []
    models = [("good.yaml", model_of(GOOD)), ("two.yaml", model_of(TWO))]
    good, two = infer(models, tell=told.append)
    assert good.diagnostics == ()
    assert [*good.shapes.values()] == ["(None, 8)", "(None, 1)"]
    (diagnostics,) = two.diagnostics
    assert (diagnostics.code, diagnostics.span.line, diagnostics.span.column) == (
        "KS702",
        6,
        5,
    )
    assert "(None, 3) and (None, 5)" in diagnostics.message
    assert [*two.shapes.values()] == ["(None, 3)", "(None, 5)"]
    assert told


def test_blocks_are_said_where_they_are_used() -> None:
    """A block's lines run for every use: what differs between them is not said."""
    (done,) = infer(
        [
            (
                "spec.yaml",
                model_of("""
inputs: [8, 8, 3]
blocks:
  Down:
    params: {n: 4}
    layers:
      - Conv2D(n, 3, padding="same")
      - ReLU()
      - MaxPooling2D()
layers:
  - Down(4)
  - Down(6)
  - Flatten()
"""),
            )
        ]
    )
    assert done.diagnostics == ()
    block = {shape.node: text for shape, text in done.shapes.items() if shape.graph}
    assert list(block.values()) == [] or all("..." in value for value in block.values())
    outer = [text for shape, text in done.shapes.items() if not shape.graph]
    assert outer == ["(None, 4, 4, 4)", "(None, 2, 2, 6)", "(None, 24)"]


SHAPES = """
import json, sys
from importlib.util import module_from_spec, spec_from_file_location

locals_of = {}


def keep(frame, event, _):
    if event == "return" and frame.f_code.co_name == "build_model":
        locals_of.update(frame.f_locals)


def shown(value):
    tensors = value if isinstance(value, (list, tuple)) else [value]
    return ", ".join(str(tuple(tensor.shape)) for tensor in tensors)


found = []
for path in sys.argv[1:]:
    spec = spec_from_file_location("m", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    locals_of.clear()
    sys.setprofile(keep)
    model = module.build_model()
    sys.setprofile(None)
    by_variable = {
        name: shown(value)
        for name, value in locals_of.items()
        if hasattr(value, "shape") or isinstance(value, (list, tuple))
    }
    in_order = [shown([node.outputs[0]]) for layer in model.layers
                for node in layer._inbound_nodes[-1:]]
    found.append([by_variable, in_order])
print(json.dumps(found))
"""


def test_comments_are_true(tmp_path: Path) -> None:
    """What stands behind a layer is what the built model says that it gives.

    In a list, the layers stand in the order in which the model has them; in a graph, a
    value that is assigned once is the variable of its name.
    """
    models = [(path.name, model_of(path.read_text())) for path in SPECS]
    message: list[dict[str, str] | list[str]] = []
    files: list[Path] = []
    for path, (_, model), done in zip(SPECS, models, infer(models), strict=True):
        assert done.diagnostics == ()
        style, *_ = styles_of(path)
        text = render(write(model, style, load()), done.shapes)
        files.append(tmp_path / f"m_{len(files)}.py")
        files[-1].write_text(text)
        of_list = re.findall(r"^ {12}.*# (\(.*\))$", text, re.M)
        assigned = text.partition("def build_model")[2]
        variables = Counter(re.findall(r"^ +(\w+) = ", assigned, re.M))
        of_names = {
            variable: shape
            for variable, shape in re.findall(
                r"^    (\w+) = .*  # (\(.*\))$", assigned, re.M
            )
            if variables[variable] == 1
        }
        message.append(of_list if style == "sequential" else of_names)
    assert all(message) and sum(map(len, message)) >= 20
    done_there = subprocess.run(
        [sys.executable, "-c", SHAPES, *files],
        env=environment(),
        capture_output=True,
        check=True,
    )
    data = json.loads(done_there.stdout.splitlines()[-1])
    for ours, (by_variable, in_order) in zip(message, data, strict=True):
        if isinstance(ours, list):
            assert ours == in_order
        else:
            assert ours == {name: by_variable[name] for name in ours}
