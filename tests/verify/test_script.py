"""`main()` is run as a user would run it, shortened to a few steps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scaffold.verify.types import Job
from tests.verify.built import built, job_of, job_of_text

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("default")]

SPEC = """
name: model
inputs: [2]
layers:
  - Dense(3, activation="softmax")
compile: {optimizer: adam, loss: sparse_categorical_crossentropy, metrics: [accuracy]}
train:
  x: [[0, 1], [1, 0], [1, 1], [0, 0]]
  y: [1, 2, 0, 0]
  epochs: 1000
  batch_size: 1
"""
CSV = "a,b,y\n" + "".join(f"{n},{-n},{n % 3}\n" for n in range(3000))
FROM_CSV = SPEC.replace(
    "  x: [[0, 1], [1, 0], [1, 1], [0, 0]]\n  y: [1, 2, 0, 0]\n", "  data: data.csv\n"
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run everything in an empty directory."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def verdict(job: Job) -> Any:
    """Run the main of a job, and give what is said of it."""
    from scaffold.verify.checks.script import main

    with built(job) as subject:
        return main(subject)


def with_callbacks(*calls: str) -> str:
    """Give the spec, with callbacks."""
    listed = "".join(f"    - {call}\n" for call in calls)
    return f"{SPEC}  callbacks:\n{listed}"


@pytest.mark.parametrize("style", ["sequential", "functional", "subclass"])
def test_it_is_shortened(
    style: str, capsys: pytest.CaptureFixture[str], here: Path
) -> None:
    """Of a large file, a few examples are taken, and all of the code runs."""
    (here / "data.csv").write_text(CSV)
    counting = (
        "keras.callbacks.LambdaCallback(on_epoch_begin=lambda n, _: print('one'))"
    )
    edit = ("epochs=1000", f"epochs=1000, callbacks=[{counting}]")
    result = verdict(job_of(FROM_CSV, style, edit))
    assert (result.says, result.diagnostics) == ("passed", ())
    printed = capsys.readouterr().out
    assert printed.count("one\n") == 2
    assert "accuracy: 0." in printed or "accuracy: 1." in printed


def test_an_error_is_found_in_train(monkeypatch: pytest.MonkeyPatch) -> None:
    """A label that is no class is an error of `train`, said in a sentence.

    In the spec `check` finds it; in a file of data it cannot.
    """
    monkeypatch.setattr("scaffold.checks.BY_SHAPE", ())
    result = verdict(job_of(SPEC.replace("[1, 2, 0, 0]", "[1, 2, 3, 4]"), "functional"))
    (diagnostics,) = result.diagnostics
    assert (result.says, diagnostics.code, diagnostics.severity) == (
        "failed",
        "KS725",
        "error",
    )
    assert "outside the valid range of [0, 3)" in diagnostics.message
    assert "File" not in diagnostics.message
    assert diagnostics.span.line == 7 and diagnostics.help


def test_what_a_callback_watches_is_there() -> None:
    """Keras only warns of a name that is none of the numbers."""
    spec = with_callbacks(
        'EarlyStopping("val_loss")',
        'ReduceLROnPlateau(monitor="loss")',
        'ModelCheckpoint("best.keras")',
        'ModelCheckpoint("best.keras", save_best_only=True)',
    )
    diagnostics = verdict(job_of(spec, "functional"))
    assert [diagnostic.code for diagnostic in diagnostics.diagnostics] == [
        "KS726",
        "KS726",
    ]
    assert "`EarlyStopping` watches `val_loss`" in diagnostics.diagnostics[0].message
    assert "`loss`" in diagnostics.diagnostics[0].help
    lines = [
        spec.split("\n")[diagnostic.span.line - 1]
        for diagnostic in diagnostics.diagnostics
    ]
    assert "val_loss" in lines[0] and "ModelCheckpoint" in lines[1]


def test_callbacks_write_and_nothing_is_left(tmp_path: Path, here: Path) -> None:
    """They run, and what they would write elsewhere goes to a directory of ours."""
    out = tmp_path / "out"
    spec = with_callbacks(
        f'CSVLogger("{out}/log.csv")',
        f'ModelCheckpoint("{out}/{{epoch}}.keras")',
        f'BackupAndRestore("{out}/backup")',
        'CSVLogger("log.csv")',
        "TerminateOnNaN",
    )
    assert verdict(job_of(spec, "subclass")).says == "passed"
    assert not out.exists()
    assert (here / "log.csv").read_text().startswith("epoch,")


def test_files_of_the_user_are_only_read(tmp_path: Path, here: Path) -> None:
    """A script gets copies: what it writes over them changes nothing."""
    (tmp_path / "data.csv").write_text(CSV)
    (tmp_path / "log.csv").write_text("mine")
    for name in ("data.csv", "log.csv"):
        (here / name).symlink_to(tmp_path / name)
    spec = f'{FROM_CSV}  callbacks: [CSVLogger("log.csv")]\n'
    assert verdict(job_of(spec, "functional")).says == "passed"
    assert (tmp_path / "log.csv").read_text() == "mine"
    assert (here / "log.csv").read_text() != "mine"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("", "data.csv not found"),
        ("    import nothing_of_that_name\n", "nothing_of_that_name"),
        ("    input()\n", ""),
        ("    raise Exception('URL fetch failure on x')\n", "URL fetch failure"),
    ],
)
def test_what_is_missing_is_no_error(
    line: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said that main was not verified, and why."""
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO())
    edit = ('its loss and metrics."""\n', f'its loss and metrics."""\n{line}')
    result = verdict(job_of(FROM_CSV, "functional", edit))
    (diagnostics,) = result.diagnostics
    assert (result.says, diagnostics.code, diagnostics.severity) == (
        "skipped",
        "KS725",
        "warning",
    )
    assert text in diagnostics.message and diagnostics.help


