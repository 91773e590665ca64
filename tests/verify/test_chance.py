"""Models that give something else each time: they are compared all the same."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.verify.child.examine import Examiner
from scaffold.verify.types import Job, Outcome
from tests.verify.jobs import job_of

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("default")]

IMPORTS = "imports: {{{0}: 'tests.cases.random_layers:{0}'}}\n"

VAE = f"""
inputs: [6]
{IMPORTS.format("Sampling")}
layers:
  - hidden = Dense(8, activation="relu")
  - mean = Dense(3) <- hidden
  - log_var = Dense(3) <- hidden
  - code = Sampling() <- [mean, log_var]
  - Dense(6)
compile: {{loss: mse}}
"""

SPECS = {
    "a VAE with a loss of a layer": (VAE, "functional subclass"),
    "noise without a seed": (
        f"inputs: [4]\n{IMPORTS.format('Noise')}layers:\n"
        "  - Dense(3)\n  - Noise\n  - first = Noise\n  - other = reuse(first)\n",
        "functional subclass",
    ),
    "a generator that no seed reaches": (
        f"inputs: [4]\n{IMPORTS.format('Unseeded')}layers: "
        "[Dense(3), Unseeded, Dense(3), Unseeded, Dense(2)]\n",
        "functional",
    ),
    "a layer that counts its calls": (
        f"inputs: [4]\n{IMPORTS.format('Counter')}layers: [Dense(3), Counter]\n",
        "sequential functional",
    ),
    "dropout at all times": (
        "inputs: {a: [8], b: [8]}\n"
        "blocks: {Mc: {layers: ['Dense(8)', 'Dropout(0.5) <- dense, training=True']}}\n"
        "layers:\n  - x = Mc() <- a\n  - y = Mc() * 2 <- b\n"
        "  - z = Dropout(0.2, seed=1) <- b, training=True\n"
        "  - w = reuse(z) <- a, training=True\n  - Concatenate() <- x, y, z, w\n",
        "subclass",
    ),
    "noise of all kinds at all times": (
        "inputs: {a: [6, 4]}\nlayers:\n"
        "  - b = GRU(4, dropout=0.5, return_sequences=True) <- a, training=True\n"
        "  - c = TimeDistributed(Dropout(0.5)) <- b, training=True\n"
        "  - d = Bidirectional(LSTM(2, dropout=0.5, return_sequences=True))"
        " <- c, training=True\n"
        "  - e = BatchNormalization() <- d, training=True\n"
        "  - GaussianNoise(0.5) <- e, training=True\n",
        "subclass",
    ),
    "pictures that are turned at all times": (
        "inputs: {a: [8, 8, 3]}\nlayers:\n"
        "  - b = RandomFlip() <- a, training=True\n"
        "  - RandomRotation(0.2) <- b, training=True\n  - Dense(2)\n",
        "subclass",
    ),
    "masks that attention takes off": (
        "inputs: {t: {shape: [null], dtype: int32}}\n"
        "blocks: {Mix: {inputs: [x, m], layers: "
        "['s = MultiHeadAttention(2, 4) <- x, m, use_causal_mask=True',"
        " 'Add() <- x, s']}}\n"
        "layers:\n  - e = Embedding(20, 8, mask_zero=True)\n  - Mix() * 2 <- e, e\n",
        "subclass",
    ),
}
"""Specs whose code is right, and the styles in which that is looked at."""


def examined(whole: Job, style: str) -> list[Outcome]:
    """Gives what comes of the code in a style."""
    styles = [candidate.style for candidate in whole.candidates]
    return list(Examiner(whole, 0).examine(styles.index(style)))


@pytest.mark.parametrize("name", SPECS)
def test_no_false_alarm(name: str) -> None:
    """Nothing is found, and all is looked at that there is."""
    spec, styles = SPECS[name]
    whole = job_of(spec)
    for style in styles.split():
        outcomes = examined(whole, style)
        assert not [outcome for outcome in outcomes if outcome.diagnostics]
        says = {outcome.check: outcome.says for outcome in outcomes}
        assert {says[name] for name in ("output", "training", "save", "config")} == {
            "passed"
        }


FAULTS = {
    "what it draws from is swapped": (
        VAE,
        "self.code([mean, log_var], training=training)",
        "self.code([log_var, mean], training=training)",
        "KS706",
    ),
    "it draws twice": (
        VAE,
        "self.code([mean, log_var], training=training)",
        "self.code([mean, log_var]) + self.code([mean, log_var])",
        "KS706",
    ),
    "a generator that no seed reaches is left out": (
        SPECS["a generator that no seed reaches"][0],
        "x = self.unseeded_1(x, training=training)",
        "x = x",
        "KS706",
    ),
    "what comes after one is wrong": (
        SPECS["a generator that no seed reaches"][0],
        "return self.dense_2(x)",
        "return self.dense_2(x * 1.01)",
        "KS706",
    ),
    "dropout at no time": (
        SPECS["noise of all kinds at all times"][0],
        "self.b(inputs, training=True)",
        "self.b(inputs, training=False)",
        "KS706",
    ),
}
"""A spec, what is changed in the code of its class, and what is found."""


@pytest.mark.parametrize("name", FAULTS)
def test_faults_are_found(name: str) -> None:
    """Chance hides nothing."""
    spec, old, new, code = FAULTS[name]
    whole = job_of(spec)
    item = next(
        candidate for candidate in whole.candidates if candidate.style == "subclass"
    )
    assert old in item.text, item.text
    changed = item._replace(text=item.text.replace(old, new))
    outcomes = examined(whole._replace(candidates=(changed,)), "subclass")
    assert code in {
        diagnostic.code for outcome in outcomes for diagnostic in outcome.diagnostics
    }


def test_distributions() -> None:
    """Samples of one are taken for one, and those of two for two."""
    import numpy as np

    from scaffold.verify.recording.randomness import same_distribution

    random = np.random.default_rng(0)

    def normal(mean: float = 0.0, scale: float = 1.0) -> Any:
        return lambda: random.normal(mean, scale, size=(4, 3)).astype("float32")

    assert all(same_distribution(normal(), normal()) for _ in range(20))
    assert not same_distribution(normal(), normal(mean=2.0))
    assert not same_distribution(normal(), normal(scale=3.0))
    assert not same_distribution(normal(), lambda: np.zeros((4, 2), "float32"))
    assert same_distribution(lambda: np.ones(3) / 3, lambda: np.ones(3) * (1 / 3))


UNREACHED = {
    "integers": ("[Dense(3), ops.argmax(axis=-1)]", "warning", "ops.argmax", 2),
    "no slope": (
        "[Dense(3), ops.round, Dense(2), ops.floor]",
        "warning",
        "ops.round",
        2,
    ),
    "a table": (
        "[Dense(3), 'Discretization(bin_boundaries=[0.0])']",
        "warning",
        "discretization",
        2,
    ),
    "a part": ("[Dense(3), ops.stop_gradient, Dense(2)]", "warning", "stop_grad", 2),
    "compiled": ("[Dense(3), ops.argmax]\ncompile: {loss: mse}", "error", "argmax", 2),
}


@pytest.mark.parametrize("name", UNREACHED)
def test_a_model_that_no_gradient_reaches(name: str) -> None:
    """It is said, at the entry, and never skipped in silence."""
    layers, severity, culprit, line = UNREACHED[name]
    whole = job_of(f"inputs: [4]\nlayers: {layers}\n")
    outcomes = examined(whole, "functional")
    diagnostics = [
        diagnostic for outcome in outcomes for diagnostic in outcome.diagnostics
    ]
    assert [(diagnostic.code, diagnostic.severity) for diagnostic in diagnostics] == [
        ("KS708", severity)
    ]
    assert culprit in diagnostics[0].message and diagnostics[0].span.line == line
    assert diagnostics[0].help


@pytest.mark.parametrize(
    "layers",
    [
        "['Dense(1, activation=\"relu\")', ReLU]",
        "['Dense(3, trainable=False)']",
        "[Dense(3), ops.sign, ops.abs]\noutputs: [dense, abs]",
        "[Dense(3), ops.sqrt, ops.log]",
    ],
)
def test_a_model_that_is_not_to_blame(layers: str) -> None:
    """A flat side, frozen layers and outputs without a number are no such thing."""
    outcomes = examined(job_of(f"inputs: [4]\nlayers: {layers}\n"), "functional")
    assert not [outcome for outcome in outcomes if outcome.diagnostics]


def test_sizes_that_a_model_can_have() -> None:
    """They are looked for; where none is found, that is said."""
    for inputs, layers in (
        ("[null, 3]", "['Reshape([-1, 12])', Dense(3), 'Reshape([-1, 9])', Dense(2)]"),
        ("[null, null, 1]", "['Conv2D(2, 5)', 'MaxPooling2D(8)', 'Conv2D(2, 9)']"),
        ("[10]", "['Embedding(9, 4)']"),
    ):
        outcomes = examined(
            job_of(f"inputs: {inputs}\nlayers: {layers}\n"), "functional"
        )
        skipped = {outcome.check for outcome in outcomes if outcome.says == "skipped"}
        assert skipped <= {"masks", "main"}  # these specs have no `train`
        assert not [outcome for outcome in outcomes if outcome.diagnostics]
    outcomes = examined(
        job_of("inputs: [null, 3]\nlayers: ['Reshape([7, 11, 3])']\n"), "functional"
    )
    (finding,) = [
        diagnostic for outcome in outcomes for diagnostic in outcome.diagnostics
    ]
    assert (finding.code, finding.severity) == ("KS719", "warning")
