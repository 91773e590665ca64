"""Examining a candidate: what is looked at, and what is left behind."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from scaffold.pipeline import File, job_of_file
from scaffold.verify.child.examine import Examiner
from scaffold.verify.types import CHECKS, Job, Outcome
from tests.verify.jobs import SPEC, job_of

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("default")]


def examined(whole: Job, number: int = 0) -> dict[str, Outcome]:
    """Gives the outcomes of a candidate by their checks."""
    outcomes = list(Examiner(whole, 7).examine(number))
    assert tuple(outcome.check for outcome in outcomes) == CHECKS
    assert {(outcome.job, outcome.candidate) for outcome in outcomes} == {(7, number)}
    return {outcome.check: outcome for outcome in outcomes}


def changed(old: str, new: str, style: str = "subclass", spec: str = SPEC) -> Job:
    """Gives a spec's code in one style, a part of it replaced."""
    whole = job_of(spec)
    item = next(candidate for candidate in whole.candidates if candidate.style == style)
    assert old in item.text
    text = item.text.replace(old, new)
    return whole._replace(candidates=(item._replace(text=text),))


def test_every_check_is_told_of_in_order() -> None:
    """A sound model passes all; what there is nothing to look at says why."""
    whole = job_of()
    assert len(whole.candidates) == 3
    for number in range(3):
        results = examined(whole, number)
        assert {diagnostic.says for diagnostic in results.values()} == {
            "passed",
            "skipped",
        }
        skipped = {
            diagnostic.check: diagnostic.detail
            for diagnostic in results.values()
            if diagnostic.says[0] == "s"
        }
        assert skipped == {
            "masks": "no layer creates a mask",
            "main": "there is no main()",
        }
        assert results["parameters"].detail == "23"
        assert results["mixed precision"].detail.startswith("mixed_")


def state() -> tuple[Any, ...]:
    """Gives what code could change of Keras."""
    import keras

    layer = keras.layers.Layer
    return (
        vars(layer)["__new__"],
        vars(layer)["__call__"],
        keras.config.dtype_policy().name,
        keras.config.floatx(),
        keras.config.image_data_format(),
        keras.config.is_traceback_filtering_enabled(),
        frozenset(keras.saving.get_custom_objects()),
        frozenset(name for name in sys.modules if name.startswith("generated_")),
    )


@pytest.mark.parametrize(
    "text",
    [
        "import keras\nkeras.config.set_floatx('float64')\n",
        "import keras\nkeras.config.set_dtype_policy('mixed_bfloat16')\n",
        "import keras\nkeras.config.set_image_data_format('channels_first')\n",
        "raise KeyError('at import')\n",
        "class Wild(BaseException):\n    pass\n\n\nraise Wild\n",
        "",
    ],
)
def test_nothing_is_left_behind(text: str) -> None:
    """Whatever the code sets or raises, Keras is afterwards as it was before."""
    examined(job_of())
    before = state()
    examined(changed("import keras\n", f"import keras\n{text}"))
    assert state() == before


RAISED = {
    "at import": ("import keras\n", "import keras\n\n{}\n", "import"),
    "in build_model": ("    return model\n", "    {}\n    return model\n", "build"),
    "in __init__": (
        "        self.units = units\n",
        "        self.units = units\n        {}\n",
        "build",
    ),
    "in call": (
        "        x = self.dense(inputs)\n",
        "        x = self.dense(inputs)\n"
        "        if not isinstance(x, keras.KerasTensor):\n            {}\n",
        "forward",
    ),
    "in get_config": (
        "    def get_config(self):\n",
        "    def get_config(self):\n        {}\n",
        "save",
    ),
    "in compile_model": (
        "    model.compile(",
        "    {}\n    model.compile(",
        "training",
    ),
}


@pytest.mark.parametrize(
    "what", ["raise SystemExit(2)", "raise OSError('no')", "1 / 0"]
)
@pytest.mark.parametrize("where", RAISED)
def test_nothing_of_the_code_is_raised(where: str, what: str) -> None:
    """An error anywhere is a finding of the check that it ends, at a place."""
    old, new, check = RAISED[where]
    results = examined(changed(old, new.format(what)))
    first = next(outcome for outcome in results.values() if outcome.says == "failed")
    assert first.check == check
    finding, *_ = first.diagnostics
    wanted = {
        "raise SystemExit(2)": "the code exits with 2",
        "raise OSError('no')": "OSError: no",
        "1 / 0": "ZeroDivisionError: division by zero",
    }
    assert finding.message.endswith(wanted[what]) and finding.span.line


def test_keyboard_interrupt_and_lack_of_memory_are_let_through() -> None:
    """They are not the code's to decide on."""
    for name in ("KeyboardInterrupt", "MemoryError"):
        whole = changed("import keras\n", f"import keras\n\nraise {name}\n")
        with pytest.raises((KeyboardInterrupt, MemoryError)):
            examined(whole)


