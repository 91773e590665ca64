"""Broken files: each is told in one sentence, with the line or the picture."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import numpy as np
import pytest
from PIL import Image

from tests.kit.reading import imported

HEAD = b"a,b,kind\n1,2,x\n"


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


def told(files: ModuleType, path: Path, text: object = None) -> str:
    """Gives the one sentence that is said of a file."""
    with pytest.raises(click.ClickException) as raised:
        files.read_examples(path, record=text)
    message = raised.value.message
    assert "\n" not in message
    assert path.name in message
    return message


TABLES = {
    "empty": (b"", "has no rows"),
    "blank": (b"  \n\n", "has no rows"),
    "header only": (b"a,b,kind\n", "has no rows"),
    "longer row": (HEAD + b"3,4,y,9\n", "line 3: 4 cells, but 3 columns"),
    "longer rows": (b"a,b,kind\n1,2,x,5\n3,4,y,9\n", "line 2: 4 cells"),
    "shorter row": (HEAD + b"\n3,4\n", "line 4: 2 cells"),
    "open quote": (HEAD + b'3,4,"y\n5,6,z\n', "line 3: "),
    "quote inside": (HEAD + b'3,4,"y"z\n', "line 3: "),
    "endless cell": (HEAD + b'3,4,"' + b"y" * 200_000, "line 3: "),
    "NUL": (HEAD + b"3,\x004,y\n", "line 3: NUL byte"),
    "UTF-16 unsaid": ("a,b\n1,2\n".encode("utf-16-le"), "line 1: NUL byte"),
    "Latin-1": (HEAD + "3,4,é\n".encode("latin-1"), "line 3: this is not text in"),
    "not a table": (b"PK\x03\x04\x14\xee\x9d", "line 1: this is not text in UTF-8"),
    "twice a column": (b"a,a,kind\n1,2,x\n3,4,y\n", "two columns called `a`"),
    "no name": (b",a,kind\n0,1,x\n1,2,y\n", "column 1 has no name"),
    "word": (
        HEAD + b"q,4,y\n",
        "line 3: column `a` has 'q', which is not a valid number",
    ),
    "word behind lines": (HEAD + b'3,4,"y\nz"\n\nq,4,y\n', "line 6: column `a`"),
    "NaN": (HEAD + b"nan,4,y\n", "line 3: column `a` has 'nan'"),
    "infinite": (HEAD + b"1e400,4,y\n", "line 3: column `a` has 'inf'"),
    "too large": (HEAD + b"1e39,4,y\n", "line 3: column `a` has '1e+39'"),
    "empty cell": (HEAD + b",4,y\n", "line 3: column `a` is empty"),
    "no answer": (HEAD + b"3,4,\n", "line 3: column `kind` is empty"),
    "thousands": (HEAD + b'"1,234",4,y\n', "line 3: column `a` has '1,234'"),
    "decimal comma": (b"a;b;kind\n1;2;x\n1,5;4;y\n", "line 3: column `a` has '1,5'"),
    "date": (HEAD + b"2024-01-02,4,y\n", "line 3: column `a` has '2024-01-02'"),
    "one class": (HEAD + b"3,4,x\n", "column `kind` has 1 classes"),
    "numbers": (b"a,kind\n1,0.5\n2,1.5\n", "`kind` has fractional numbers instead"),
    "only answers": (b"kind\nx\ny\n", "has only the columns kind"),
}


@pytest.mark.parametrize("name", TABLES)
def test_broken_tables(files: ModuleType, tmp_path: Path, name: str) -> None:
    """The line of the file is the one that an editor shows."""
    content, message = TABLES[name]
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    assert message in told(files, path)
    packed = tmp_path / "table.csv.gz"
    packed.write_bytes(gzip.compress(content))
    assert message in told(files, packed)


SOUND = {
    "line ends": b"a,b,kind\r\n1,2,x\r\n3,4,y\r\n",
    "old line ends": b"a,b,kind\r1,2,x\r3,4,y\r",
    "BOM": b"\xef\xbb\xbfa,b,kind\n1,2,x\n3,4,y\n",
    "blank lines": b"\na,b,kind\n  \n1,2,x\n\n3,4,y\n \n",
    "spaces": b" a , b , kind \n 1 , 2 , x \n 3 , 4 , y \n",
    "tabs": b"a\tb\tkind\n1\t2\tx\n3\t4\ty\n",
    "semicolons": b"a;b;kind\n1;2;x\n3;4;y\n",
    "UTF-16": "a\tb\tkind\n1\t2\tx\n3\t4\ty\n".encode("utf-16"),
}


@pytest.mark.parametrize("name", SOUND)
def test_sound_tables(files: ModuleType, tmp_path: Path, name: str) -> None:
    """What programs write as CSV is read."""
    path = tmp_path / "table.csv"
    path.write_bytes(SOUND[name])
    examples = files.read_examples(path)
    assert examples.x.tolist() == [[1, 2], [3, 4]]
    assert examples.y.tolist() == [0, 1]
    assert (examples.columns, examples.target) == (("a", "b"), "kind")


def test_as_in_training(files: ModuleType, tmp_path: Path) -> None:
    """Columns and classes are those that a run says, not those of the file."""
    message = {
        "columns": ["a", "b"],
        "classes": {"y": ["x", "y", "z"]},
        "target": "kind",
    }
    path = tmp_path / "table.csv"
    path.write_bytes(b"kind,b,c,a\nz,2,9,1\nx,4,9,3\n")
    examples = files.read_examples(path, record=message)
    assert examples.x.tolist() == [[1, 2], [3, 4]]
    assert examples.y.tolist() == [2, 0]
    path.write_bytes(b"kind,b,a\nz,2,1\nw,4,3\n")
    assert "has 'w', but the model knows x, y, z" in told(files, path, message)
    path.write_bytes(b"kind,b\nz,2\n")
    assert "has no column `a`" in told(files, path, message)


class Trap:
    """What would show if it were unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Says how it is made again."""
        return os.mkdir, ("unpickled",)


def archive(**members: bytes) -> bytes:
    """Packs members into a ZIP file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as members_of:
        for name, content in members.items():
            members_of.writestr(f"{name}.npy", content)
    return packed.getvalue()


