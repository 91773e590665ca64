"""Measures a training step of generated networks: a part of `make bench`.

Each network is compared with the same network written by hand in the same style, see
tests/by_hand. Both run alternately, so that other load on the machine affects both,
with the same `compile` and the same data. The time is that of `fit` over some batches,
after a round for tracing.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np

from tests.by_hand import digits, transformer
from tests.run.modules import load_module, source_of

ROUNDS = 21
STEPS = 12
BATCH = 64

COMPILE = """\
compile: {optimizer: adam, loss: sparse_categorical_crossentropy, metrics: [accuracy]}
"""

DIGITS = f"""\
name: digits
inputs: [8, 8, 1]
layers:
  - Rescaling(1 / 16)
  - Conv2D(32, 3, padding="same", activation="relu")
  - BatchNormalization
  - Conv2D(64, 3, padding="same", activation="relu")
  - MaxPooling2D
  - Flatten
  - Dropout(0.3)
  - Dense(10, activation="softmax")
{COMPILE}"""

TRANSFORMER = f"""\
name: encoder
params: {{words: 1000, width: 64, heads: 4, depth: 2}}
inputs: {{tokens: {{shape: [32], dtype: int32}}}}
blocks:
  Block:
    params: [width, heads]
    layers:
      - >-
        attended = MultiHeadAttention(heads, width // heads, dropout=0.1)
        <- inputs, inputs
      - Add() <- inputs, attended
      - norm = LayerNormalization
      - Dense(4 * width, activation="gelu")
      - Dense(width)
      - drop = Dropout(0.1)
      - Add() <- norm, drop
      - LayerNormalization
layers:
  - Embedding(words, width, mask_zero=True)
  - Block(width, heads) * depth
  - GlobalAveragePooling1D
  - Dense(2, activation="softmax")
{COMPILE}"""


class Network(NamedTuple):
    """A network to measure: its spec, the versions by hand, and a function for data."""

    spec: str
    by_hand: dict[str, Callable[[], Any]]
    batch: Callable[[Any], tuple[Any, Any]]


def _images(random: Any) -> tuple[Any, Any]:
    size = STEPS * BATCH
    return random.uniform(0, 16, (size, 8, 8, 1)), random.integers(0, 10, size)


def _words(random: Any) -> tuple[Any, Any]:
    size = STEPS * BATCH
    tokens = random.integers(1, 1000, (size, 32))
    tokens[:, 24:] = 0
    return tokens.astype("int32"), random.integers(0, 2, size)


NETWORKS = {
    "digits": Network(
        DIGITS,
        {
            "sequential": digits.sequential,
            "functional": digits.functional,
            "subclass": digits.subclass,
        },
        _images,
    ),
    "transformer": Network(
        TRANSFORMER,
        {"functional": transformer.functional, "subclass": transformer.subclass},
        _words,
    ),
}


def seconds(model: Any, x: Any, y: Any) -> float:
    """Return the time of one epoch."""
    start = time.perf_counter()
    model.fit(x, y, batch_size=BATCH, epochs=1, shuffle=False, verbose=0)
    return time.perf_counter() - start


def main() -> None:
    """Run the benchmark."""
    print(f"{'network':12} {'style':12} {'step':>9} {'by hand':>9} {'ratio':>7}")
    with tempfile.TemporaryDirectory() as directory:
        for name, network in NETWORKS.items():
            x, y = network.batch(np.random.default_rng(0))
            for style, by_hand in network.by_hand.items():
                module = load_module(source_of(network.spec, style), Path(directory))
                ours, theirs = module.build_model(), by_hand()
                if ours.count_params() != theirs.count_params():
                    sys.exit(f"{name}, {style}: the networks differ")
                for model in (ours, theirs):
                    module.compile_model(model)
                    seconds(model, x, y)
                pairs = []
                for number in range(ROUNDS):
                    order = (ours, theirs) if number % 2 else (theirs, ours)
                    spent = {id(model): seconds(model, x, y) for model in order}
                    pairs.append((spent[id(ours)], spent[id(theirs)]))
                ratio = statistics.median(own / other for own, other in pairs)
                step, hand = (
                    statistics.median(times) / STEPS * 1e3
                    for times in zip(*pairs, strict=True)
                )
                print(
                    f"{name:12} {style:12} {step:6.1f} ms {hand:6.1f} ms {ratio:7.3f}",
                    flush=True,
                )
                keras.utils.clear_session()


if __name__ == "__main__":
    main()