def test_the_reference_is_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """All candidates of a job are held against the same."""
    from scaffold.verify.child import examine

    count = []
    usual = examine.prepare
    monkeypatch.setattr(
        examine, "prepare", lambda *args: count.append(1) or usual(*args)
    )
    whole = job_of()
    examiner = Examiner(whole, 0)
    for number in range(len(whole.candidates)):
        list(examiner.examine(number))
    assert count == [1]


def test_a_spec_that_cannot_be_built_is_reported_for_what_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The fault is the spec's, and `check` has not seen it: no code is looked at."""
    monkeypatch.setattr("scaffold.checks.BY_SHAPE", ())
    results = examined(job_of(SPEC.replace("- Dropout(0.5)", "- Reshape((5, 5))")))
    assert results["build"].says == "failed"
    (finding,) = results["build"].diagnostics
    assert finding.code == "KS702" and finding.span.line == 7
    assert results["forward"].detail == "there is no model"


@pytest.mark.parametrize(
    "text", ["keras.config.set_floatx('float64')", "keras.layers.Dense.call = None"]
)
def test_a_candidate_changes_nothing_for_the_next(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What all are held against is worked out before any of them is imported."""
    import keras

    monkeypatch.setattr(keras.layers.Dense, "call", keras.layers.Dense.call)
    whole = job_of()
    first, second, _ = whole.candidates
    bad = first._replace(text=f"{first.text}\n\n{text}\n")
    examiner = Examiner(whole._replace(candidates=(bad, second)), 0)
    assert any(item.diagnostics for item in examiner.examine(0))
    monkeypatch.undo()
    assert not any(item.diagnostics for item in examiner.examine(1))


GRAPH = """
inputs: {a: [null, 4], b: {shape: [null], dtype: int32}}
layers:
  - c = Embedding(5, 4, mask_zero=True) <- b
  - Add() <- a, c
  - LSTM(3)
outputs: {it: lstm}
"""


@pytest.mark.parametrize(
    ("spec", "style"),
    [
        (SPEC, "sequential"),
        (SPEC, "functional"),
        (SPEC, "subclass"),
        (GRAPH, "functional"),
        (GRAPH, "subclass"),
    ],
)
def test_a_file_by_itself_is_examined_without_a_spec(spec: str, style: str) -> None:
    """What needs no reference is looked at; the batch comes from the model."""
    item = next(
        candidate for candidate in job_of(spec).candidates if candidate.style == style
    )
    results = examined(job_of_file(File(item.text, "model.py")))
    assert not any(outcome.diagnostics for outcome in results.values())
    skipped = {
        diagnostic.check
        for diagnostic in results.values()
        if diagnostic.says == "skipped"
    }
    assert skipped == {"output", "masks", "main"}


def test_a_fault_in_a_file_by_itself_is_at_its_line() -> None:
    """Without a spec there is no entry to point at."""
    text = next(iter(changed('"units": self.units', '"units": 3').candidates)).text
    results = examined(job_of_file(File(text, "model.py")))
    (finding,) = results["config"].diagnostics
    assert finding.code == "KS711" and finding.span.path == "model.py"
    assert "class Small" in text.split("\n")[finding.span.line - 1]


WITHOUT = {
    "no weights": (
        "[4, 4, 1]",
        "[MaxPooling2D, Flatten]",
        "it has no weights to train",
    ),
    "strings": (
        "{shape: [2], dtype: string}",
        "['StringLookup(vocabulary=[\"else\"], invert=False)',"
        " 'StringLookup(vocabulary=[\"else\"], invert=True)']",
        "string outputs have no loss",
    ),
    "a state that is kept": (
        "{shape: [3, 2], batch_size: 2}",
        "['LSTM(4, stateful=True)']",
        "",
    ),
    "no number": ("[4]", "[Dense(3), ops.log]", "the output is not finite"),
    "one example": (
        "{shape: [3], batch_size: 1}",
        "[Dense(3), BatchNormalization]",
        "",
    ),
    "bytes": (
        "{shape: [4, 4, 3], dtype: uint8}",
        "[Rescaling(0.1), Flatten]",
        "it has no weights to train",
    ),
    "any size": ("[null, null, 3]", "['Conv2D(4, 9)', GlobalMaxPooling2D]", ""),
    "noise": ("[8]", "[GaussianNoise(1.0), AlphaDropout(0.5), Dense(2)]", ""),
}


@pytest.mark.parametrize("kind", WITHOUT)
def test_models_of_all_kinds(kind: str) -> None:
    """What there is nothing to compare or train of is skipped, and nothing is found."""
    inputs, layers, reason = WITHOUT[kind]
    arguments = f"{{given: {inputs}}}" if inputs.startswith("{") else inputs
    whole = job_of(f"inputs: {arguments}\nlayers: {layers}\n")
    for number in range(len(whole.candidates)):
        results = examined(whole, number)
        assert not any(outcome.diagnostics for outcome in results.values()), results
        assert results["training"].says == ("skipped" if reason else "passed")
        assert results["training"].detail == reason