def header(*shape: int) -> bytes:
    """Writes the head of an array without its numbers."""
    written = io.BytesIO()
    about = {"descr": "<f8", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(written, about)
    return written.getvalue()


def arrays(**arguments: object) -> bytes:
    """Writes an NPZ file."""
    written = io.BytesIO()
    np.savez_compressed(written, **arguments)  # type: ignore[arg-type] - as NumPy has it
    return written.getvalue()


X, Y = np.random.default_rng(0).normal(size=(90, 2)), np.arange(90) % 2
GOOD = arrays(x=X, y=Y)
ARCHIVES = {
    "empty": (b"", "is not a readable NPZ file"),
    "no archive": (b"hello", "is not a readable NPZ file"),
    "half": (GOOD[: len(GOOD) // 2], "is not a readable NPZ file"),
    "damaged": (GOOD[:300] + b"????" + GOOD[304:], "is not a readable NPZ file"),
    "objects": (
        arrays(x=np.array([Trap()] * 9), y=Y[:9]),
        "is not a readable NPZ file",
    ),
    "a pickle": (pickle.dumps(Trap()), "is not a readable NPZ file"),
    "a pickle inside": (archive(x=pickle.dumps(Trap()), y=b""), "has no array `x`"),
    "huge": (
        archive(x=header(10**14, 2), y=header(10**14)),
        "is not a readable NPZ file",
    ),
    "negative": (archive(x=header(-4, 2), y=header(9)), "is not a readable NPZ file"),
    "without numbers": (
        archive(x=header(4, 2), y=header(4)),
        "is not a readable NPZ file",
    ),
    "no answers": (arrays(x=X), "has no array `y`; it has x"),
    "no inputs": (arrays(y=Y), "has no array `x`; it has y"),
    "a number": (arrays(x=1.0, y=Y), "the array `x` has no examples"),
    "no examples": (arrays(x=X[:0], y=Y[:0]), "the array `x` has no examples"),
    "words": (
        arrays(x=X.astype(str), y=Y),
        "an input must be float32, but example 1 has",
    ),
    "NaN": (arrays(x=np.where(X == X[7], np.nan, X), y=Y), "but example 8 has 'nan'"),
    "complex": (arrays(x=X * 1j, y=Y), "an input must be float32"),
    "dates": (arrays(x=X.astype("datetime64[s]"), y=Y), "an input must be float32"),
    "records": (arrays(x=np.zeros(9, "f4,f4"), y=Y[:9]), "an input must be float32"),
    "NaN answers": (arrays(x=X, y=Y * np.nan), "`y` has fractional numbers instead"),
    "other answers": (arrays(x=X, y=X), "`y` must be int32, but example 1 has"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_broken_archives(
    files: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Nothing in an archive is run, and no array is trusted."""
    monkeypatch.chdir(tmp_path)
    content, message = ARCHIVES[name]
    path = tmp_path / "arrays.npz"
    path.write_bytes(content)
    assert message in told(files, path)
    assert not (tmp_path / "unpickled").exists()


def test_bomb(
    files: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive that is large only when it is unpacked is not unpacked."""
    monkeypatch.setattr(files, "MOST", 10_000)
    np.savez_compressed(tmp_path / "bomb.npz", x=np.zeros((9000, 2)), y=np.zeros(9000))
    assert "its unpacked size is" in told(files, tmp_path / "bomb.npz")


def picture(path: Path, mode: str = "RGB") -> Path:
    """Writes a picture of noise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(0).integers(0, 256, (20, 30, 4), dtype="uint8")
    Image.fromarray(pixels).convert(mode).save(path)
    return path


def test_damaged_pictures(pictures: ModuleType, tmp_path: Path) -> None:
    """Every damaged picture is named; the sound ones are not."""
    sound = [picture(tmp_path / "all" / kind / "sound.png") for kind in "ab"]
    content = sound[0].read_bytes()
    damaged = {
        "half.png": content[: len(content) // 2],
        "empty.png": b"",
        "words.jpg": b"no picture",
        "broken.png": content[:50] + b"????" + content[54:],
    }
    for name, wrong in damaged.items():
        (tmp_path / "all/a" / name).write_bytes(wrong)
    (tmp_path / "all/b/round.png").symlink_to("round.png")
    (tmp_path / "all/b/around").symlink_to(tmp_path / "all")
    Image.new("1", (12_000, 9_000)).save(tmp_path / "all/b/bomb.png")
    message = told(pictures, tmp_path / "all")
    assert "6 of 8 pictures cannot be read" in message
    assert all(name in message for name in (*damaged, "round.png", "bomb.png"))
    assert "sound.png" not in message


def test_kinds_of_pictures(pictures: ModuleType, tmp_path: Path) -> None:
    """Grey, palettes, CMYK, transparency, 16 bits and directories below are read."""
    modes = {"cmyk.jpg": "CMYK", "grey.png": "L", "p.gif": "P", "la.png": "LA"}
    for name, mode in modes.items():
        picture(tmp_path / "all/a" / name, mode)
    wide = np.full((20, 30), 65535, "uint16")
    (tmp_path / "all/b/below").mkdir(parents=True)
    Image.fromarray(wide).save(tmp_path / "all/b/below/wide.png")
    Image.fromarray(wide // 2).save(tmp_path / "all/b/below/half.png")
    picture(tmp_path / "all/b/wrong.jpg").rename(tmp_path / "all/b/wrong.png")
    examples = pictures.read_examples(tmp_path / "all")
    assert examples.x.shape == (7, 28, 28, 1)
    assert sorted(examples.x[4:6].max(axis=(1, 2, 3)).tolist()) == [127, 255]
    assert examples.classes == {"y": ["a", "b"]}
    assert examples.y.tolist() == [0, 0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ([], "has 0 directories"),
        (["a/1.png"], "has 1 directories"),
        (["1.png", "2.png"], "has 0 directories"),
        (["a/1.png", "b/1.txt"], "has no pictures"),
    ],
)
def test_no_classes(
    pictures: ModuleType, tmp_path: Path, names: list[str], message: str
) -> None:
    """There is a directory with pictures for each of two classes or more."""
    (tmp_path / "all").mkdir()
    for name in names:
        path = tmp_path / "all" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(picture(tmp_path / "one.png").read_bytes())
    with pytest.raises(click.ClickException, match=message):
        pictures.read_examples(tmp_path / "all")
