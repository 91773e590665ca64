"""Parts under Keras: trained together, saved, reloaded, and tested by their tests."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from scaffold.catalogue import load
from scaffold.parts import KINDS
from scaffold.pipeline import generate_part
from tests.parts.cases import PARTS, generated_part, part_goldens
from tests.run.modules import load_module
from tests.startup import environment

MUTANTS: dict[str, tuple[str, str, str, str]] = {
    "no_mask": (
        "layer",
        "supports_masking = True",
        "supports_masking = False",
        "mask_is_passed_on",
    ),
    "no_units": (
        "layer",
        '            "units": self.units,\n',
        "",
        "config_round_trip",
    ),
    "no_bias": ("layer", ", self.bias)", ", 0.0)", "every_weight_is_trained"),
    "no_shape": ("layer", "(*input_shape[:-1], self.units)", "input_shape", "shapes"),
    "no_column": (
        "loss",
        "ops.expand_dims(y_true, axis=-1)",
        "y_true",
        "targets_without_the_last_axis",
    ),
    "no_steps": (
        "loss",
        ", axis=-1)\n\n    def",
        ")\n\n    def",
        "one_value_per_example",
    ),
    "no_weight": ("metric", "if sample_weight is None", "if True", "sample_weight"),
    "no_reset": ("metric", "self.count.assign(0.0)", "pass", "reset"),
    "no_sum": ("metric", "total.assign_add", "total.assign", "batches_add_up"),
    "no_logs": ("callback", 'logs["seconds"] = seconds', "pass", "each_epoch_is_timed"),
    "no_start": (
        "callback",
        "logs=None):\n        self.seconds = []",
        "logs=None):\n        pass",
        "training_again_resets_the_times",
    ),
}
"""Parts with a fault: kind, what is replaced by what, and the test that finds it."""


def run_tests(directory: Path, *named: str) -> dict[str, set[str]]:
    """Runs pytest in a process of its own.

    Returns:
        The tests, `test_a::test_b`, that have passed, and those that have failed.
    """
    command = [sys.executable, "-m", "pytest", "-q", "--tb=short", "-rA", "--no-header"]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", "-W", "ignore", *named],
        cwd=directory,
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        text=True,
    )
    matches = re.findall(r"^(PASSED|FAILED|ERROR) (\S+)\.py(::\w+)", done.stdout, re.M)
    results: dict[str, set[str]] = {"PASSED": set(), "FAILED": set(), "ERROR": set()}
    for result, file, test in matches:
        results[result].add(file + test)
    assert matches, done.stdout + done.stderr
    return results


def test_their_own_tests(tmp_path: Path) -> None:
    """The tests of each part pass, and find the fault in a part that has one."""
    files, faults = [], []
    for path, text in part_goldens():
        name, is_test, _ = path.stem.partition(".test")
        file = f"test_{name}.py" if is_test else path.name
        (tmp_path / file).write_text(text, encoding="utf-8")
        files += [file] if is_test else []
    for name, (kind, old, new, finder) in MUTANTS.items():
        part = generated_part(kind, name)
        assert part.text.count(old) == 1, (name, old)
        (tmp_path / f"{name}.py").write_text(part.text.replace(old, new))
        (tmp_path / f"test_{name}.py").write_text(part.tests)
        faults.append(f"test_{name}.py::test_{finder}")
    results = run_tests(tmp_path, *files, *faults)
    assert results["ERROR"] == set()
    assert results["FAILED"] == {fault.replace(".py", "") for fault in faults}
    tested = {test.partition("::")[0] for test in results["PASSED"]}
    assert tested == {file.removesuffix(".py") for file in files}
    assert len(files) == len(PARTS)


@pytest.mark.parametrize("with_params", [False, True])
def test_together_in_a_model(with_params: bool, tmp_path: Path) -> None:
    """Layer, loss, metric and callback: trained, saved, read back, the same again."""
    own: dict[str, Any] = {}
    for kind, name, params in PARTS[with_params::2]:
        part = generated_part(kind, name, params)
        own[kind] = getattr(load_module(part.text, tmp_path), part.name)
    keras.utils.set_random_seed(0)
    inputs = keras.Input((4,))
    outputs = keras.layers.Dense(1)(own["layer"]()(inputs))
    model = keras.Model(inputs, outputs)
    metric = own["metric"]()
    model.compile(
        optimizer=keras.optimizers.Adam(0.02),
        loss=own["loss"](),
        metrics=[metric],
        weighted_metrics=[own["metric"](name="weighted")],
    )
    x = np.random.default_rng(0).normal(size=(64, 4)).astype("float32")
    y, weights = x.sum(axis=1), np.linspace(0.1, 1.0, 64)
    timer = own["callback"]()
    history = model.fit(
        x, y, sample_weight=weights, epochs=30, callbacks=[timer], verbose=0
    ).history
    assert history["loss"][-1] < 0.5 * history["loss"][0]
    assert len(history[metric.name]) == len(history["seconds"]) == 30
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(
        again.predict(x, verbose=0), model.predict(x, verbose=0), rtol=1e-6
    )
    evaluates, same = (
        item.evaluate(x, y, sample_weight=weights, verbose=0, return_dict=True)
        for item in (model, again)
    )
    assert same == pytest.approx(evaluates, rel=1e-5) and "weighted" in evaluates


def test_the_layer_is_keras_s_own() -> None:
    """The layer gives what `Dense` gives with the same weights."""
    part = generated_part("layer", "Projection", ("units=3", "activation=tanh"))
    namespace: dict[str, Any] = {}
    exec(compile(part.text, "projection.py", "exec"), namespace)
    x = np.random.default_rng(0).normal(size=(5, 2, 4)).astype("float32")
    layer, dense = namespace["Projection"](), keras.layers.Dense(3, activation="tanh")
    layer.build(x.shape)
    dense.build(x.shape)
    dense.set_weights(layer.get_weights())
    np.testing.assert_allclose(np.array(layer(x)), np.array(dense(x)), rtol=1e-6)


def test_names_that_are_taken() -> None:
    """What Keras's base classes have is no param, and its classes are no names."""
    for kind, known in KINDS.items():
        base = keras
        for piece in known.base.split(".")[1:]:
            base = getattr(base, piece)
        taken = known.reserved | (load().reserved if kind == "layer" else set())
        has = {name for name in dir(base()) if not name.startswith("_")}
        assert has <= taken, (kind, has - taken)
    for home in (keras, keras.layers, keras.losses, keras.metrics, keras.callbacks):
        for name in dir(home):
            if isinstance(getattr(home, name), type) and name[0].isupper():
                part, _ = generate_part("layer", name)
                assert part is None, name


def test_every_activation() -> None:
    """Each that the catalogue knows is taken, and runs; two do not do."""
    for name in ("glu", "threshold"):
        assert generate_part("layer", "Activated", [("activation", name)])[0] is None
    for name in set(load().strings("activations")) - {"glu", "threshold"}:
        part = generated_part("layer", "Activated", ("units=3", f"activation={name}"))
        namespace: dict[str, Any] = {}
        exec(compile(part.text, "activated.py", "exec"), namespace)
        layer = namespace["Activated"]()
        assert layer(np.ones((2, 4), "float32")).shape == (2, 3)
        config = layer.get_config()
        assert namespace["Activated"].from_config(config).get_config() == config
