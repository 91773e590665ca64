"""The examples of `keras-scaffold layers NAME`, built with Keras."""

from __future__ import annotations

import re
from pathlib import Path

import keras
import pytest

from scaffold.catalogue.families import description_of
from tests.catalogue.layer_examples import layers, layers_in_specs, spec_of
from tests.run.modules import load_module, source_of


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Writes the SavedModel that the example of one layer reads."""
    directory = tmp_path_factory.mktemp("examples")
    model = keras.Sequential([keras.Input([8, 3]), keras.layers.Dense(2)])
    model.export(directory / "export", verbose=False)
    return directory


@pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="one layer is TensorFlow's alone"
)
def test_examples_build(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The generated model of all examples has each layer, built on its input."""
    monkeypatch.chdir(exported)
    module = load_module(source_of(spec_of(layers_in_specs()), "subclass"), exported)
    model = module.build_model()
    assert model.built
    kinds = {type(inner) for layer in model.layers for inner in layer._flatten_layers()}
    kinds |= {type(getattr(layer, "cell", None)) for layer in model.layers}
    names = [layer.name for layer in layers_in_specs()]
    assert [name for name in names if getattr(keras.layers, name) not in kinds] == []


def test_lines_are_our_own() -> None:
    """No line about a layer is a sentence of Keras's documentation."""
    copied = []
    for layer in layers():
        text = getattr(keras.layers, layer.name).__doc__ or ""
        about = description_of(layer).about.removesuffix(".")
        if _plain(about) in _plain(text):
            copied.append(layer.name)
    assert not copied


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
