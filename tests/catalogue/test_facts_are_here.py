"""Names of Keras stand in `scaffold/catalogue/`, and in no other code."""

from __future__ import annotations

from pathlib import Path

import pytest

import scaffold
from scaffold.catalogue import load
from tests.catalogue.sources import Names, strings_of

ROOT = Path(scaffold.__file__).parent

ELSEWHERE = ("catalogue", "diagnostics/codes", "templates")
"""Folders with facts, with the pages of findings, and with what is written out."""

ALLOWED = {
    ("verify/processes/process_state.py", "precision"): "how NumPy prints, no metric"
}
"""Strings that are a name of Keras by chance, with the reason."""


@pytest.fixture(scope="module")
def names() -> Names:
    """Give the names of the bundled catalogue."""
    return Names(load())


def test_no_other_module_names_anything_of_keras(names: Names) -> None:
    """A layer, loss, activation or the like is a fact: the catalogue has it."""
    faults, used = [], set()
    for path in sorted(ROOT.rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        if place.startswith(ELSEWHERE):
            continue
        for line, text in strings_of(path):
            if (place, text) in ALLOWED:
                used.add((place, text))
            elif words := names.within(text):
                faults.append(f"scaffold/{place}:{line}: {', '.join(words)}")
    assert not faults, "\n".join(faults)
    assert used == set(ALLOWED)


@pytest.mark.parametrize(
    "code",
    [
        'target.name == "Dense"',
        'help_ = "add `Reshape([4])` before it"',
        'help_ = f"add `Reshape({sizes})` before it"',
        '{f"Conv{axes}D": rule}',
        '{f"Global{kind}Pooling{axes}D": rule}',
        '"""GRU LSTM RNN""".split()',
        'activation != "softmax"',
        'match name:\n    case "MaxPool2D":\n        pass',
        'name = "Add"',
        'text = "Add() <- a, b"',
        'text = "keras.layers.Layer"',
    ],
)
def test_names_are_seen(code: str, names: Names, tmp_path: Path) -> None:
    """In a comparison, a key, a message, a pattern; whole, or made of pieces."""
    module = tmp_path / "module.py"
    module.write_text(code)
    assert any(names.within(text) for _, text in strings_of(module))


@pytest.mark.parametrize(
    "code",
    [
        '"""Look at `Dense`."""',
        'name = 1\n"""What `Dense` is."""',
        "# Dense",
        'text = "Add a workflow"',
        'text = f"`{name}` gives {count} tensors"',
        "import keras\nlayer = keras.layers.Dense",
        'text = "units"',
    ],
)
def test_other_strings_are_none(code: str, names: Names, tmp_path: Path) -> None:
    """Docstrings, comments, sentences, attributes and arguments."""
    module = tmp_path / "module.py"
    module.write_text(code)
    assert not any(names.within(text) for _, text in strings_of(module))
