"""What changed from Keras 2 to Keras 3: old lines, run with the installed Keras.

All of the old lines ran with some version of Keras 2. `python -m tests.keras2_changes`
prints what each of them does today.
"""

from __future__ import annotations

import contextlib
import logging
import re
import tempfile
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf


class Change(NamedTuple):
    """A line of Keras 2, and the line to write today.

    Attributes:
        old: The line of Keras 2. It may be several, separated by line breaks.
        new: The line for Keras 3.
        effect: What the old line does today, if it neither fails nor warns.
        proof: An expression over the names of both lines that proves this effect.
    """

    old: str
    new: str
    effect: str = ""
    proof: str = ""


class Row(NamedTuple):
    """A row of the table.

    Attributes:
        old: The old code, in Markdown.
        outcome: What it does today.
        new: The new code.
    """

    old: str
    outcome: str
    new: str


class Outcome(NamedTuple):
    """What running some lines leads to.

    Attributes:
        error: The exception, as Python prints it; `""` for none.
        warnings: The warnings, from `warnings` or the log.
        names: The variables after the lines.
    """

    error: str
    warnings: list[str]
    names: dict[str, Any]


ERRORS = (
    Change("SGD(lr=0.01)", "SGD(learning_rate=0.01)"),
    Change("model.predict([9.5])", "model.predict(np.array([9.5]), verbose=0)"),
    Change(
        "model.fit_generator(batches, steps_per_epoch=2)",
        "model.fit(batches, steps_per_epoch=2, shuffle=False, verbose=0)",
    ),
    Change(
        "model.fit(x, y, workers=2)",
        "model.fit(MyDataset(workers=2), verbose=0)",
    ),
    Change(
        "model.predict_classes(x)", "np.argmax(model.predict(x, verbose=0), axis=-1)"
    ),
    Change("model.layers[0].output_shape", "model.layers[0].output.shape"),
    Change("model.optimizer.lr", "model.optimizer.learning_rate"),
    Change(
        'model.save("marks")',
        'model.save("marks.keras")\nmodel.export("marks", verbose=False)',
    ),
    Change(
        'keras.models.load_model("saved_model")',
        'layers.TFSMLayer("saved_model", call_endpoint="serve")',
    ),
    Change(
        'model.save("marks.h5")\nkeras.models.load_model("marks.h5")',
        'model.save("marks.keras")\nkeras.models.load_model("marks.keras")',
    ),
    Change('model.save_weights("marks.h5")', 'model.save_weights("marks.weights.h5")'),
    Change('ModelCheckpoint("marks.hdf5")', 'ModelCheckpoint("marks.keras")'),
    Change("keras.backend.sum(x)", "keras.ops.sum(x)"),
    Change("tf.square(inputs)", "keras.ops.square(inputs)"),
    Change("from keras.layers.core import Dense", "from keras.layers import Dense"),
    Change(
        'layer.add_weight("scale", shape=(1,))',
        'layer.add_weight(name="scale", shape=(1,))',
    ),
    Change("metric.reset_states()", "metric.reset_state()"),
    Change(
        "model.compile(experimental_steps_per_execution=8)",
        "model.compile(steps_per_execution=8)",
    ),
    Change(
        "keras.optimizers.legacy.SGD()",
        "keras.optimizers.SGD()",
    ),
)
"""Lines that raise an exception."""

WARNINGS = (
    Change(
        "Sequential([Dense(1, input_dim=1)])",
        "Sequential([keras.Input((1,)), Dense(1)])",
    ),
    Change(
        "SGD(learning_rate=0.01, decay=1e-3)",
        "SGD(learning_rate=InverseTimeDecay(0.01, 1, 1e-3))",
    ),
    Change("layers.LeakyReLU(alpha=0.1)", "layers.LeakyReLU(negative_slope=0.1)"),
    Change("layers.Embedding(10, 4, input_length=5)", "layers.Embedding(10, 4)"),
)
"""Lines that only warn."""

SILENT = (
    Change(
        "model.optimizer.lr = 0.1",
        "model.optimizer.learning_rate = 0.1",
        "sets an attribute that nothing reads: `learning_rate` stays 0.01",
        "float(old['model'].optimizer.learning_rate) < 0.011"
        " and float(new['model'].optimizer.learning_rate) > 0.099",
    ),
    Change(
        "layer.scale = tf.Variable(1.0)",
        'layer.scale = layer.add_weight(shape=(), initializer="ones")',
        "Keras does not see the variable, so `fit` does not train it:"
        " `layer.trainable_weights` is empty",
        "old['layer'].trainable_weights == []"
        " and len(new['layer'].trainable_weights) == 1",
    ),
)
"""Lines that run, but do something else."""

