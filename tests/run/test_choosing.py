"""What docs/choosing-a-style.md states about Keras is true."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from scaffold.styles import STYLES
from tests.choosing_a_style import EXAMPLE, PAGE
from tests.run.modules import load_module, source_of
from tests.startup import environment

TEXT = PAGE.read_text(encoding="utf-8")
X = np.random.default_rng(0).normal(size=(4, 8, 8, 1)).astype("float32")
BRANCHES = 'inputs: [4]\nlayers: [Dense(4), "Add() <- dense, inputs"]\n'


def rows(heading: str) -> dict[str, list[str]]:
    """Reads a table of the page: the first column, and the others for each style."""
    table = TEXT.partition(heading)[2].partition("\n\n")[2].partition("\n\n")[0]
    lines = [line.strip("| ").split(" | ") for line in table.splitlines()]
    return {cells[0]: cells[1:] for cells in lines if not set(cells[0]) <= set("-|")}


def layers_of(model: Any) -> str:
    """Counts the entries of `model.layers`."""
    return str(len(model.layers))


def cut_out(model: Any) -> str:
    """Makes a model of the layers below the last one."""
    try:
        part = keras.Model(model.inputs[0], model.layers[-2].output)
    except AttributeError:
        return "no"
    assert part(X).shape == (4, 32)
    return "yes"


def the_usual(model: Any) -> str:
    """Uses the model as any other."""
    shown: list[str] = []
    model.summary(print_fn=shown.append)
    assert "?" not in "".join(shown) and "unbuilt" not in "".join(shown)
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy")
    model.fit(X, np.zeros(4, "int32"), verbose=0)
    model.evaluate(X, np.zeros(4, "int32"), verbose=0)
    assert model.predict(X, verbose=0).shape == (4, 10)
    return "yes"


LOAD = "`load_model` loads the saved model without the source"
CHECKS: dict[str, Callable[[Any], str]] = {
    "entries of `model.layers` in the example (a functional model includes its"
    " input)": layers_of,
    "`keras.Model(model.inputs[0], model.layers[-2].output)` returns the features"
    " before the last layer": cut_out,
    "`fit`, `evaluate`, `predict`, `save`, `summary()` with all shapes": the_usual,
}
"""What finds out the rows of the table, but for the one on loading."""

LOADING = """
import keras, sys
for path in sys.argv[1:]:
    try:
        print("yes", keras.models.load_model(path).name)
    except TypeError as error:
        print("no", "Could not locate class 'Digits'" in str(error))
"""


def test_table(tmp_path: Path) -> None:
    """Each cell is what Keras does; loading is tried where the source is not known."""
    table = rows("## What Keras supports")
    assert table.pop(f"with Keras {keras.version()}") == list(STYLES)
    assert set(table) == {*CHECKS, LOAD}
    saved = []
    for column, style in enumerate(STYLES):
        module = load_module(source_of(EXAMPLE, style, "digits.yaml"), tmp_path)
        for row, find_out in CHECKS.items():
            keras.utils.clear_session()
            model = module.build_model()
            assert find_out(model) == table[row][column], (row, style)
        saved.append(str(tmp_path / f"{style}.keras"))
        model.save(saved[-1])
    done = subprocess.run(
        [sys.executable, "-c", LOADING, *saved],
        env=environment(),
        capture_output=True,
        text=True,
    )
    lines = done.stdout.splitlines()
    assert lines == ["yes digits", "yes digits", "no True"], done.stderr
    assert table[LOAD] == [line.split()[0] for line in lines]


def test_connections_are_shown(tmp_path: Path) -> None:
    """The summary of a graph that branches says what is connected to what."""
    shown: dict[str, str] = {}
    for style in STYLES[1:]:
        lines: list[str] = []
        model = load_module(source_of(BRANCHES, style), tmp_path).build_model()
        model.summary(print_fn=lines.append)
        shown[style] = "".join(lines)
    assert "Connected to" in shown["functional"]
    assert "Connected to" not in shown["subclass"]


@pytest.mark.parametrize("style", STYLES)
def test_shapes_that_do_not_fit(
    style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where `check` has not found them, they are found when the model is made."""
    monkeypatch.setattr("scaffold.checks.BY_SHAPE", ())
    text = source_of("inputs: [4]\nlayers: [Dense(4), 'Reshape((3, 3))']\n", style)
    with pytest.raises(ValueError, match="reshape|size"):
        load_module(text, tmp_path).build_model()


def test_a_class_made_of_a_graph() -> None:
    """Keras lets a subclass be given inputs and outputs, and keeps its methods."""

    class Counted(keras.Model):
        """Counts its training steps."""

        steps = 0

        def train_step(self, *args: Any) -> Any:
            """Counts, and trains."""
            type(self).steps += 1
            return super().train_step(*args)

    inputs = keras.Input((4,))
    model = Counted(inputs, keras.layers.Dense(1)(inputs))
    model.compile(optimizer="sgd", loss="mse", run_eagerly=True)
    model.fit(np.ones((4, 4)), np.ones((4, 1)), batch_size=2, verbose=0)
    assert Counted.steps >= 2 and [tensor.shape for tensor in model.inputs] == [
        (None, 4)
    ]


def test_duties_of_a_class() -> None:
    """What the page says that a class has to do stands in the code that it shows."""
    code = TEXT.partition("### Subclass")[2].partition("The three files in numbers")[0]
    assert re.search(r"x = \w+\(x, training=training\)", code)
    assert "def get_config(self):" in code and "def build(self, input_shape):" in code
    for style in ("### Sequential", "### Functional"):
        assert "training" not in TEXT.partition(style)[2].partition("### ")[0]
