"""What users of a project do wrong is said to them, and never as a traceback."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.run.invoking import invoke
from tests.run.projects import make, rows

pytestmark = pytest.mark.keras


def table(path: Path, **columns: object) -> None:
    """Writes a table of twelve lines: two numbers, a class, and what else is given."""
    usual = {"a": range(12), "b": [0.5, 1.5] * 6, "kind": ["x", "y", "z"] * 4}
    pd.DataFrame({**usual, **columns}).to_csv(path, index=False)


TRAIN = ["train", "--epochs", "1", "--data"]

MISTAKES = [
    ([*TRAIN, "word.csv", "--target", "kind"], "line 4: column `a` has 'two', which"),
    ([*TRAIN, "hole.csv", "--target", "kind"], "line 3: column `b` is empty"),
    ([*TRAIN, "inf.csv", "--target", "kind"], "which is not a valid number"),
    ([*TRAIN, "good.csv", "--target", "knd"], "has no column `knd`, but has kind"),
    (
        [*TRAIN, "good.csv", "--target", "b"],
        "has fractional numbers instead of classes",
    ),
    ([*TRAIN, "good.csv", "--drop", "c"], "has no column `c`"),
    ([*TRAIN, "two.csv"], "at least three different examples are needed"),
    ([*TRAIN, "good.csv", "-p", "num_classes=2"], "but the examples have 3"),
    ([*TRAIN, "good.csv", "-p", "unit=3"], "has no param `unit`"),
    ([*TRAIN, "good.csv", "-p", "units=much"], "the model cannot be built"),
    ([*TRAIN, "good.csv", "-p", "units"], "not of the form name=value"),
    ([*TRAIN, "none.csv"], "does not exist"),
    ([*TRAIN, "lengths.npz"], "differ in number"),
    ([*TRAIN, "names.npz"], "has no array `y`; it has x"),
    ([*TRAIN, "broken.npz"], "is not a readable NPZ file"),
    ([*TRAIN, "words.npz"], "an input must be float32"),
    ([*TRAIN, "good.csv", "--run-dir", "runs/good"], "already has a run: use --resume"),
    (["train", "--resume", "--seed", "3"], "--seed cannot be changed with --resume"),
    (["train", "--devices", "2"], "--devices needs --distribute mirrored"),
    (["--config", "none.toml", "train"], "none.toml"),
    (["--config", "wrong.toml", "train"], "`train` has no option `epoch`"),
    (["--config", "word.csv", "train"], "word.csv"),
    (["predict", "less.csv"], "has no column `b`"),
    (["predict", "shape.npz"], "the model does not accept"),
    (["predict", "good.csv", "-o", "none/x.csv"], "the directory none does not exist"),
    (
        ["predict", "good.csv", "--run-dir", "none"],
        "has no run with a best.keras: run `train` first",
    ),
    (
        ["evaluate", "--run-dir", "none"],
        "has no run with a best.keras: run `train` first",
    ),
    (["export", "--format", "pdf"], "'pdf' is not one of"),
]


def test_mistakes(tmp_path: Path) -> None:
    """Each mistake is named; none becomes the latest run; the good one still works."""
    project = make(tmp_path, "mlp")
    here = project / "good.csv"
    table(here)
    table(project / "word.csv", a=[0, 1, "two", *range(9)])
    table(project / "hole.csv", b=[0.5, None, *[1.5] * 10])
    table(project / "inf.csv", b=[0.5, float("inf"), *[1.5] * 10])
    (project / "two.csv").write_text("a,kind\n1,x\n2,y\n")
    (project / "less.csv").write_text("a\n1\n")
    (project / "broken.npz").write_text("no array")
    (project / "wrong.toml").write_text("[train]\nepoch = 3\n")
    numbers = np.ones((12, 2))
    np.savez(project / "lengths.npz", x=numbers, y=np.arange(11) % 3)
    np.savez(project / "names.npz", x=numbers)
    np.savez(project / "words.npz", x=np.array([["a", "b"]] * 12), y=np.arange(12) % 3)
    np.savez(project / "shape.npz", x=np.ones((12, 7)))
    good = [*TRAIN, "good.csv", "--run-dir", "runs/good"]
    lines = [line for line, _ in MISTAKES]
    first, *told, last = invoke(project, good, *lines, ["predict", "good.csv"])
    assert first[0] == 0, first
    for (line, message), (code, output, exception) in zip(MISTAKES, told, strict=True):
        assert code in (1, 2), (line, output, exception)
        assert "SystemExit" in exception, (line, exception)
        assert message in output, (line, output)
    assert [path.name for path in (project / "runs").iterdir()] == ["good"]
    assert last[0] == 0 and len(last[1].splitlines()) == 13, last


TWO = """
name: two
params: {num_numbers: 3}
inputs: {numbers: [$num_numbers], ids: {shape: [2], dtype: int32}}
layers:
  - Embedding(9, 4) <- ids
  - flat = Flatten
  - Concatenate() <- numbers, flat
  - hidden = Dense(8, activation="relu")
  - sort = Dense(3) <- hidden
  - sure = Dense(1) <- hidden
outputs: {sort: sort, sure: sure}
compile:
  optimizer: adam
  loss:
    sort: SparseCategoricalCrossentropy(from_logits=True)
    sure: BinaryCrossentropy(from_logits=True)
"""


def test_same_by_table_and_arrays(tmp_path: Path) -> None:
    """Columns are found by their names; logits are written as probabilities."""
    spec = tmp_path / "two.yaml"
    spec.write_text(TWO)
    project = make(tmp_path, spec=spec)
    random = np.random.default_rng(0)
    numbers, ids = random.normal(size=(60, 3)), random.integers(0, 9, size=(60, 2))
    answers = {"sort": ids[:, 0] % 3, "sure": (ids[:, 1] > 4).astype("int32")}
    np.savez(project / "all.npz", numbers=numbers, ids=ids, **answers)
    columns = {f"numbers_{at}": numbers[:, at] for at in (2, 0, 1)}
    columns |= {f"ids_{at}": ids[:, at] for at in (1, 0)}
    pd.DataFrame(columns).to_csv(project / "all.csv", index=False)
    train = ["train", "--epochs", 3, "--data", "all.npz", "--run-dir", "run"]
    predict = [
        ["predict", f"all.{name}", "-o", f"by_{name}.csv", "--run-dir", "run"]
        for name in ("npz", "csv")
    ]
    np.savez(project / "new.npz", numbers=numbers, ids=ids + 1)
    lines = [train, *predict, ["predict", "new.npz", "--run-dir", "run"]]
    *fine, last = invoke(project, *[[str(word) for word in line] for line in lines])
    assert [item[0] for item in fine] == [0, 0, 0], fine
    assert last[0] == 1 and "smallest or the largest integers" in last[1], last
    assert (project / "by_csv.csv").read_text() == (project / "by_npz.csv").read_text()
    for row in rows(project / "by_csv.csv"):
        shares = [float(row[f"sort_probability_{index}"]) for index in range(3)]
        assert sum(shares) == pytest.approx(1, abs=1e-5)
        assert row["sort"] == str(int(np.argmax(shares)))
        assert row["sure"] == str(int(float(row["sure_probability_1"]) > 0.5))
