"""What docs/choosing-a-style.md says of Keras is so."""

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

TEXT = PAGE.read_text(encoding="utf-8")
X = np.random.default_rng(0).normal(size=(4, 8, 8, 1)).astype("float32")
BRANCHES = 'inputs: [4]\nlayers: [Dense(4), "Add() <- dense, inputs"]\n'


def rows(heading: str) -> dict[str, list[str]]:
    """Reads a table of the page: the first column, and the others for each style."""
    table = TEXT.partition(heading)[2].partition("\n\n")[2].partition("\n\n")[0]
    lines = [line.strip("| ").split(" | ") for line in table.splitlines()]
    return {cells[0]: cells[1:] for cells in lines if not set(cells[0]) <= set("-|")}


def layers_of(model: Any, directory: Path) -> str:
    """Counts the entries of `model.layers`."""
    return str(len(model.layers))


def cut_out(model: Any, directory: Path) -> str:
    """Makes a model of the layers below the last one."""
    try:
        part = keras.Model(model.inputs[0], model.layers[-2].output)
    except AttributeError:
        return "no"
    assert part(X).shape == (4, 32)
    return "yes"


def read_back(model: Any, directory: Path) -> str:
    """Loads the model in a process that has not imported its source."""
    path = directory / "model.keras"
    model.save(path)
    load = f"import keras; print('read', keras.models.load_model({str(path)!r}).name)"
    done = subprocess.run(
        [sys.executable, "-c", load], capture_output=True, text=True, cwd=directory
    )
    if done.returncode:
        assert "Could not locate class 'Digits'" in done.stderr
        return "no"
    assert "read digits" in done.stdout
    return "yes"


def the_usual(model: Any, directory: Path) -> str:
    """Uses the model as any other."""
    shown: list[str] = []
    model.summary(print_fn=shown.append)
    assert "?" not in "".join(shown) and "unbuilt" not in "".join(shown)
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy")
    model.fit(X, np.zeros(4, "int32"), verbose=0)
    model.evaluate(X, np.zeros(4, "int32"), verbose=0)
    model.save(directory / "usual.keras")
    again = keras.models.load_model(directory / "usual.keras")
    expected = model.predict(X, verbose=0)
    np.testing.assert_allclose(again.predict(X, verbose=0), expected, atol=1e-6)
    return "yes"


CHECKS: dict[str, Callable[[Any, Path], str]] = {
    "entries of `model.layers` in the example (a graph counts its input)": layers_of,
    "`keras.Model(model.inputs[0], model.layers[-2].output)` gives the features below"
    " the last layer": cut_out,
    "`load_model` reads the saved model without the source": read_back,
    "`fit`, `evaluate`, `predict`, `save`, `summary()` with all shapes": the_usual,
}
"""What finds out each row of the table."""


@pytest.mark.parametrize("column", range(3), ids=STYLES)
def test_table(column: int, tmp_path: Path) -> None:
    """Each cell is what Keras does."""
    table = rows("## What Keras does with it")
    assert table.pop(f"with Keras {keras.version()}") == list(STYLES)
    assert list(table) == list(CHECKS)
    module = load_module(source_of(EXAMPLE, STYLES[column], "digits.yaml"), tmp_path)
    for row, find_out in CHECKS.items():
        keras.utils.clear_session()
        assert find_out(module.build_model(), tmp_path) == table[row][column], row


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
def test_shapes_that_do_not_fit(style: str, tmp_path: Path) -> None:
    """They are found when the model is made."""
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
    assert Counted.steps >= 2 and [one.shape for one in model.inputs] == [(None, 4)]


def test_duties_of_a_class() -> None:
    """What the page says that a class has to do stands in the code that it shows."""
    code = TEXT.partition("### Subclass")[2].partition("What the three files have")[0]
    assert re.search(r"block\(x, training=training\)", code)
    assert "def get_config(self):" in code and "def build(self, input_shape):" in code
    for style in ("### Sequential", "### Functional"):
        assert "training" not in TEXT.partition(style)[2].partition("### ")[0]