SAME = (
    Change(
        "tf.keras.layers.Dense(1)",
        "keras.layers.Dense(1)",
        "works: `tf.keras` is Keras 3, under its old name",
        "tf.keras.layers.Dense is keras.layers.Dense",
    ),
    Change(
        "tf.keras.backend.sum(x)",
        "keras.ops.sum(x)",
        "works with TensorFlow, and only below `tf.keras`",
        "float(tf.keras.backend.sum(x)) == 45 and not hasattr(keras.backend, 'sum')",
    ),
    Change(
        'model.compile("sgd", "mse", metrics=["acc"])',
        'model.compile("sgd", "mse", metrics=["acc"])',
        "works: strings still name optimizers, losses and metrics",
        "keras.losses.get('mse') is keras.losses.mean_squared_error",
    ),
)
"""Lines that still work."""


class _Log(logging.Handler):
    """Collects what Keras logs, instead of printing it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    @contextlib.contextmanager
    def collecting(self) -> Iterator[None]:
        """Collect for a while."""
        logger = logging.getLogger("absl")
        handlers, propagate = logger.handlers, logger.propagate
        logger.handlers, logger.propagate = [self], False
        try:
            yield
        finally:
            logger.handlers, logger.propagate = handlers, propagate


class _Dataset(keras.utils.PyDataset):  # type: ignore[misc]  # Keras has no type hints
    """Batches of hours and marks."""

    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: int) -> tuple[Any, Any]:
        return np.ones((9, 1)), np.ones((9, 1))


def names() -> dict[str, Any]:
    """Return new values of the names that the lines use."""
    x = np.arange(1, 10, dtype="float32").reshape(-1, 1)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    return {
        "np": np,
        "tf": tf,
        "keras": keras,
        "layers": keras.layers,
        "Sequential": keras.Sequential,
        "Dense": keras.layers.Dense,
        "SGD": keras.optimizers.SGD,
        "InverseTimeDecay": keras.optimizers.schedules.InverseTimeDecay,
        "ModelCheckpoint": keras.callbacks.ModelCheckpoint,
        "MyDataset": _Dataset,
        "model": model,
        "layer": keras.layers.Layer(),
        "metric": keras.metrics.Mean(),
        "inputs": keras.Input((1,)),
        "x": x,
        "y": 10 * x,
        "batches": (batch for batch in [(x, 10 * x)] * 3),
    }


def run(lines: str) -> Outcome:
    """Run some lines in the working directory."""
    variables = names()
    log = _Log()
    error = ""
    with warnings.catch_warnings(record=True) as caught, log.collecting():
        warnings.simplefilter("default")
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            exec(lines, variables)
        except Exception as exception:
            error = f"`{type(exception).__name__}`: {_first_sentence(exception)}"
    messages = [_first_sentence(warning.message) for warning in caught]
    messages += map(_first_sentence, log.messages)
    return Outcome(error, [f"warning: {message}" for message in messages], variables)


def _first_sentence(message: object) -> str:
    """Return the first sentence of a message, for a cell of a table."""
    text = " ".join(str(message).split())
    sentence = re.split(r"(?<=[^.]\.) (?=[A-Z])", text)[0]
    return sentence.rstrip(".").replace("|", r"\|").replace("<", r"\<")


def rows(changes: tuple[Change, ...]) -> Iterator[Row]:
    """Run the old and the new lines, and yield the rows of the table.

    Raises:
        ValueError: A line does not do what its group says, or a new line warns or
            fails.
    """
    with tempfile.TemporaryDirectory() as directory, contextlib.chdir(directory):
        names()["model"].export("saved_model", verbose=False)
        for change in changes:
            old, new = run(change.old), run(change.new)
            if new.error or new.warnings:
                raise ValueError(f"{change.new}: {new.error}{new.warnings}")
            messages = [*old.warnings, *filter(None, [old.error])]
            if bool(old.error) != (changes is ERRORS):
                raise ValueError(f"{change.old}: {messages}")
            if not old.error and bool(old.warnings) != (changes is WARNINGS):
                raise ValueError(f"{change.old}: {messages}")
            scope = {**old.names, "old": old.names, "new": new.names}
            if change.proof and eval(change.proof, scope) is not True:
                raise ValueError(f"{change.old}: {change.proof}")
            outcome = "; ".join(messages) or change.effect
            yield Row(_cell(change.old), outcome, _cell(change.new))


def _cell(lines: str) -> str:
    """Return code as a cell of a table, without arguments that only silence Keras."""
    shown = re.sub(r", verbose=(0|False)", "", lines)
    return "<br>".join(f"`{line}`" for line in shown.splitlines())


if __name__ == "__main__":
    for group in (ERRORS, WARNINGS, SILENT, SAME):
        for row in rows(group):
            print(*row, sep="\n    ")
