"""An example stays in its part, whatever becomes of the others."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import numpy as np
import pandas as pd
import pytest
from PIL import Image

from tests.kit.reading import imported

Row = tuple[float, ...]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """What reads the files of a project for tables."""
    with imported(tmp_path_factory.mktemp("tables"), "mlp") as module:
        yield module


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """What reads the files of a project for pictures."""
    with imported(tmp_path_factory.mktemp("pictures"), "cnn") as module:
        yield module


def parts(files: ModuleType, path: Path, columns: str = "ab") -> dict[Row, str]:
    """Splits the examples of a file; gives the part of each."""
    data = sys.modules[f"{files.__package__}.data"]
    examples = files.read_examples(path)
    order = [examples.columns.index(column) for column in columns if examples.columns]
    result: dict[Row, str] = {}
    split = data.split(examples)
    for name in ("train", "validation", "test"):
        x = getattr(split, name).x
        for row in x[:, order] if order else x:
            key = tuple(row.ravel().tolist())
            assert result.setdefault(key, name) == name, "one example, two parts"
    return result


def frame(size: int, seed: int = 0) -> pd.DataFrame:
    """Makes a table of two numbers and a class."""
    random = np.random.default_rng(seed)
    numbers = {name: random.normal(size=size).round(4) for name in "ab"}
    return pd.DataFrame({**numbers, "kind": random.choice(["x", "y", "z"], size)})


def test_appended_rows(files: ModuleType, tmp_path: Path) -> None:
    """Of 1,000 rows none changes its part when 100 are added, in whatever order."""
    before, more = frame(1000), frame(100, seed=1)
    before.to_csv(tmp_path / "before.csv", index=False)
    was = parts(files, tmp_path / "before.csv")
    counts = pd.Series(was.values()).value_counts(normalize=True)
    assert counts["train"] == pytest.approx(0.6, abs=0.05)
    assert counts["test"] == pytest.approx(0.2, abs=0.05)
    both = pd.concat([before, more])
    for at, table in enumerate((both, pd.concat([more, before]), both.sample(frac=1))):
        path = tmp_path / f"{at}.csv"
        table.to_csv(path, index=False)
        now = parts(files, path)
        assert len(now) > len(was)
        assert {row: now[row] for row in was} == was


def test_other_forms(files: ModuleType, tmp_path: Path) -> None:
    """The parts are the same however a table is written, and as arrays."""
    table = frame(200)
    table.to_csv(tmp_path / "plain.csv", index=False)
    was = parts(files, tmp_path / "plain.csv")
    columns = table[["b", "a", "kind"]]
    columns.to_csv(tmp_path / "columns.csv", index=False, quoting=1)
    columns.to_csv(tmp_path / "crlf.csv", index=False, sep=";", lineterminator="\r\n")
    table.to_csv(tmp_path / "packed.csv.gz", index=False)
    table.to_csv(tmp_path / "wide.csv", index=False, encoding="utf-16")
    for name in ("columns.csv", "crlf.csv", "packed.csv.gz", "wide.csv"):
        assert parts(files, tmp_path / name) == was, name


def test_duplicates(files: ModuleType, tmp_path: Path) -> None:
    """Equal rows are in one part, with other answers as well."""
    table = frame(30)
    again = table.assign(kind=table["kind"].to_list()[::-1])
    pd.concat([table, again, table]).to_csv(tmp_path / "again.csv", index=False)
    assert len(parts(files, tmp_path / "again.csv")) == 30


@pytest.mark.parametrize("size", range(3, 13))
def test_no_part_is_empty(files: ModuleType, tmp_path: Path, size: int) -> None:
    """A handful of examples is split as well."""
    for seed in range(8):
        x = np.random.default_rng(seed).normal(size=(size, 2))
        np.savez(tmp_path / "few.npz", x=x, y=np.arange(size) % 2)
        assert len(set(parts(files, tmp_path / "few.npz").values())) == 3


def test_too_few(files: ModuleType, tmp_path: Path) -> None:
    """A hundred times the same two examples cannot be split."""
    np.savez(tmp_path / "two.npz", x=np.eye(2).repeat(50, 0), y=np.arange(100) % 2)
    with pytest.raises(click.ClickException, match=r"not 2 \(of 100 in total\)"):
        parts(files, tmp_path / "two.npz")


def test_pictures(pictures: ModuleType, tmp_path: Path) -> None:
    """A picture's part follows from its file: names and copies do not matter."""
    random = np.random.default_rng(0)
    for number in range(40):
        path = tmp_path / "before" / "ab"[number % 2] / f"{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = random.integers(0, 256, (28, 28), dtype="uint8")
        Image.fromarray(pixels).save(path)
    was = parts(pictures, tmp_path / "before")
    shutil.copytree(tmp_path / "before", tmp_path / "after")
    for path in sorted((tmp_path / "after").rglob("*.png")):
        shutil.copy(path, path.with_name(f"copy_of_{path.name}"))
        path.rename(path.with_name(f"{path.stem[::-1]}_{path.name}"))
    assert parts(pictures, tmp_path / "after") == was
