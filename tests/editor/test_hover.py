"""What is shown over a word of a spec."""

from __future__ import annotations

import re

import pytest

from tests.editor.hovered import SPECS
from tests.editor.servers import Editor

pytestmark = pytest.mark.slow


CONV2D = "https://keras.io/api/layers/convolution_layers/convolution2d/"
SHOWN = {
    "Conv2D": CONV2D,
    "filters": CONV2D,
    "relu": "https://keras.io/api/layers/activations/",
    "activation": "https://keras.io/api/layers/activations/",
    "name": "name",
    "kernel_regularizer": "regularizer",
    "L2": "https://keras.io/api/layers/regularizers/",
    "l2": "https://keras.io/api/layers/regularizers/",
    "Own": "block",
    "ops.relu6": "https://keras.io/api/ops/",
    "optimizer": "optimizer",
    "Adam": "https://keras.io/api/optimizers/adam",
    "learning_rate": "https://keras.io/api/optimizers/",
    "shape": "batch",
    "inputs": "batch",
    "layers": "entr",
    "mse": "https://keras.io/api/losses/",
}
"""Words of the specs above, and what the text shown over each has in it."""

IN_TOML = {"relu": "https://keras.io/api/layers/activations/", "mse": "loss"}
"""tombi says nothing of a choice: it shows the argument's text."""


@pytest.mark.parametrize("word", SHOWN)
def test_word_is_explained(editing: Editor, word: str) -> None:
    """The text comes from the schema, and has the page of what the word names."""
    wanted = SHOWN[word]
    if editing.kind == "toml":
        wanted = IN_TOML.get(word, wanted)
    assert wanted in shown(editing, word)


def test_nothing_stands_above_the_text(editing: Editor) -> None:
    """A reader sees first what they asked for, not the name of the schema."""
    assert "Conv2D" in shown(editing, "Conv2D").split("\n")[0]


def shown(editing: Editor, word: str) -> str:
    """Gives the text over the last place of a word."""
    text = SPECS[editing.kind]
    *_, matches = re.finditer(rf"(?<![\w.]){re.escape(word)}(?!\w)", text)
    at = matches.start() + 1
    return editing.hover(f"{text[:at]}<|>{text[at:]}")