FILE = """
import keras
from keras import layers


def build_model():
    return keras.Sequential([keras.Input(shape=(4,)), layers.Dense(1)])


"""


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        ("", "skipped", 0),
        ("def main(where): pass\n", "skipped", 0),
        ("def main(where=1): pass\n", "passed", 0),
        ("if __name__ == '__main__':\n    import sys\n    sys.exit(0)\n", "passed", 0),
        ("if __name__ == '__main__':\n    import sys\n    sys.exit(1)\n", "failed", 12),
        ("if __name__ == '__main__':\n    print(build_modell())\n", "failed", 11),
        ("def main():\n    raise ValueError('no')\n", "failed", 11),
    ],
)
def test_a_file_by_itself(text: str, says: str, line: int) -> None:
    """What is behind `if __name__` runs, or else `main`; an error has its line."""
    result = verdict(job_of_text(FILE + text))
    assert result.says == says
    assert [diagnostic.span.line for diagnostic in result.diagnostics] == (
        [line] if line else []
    )


def test_data_without_end() -> None:
    """Generators and data sets end after a few steps."""
    text = """
def main():
    import numpy as np
    model = build_model()
    model.compile(loss="mse")
    def examples():
        while True:
            yield np.zeros((2, 4)), np.zeros((2, 1))
    data = examples()
    model.fit(data, epochs=10**6, validation_data=examples())
    model.fit(np.zeros((10**5, 4)), np.zeros(10**5), epochs=10**6, steps_per_epoch=9)
    other = np.zeros((9, 4)), np.zeros(9)
    model.fit(*other, validation_data=other)
    assert len(model.predict(np.zeros((100, 4)))) == 100
"""
    result = verdict(job_of_text(FILE + text))
    assert (result.says, result.diagnostics) == ("passed", ())


def test_a_metric_may_be_an_array() -> None:
    """A metric with a number for each class is trained with, and printed."""
    from scaffold.verify.checks import forward, training

    spec = SPEC.replace("sparse_", "").replace("[accuracy]", "[F1Score]")
    spec = spec.replace("[1, 2, 0, 0]", "[[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1]]")
    job = job_of(spec, "functional")
    with built(job) as subject:
        result = training.training(subject, forward.run(subject))
    assert (result.says, result.diagnostics) == ("passed", ())
    assert result.detail.startswith("loss ")
    assert verdict(job).says == "passed"
