"""`loop` takes steps as plain Python would, and each example stops by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from tests.run.comparing import assert_close, gradients
from tests.run.modules import load_module, source_of

SPEC = """
name: deep
inputs: {shape}
blocks:
  Step:
    layers:
      - inner = Dense(12, activation="tanh")
      - outer = Dense(5)
      - Add() <- inputs, outer
  Halt:
    layers: [{halt}]
layers:
  - start = Dense(5)
  - state = loop(Step(), until=Halt(), max_steps=6)
"""
VECTORS = SPEC.replace("{shape}", "[4]").replace(
    "{halt}", "\"Dense(1, activation='sigmoid')\""
)
SEQUENCES = SPEC.replace("{shape}", "[3, 4]").replace(
    "{halt}", "GlobalAveragePooling1D, \"Dense(1, activation='sigmoid')\""
)


class Plain(keras.Model):
    """The same model, its steps taken one by one by each example alone."""

    def __init__(self, start: Any, loop: Any) -> None:
        """Takes the layers of the other."""
        super().__init__()
        self.start, self.step, self.until = start, loop.step, loop.until
        self.built = True
        self.steps: list[int] = []

    def call(self, inputs: Any) -> Any:
        """Gives the last state of each example, and notes how many steps it took."""
        states, self.steps = [], []
        first = self.start(inputs)
        for number in range(first.shape[0]):
            state = first[number : number + 1]
            steps, stops = 0, False
            while steps < 6 and not stops:
                state, steps = self.step(state), steps + 1
                stops = bool(keras.ops.reshape(self.until(state), ()) > 0.5)
            self.steps.append(steps)
            states.append(state)
        return keras.ops.concatenate(states, axis=0)


def build(spec: str, directory: Path) -> tuple[Any, Plain]:
    """Builds the model, and the plain one with the same weights.

    A state grows with every step until its sum passes 3.
    """
    model = load_module(source_of(spec, "subclass"), directory).build_model()
    random = np.random.default_rng(4)
    for weight in model.weights:
        weight.assign(random.normal(scale=0.3, size=weight.shape))
    kernel, bias = model.state.until.weights
    kernel.assign(np.ones(kernel.shape))
    bias.assign([-3.0])
    model.state.step.outer.bias.assign(np.full(5, 0.4))
    return model, Plain(model.start, model.state)


@pytest.mark.parametrize("spec", [VECTORS, SEQUENCES], ids=["vectors", "sequences"])
def test_equals_plain_python(spec: str, tmp_path: Path) -> None:
    """Forward and gradient, to 1e-5, with examples that stop at different steps."""
    model, plain = build(spec, tmp_path)
    random = np.random.default_rng(0)
    shape = (24, 4) if spec is VECTORS else (24, 3, 4)
    batch = (3 * random.normal(size=shape)).astype("float32")
    states = model.predict(batch, verbose=0)
    assert_close(states, plain(batch))
    assert {1, 6} < set(plain.steps), "the examples take steps of no two sorts"
    wanted = random.normal(size=states.shape).astype("float32")
    ours = gradients(model, batch, wanted, eager=False)
    theirs = gradients(plain, batch, wanted, eager=True)
    assert [w.path.rpartition("/")[2] for w in model.weights] == [
        w.path.rpartition("/")[2] for w in plain.weights
    ]
    scale = max(np.abs(value).max() for value in theirs)
    for pair, other in zip(ours, theirs, strict=True):
        assert np.abs(pair - other).max() <= 1e-5 * scale
    # All but those of `until`, a kernel and a bias, learn something.
    assert [bool(np.abs(value).max() > 0) for value in ours] == [True] * 6 + [False] * 2


def test_each_stops_by_itself(tmp_path: Path) -> None:
    """What an example gives does not depend on what else is in the batch."""
    model, plain = build(VECTORS, tmp_path)
    batch = (3 * np.random.default_rng(1).normal(size=(16, 4))).astype("float32")
    together = model.predict(batch, verbose=0)
    plain(batch)
    assert len(set(plain.steps)) > 2
    for number in range(16):
        alone = model.predict(batch[number : number + 1], verbose=0)
        assert_close(alone[0], together[number])
    for order in (slice(None, None, -1), slice(3, 9), [5, 5, 5]):
        others = model.predict(batch[order], verbose=0)
        assert_close(others, together[order])


def test_no_more_steps_than_needed(tmp_path: Path) -> None:
    """Once all have stopped, no step is computed any more."""
    model, _ = build(VECTORS, tmp_path)
    kernel, bias = model.state.until.weights
    kernel.assign(keras.ops.zeros(kernel.shape))
    taken: list[int] = []
    usual = model.state.step.call

    def counting(*args: Any, **kwargs: Any) -> Any:
        taken.append(1)
        return usual(*args, **kwargs)

    object.__setattr__(model.state.step, "call", counting)
    batch = np.ones((3, 4), "float32")
    for value, steps in ((1.0, 1), (-1.0, 6)):
        bias.assign([value])
        taken.clear()
        model(batch)
        # JAX traces what it may run: there a call says nothing.
        assert len(taken) == (6 if keras.backend.backend() == "jax" else steps)


def test_trains_with_xla(tmp_path: Path) -> None:
    """A step of training compiles, where the backend has XLA."""
    model, _ = build(VECTORS, tmp_path)
    jit = keras.backend.backend() != "torch"
    model.compile(keras.optimizers.Adam(0.02), "mse", jit_compile=jit)
    random = np.random.default_rng(2)
    batch, wanted = (
        random.normal(size=(16, width)).astype("float32") for width in (4, 5)
    )
    losses = [float(model.train_on_batch(batch, wanted)) for _ in range(30)]
    assert losses[-1] < 0.95 * losses[0]
