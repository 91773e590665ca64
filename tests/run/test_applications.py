"""Specs of networks that Keras ships: the same layers, with weights the same output.

The weights that a layer gets depend on its kind and on its turn among its kind, so
that no two are alike: had a layer of ours another one's place, the output would differ.
"""

from __future__ import annotations

import gc
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import keras
import numpy as np
import pytest

from tests.goldens import CASES
from tests.run.creation import by_kind, created, described
from tests.run.modules import load_module, source_of

PARAMETERS = {"resnet50": 25_636_712, "vgg16": 138_357_544, "mobilenet_v2": 3_538_984}
MAKERS = {
    "resnet50": keras.applications.ResNet50,
    "vgg16": keras.applications.VGG16,
    "mobilenet_v2": keras.applications.MobileNetV2,
}
STYLES = {
    "resnet50": ("functional", "subclass"),
    "vgg16": ("sequential", "functional", "subclass"),
    "mobilenet_v2": ("functional", "subclass"),
}
GAINS = {"resnet50": 1.0, "vgg16": 2.0, "mobilenet_v2": 2.0}
"""How much a convolution amplifies: less, where shortcuts add what it gives."""


class Seen(NamedTuple):
    """What is to be seen of a model: its size, its layers, and what it gives."""

    parameters: int
    layers: list[Any]
    output: Any


@pytest.fixture(autouse=True)
def memory() -> Iterator[None]:
    """Gives the memory back: VGG16 has half a gigabyte of weights."""
    yield
    keras.utils.clear_session()
    gc.collect()


@pytest.fixture(scope="module", params=PARAMETERS)
def reference(request: pytest.FixtureRequest) -> tuple[str, Seen]:
    """A network of Keras's, which is gone by the time that ours is made."""
    make = MAKERS[request.param]
    return request.param, seen(lambda: make(weights=None), GAINS[request.param])


def text_of(name: str, style: str) -> str:
    """Generates the source of a network's spec."""
    path = CASES / "architectures" / f"{name}.yaml"
    return source_of(path.read_text(encoding="utf-8"), style, path.name)


def test_is_the_network_that_keras_ships(
    reference: tuple[str, Seen], tmp_path: Path
) -> None:
    """Each style has Keras's layers and parameters, and gives what they give."""
    name, theirs = reference
    assert theirs.parameters == PARAMETERS[name]
    assert tells_images_apart(theirs.output)
    for style in STYLES[name]:
        module = load_module(text_of(name, style), tmp_path)
        ours = seen(module.build_model, GAINS[name])
        assert ours.parameters == PARAMETERS[name]
        assert ours.layers == theirs.layers
        difference = np.abs(ours.output - theirs.output).max()
        assert difference <= 1e-4 * np.abs(theirs.output).max(), style


@pytest.mark.parametrize("style", ["functional", "subclass"])
def test_resnet50_is_short(style: str) -> None:
    """Fifty layers take some 150 lines: seven of a class are what lets it export."""
    assert (
        len(text_of("resnet50", style).splitlines())
        < {
            "functional": 80,
            "subclass": 155,
        }[style]
    )


def seen(make: Callable[[], Any], gain: float) -> Seen:
    """Makes a model, gives it weights, looks at it, and lets it go."""
    model, layers = created(make)
    for kind, alike in by_kind(layers).items():
        for turn, layer in enumerate(alike):
            random = np.random.default_rng([zlib.crc32(kind.encode()), turn])
            for weight in layer.weights:
                weight.assign(values(kind, weight, gain, random))
    # Patches of colour: all noise looks the same to a network.
    patches = np.random.default_rng(0).uniform(-1, 1, size=(2, 7, 7, 3))
    images = patches.repeat(32, axis=1).repeat(32, axis=2).astype("float32")
    output = keras.ops.convert_to_numpy(model(images))
    return Seen(model.count_params(), [plain(layer) for layer in layers], output)


def plain(layer: Any) -> Any:
    """Says what a layer is; the last axis of an image is 3 as well as -1."""
    kind, config, shapes = described(layer)
    if kind == "BatchNormalization":
        config["axis"] %= 4
    return kind, config, shapes


def values(kind: str, weight: Any, gain: float, random: np.random.Generator) -> Any:
    """Draws values that keep activations of a size, and are all of use."""
    if weight.name in ("gamma", "moving_variance"):
        return random.uniform(0.5, 1.5, size=weight.shape)
    drawn = random.standard_normal(size=weight.shape, dtype="float32")
    size = 0.1
    if weight.name == "kernel":
        summed = weight.shape[: -2 if kind == "DepthwiseConv2D" else -1]
        size = np.sqrt((1.0 if kind == "Dense" else gain) / np.prod(summed))
    drawn *= np.float32(size)
    return drawn


def tells_images_apart(output: Any) -> bool:
    """Tells whether two images have outputs that differ, none of them all or nothing.

    With one class certain, the softmax would hide what comes before it.
    """
    item, other = output
    far = np.abs(item - other).max() > 0.05 * output.max()
    return bool(far and np.isfinite(output).all() and output.max() < 0.9)
