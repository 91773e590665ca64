"""Every argument of a spec is in its code: in order, and as spelled."""

from __future__ import annotations

from pathlib import Path

import pytest

from scaffold.spec import read
from tests.goldens import CASES, golden, possible, specs
from tests.spec.conversions import Converter
from tests.styles.written_arguments import Code


def missing(path: Path, code: str) -> list[str]:
    """Return the parts of a spec that the code does not contain as written."""
    text = path.read_text(encoding="utf-8")
    described = read(text.encode(), path.name).spec
    assert described is not None
    return list(Code(code, Converter(text, described)).missing())


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in specs()])
def test_every_argument_is_in_the_code(path: Path) -> None:
    """In each style, the golden file has the arguments of the spec, in order."""
    for style in possible(path):
        code = golden(path, style).read_text(encoding="utf-8")
        assert missing(path, code) == [], style


AS_WRITTEN = CASES / "chains" / "as_written.yaml"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (", groups=1", ""),
        ("kernel_size=3, filters=width", "filters=width, kernel_size=3"),
        ("(1, 1)", "1"),
        ('activation="relu",\n                units=10', '10, activation="relu"'),
        ("momentum=0.99, axis=-1", "axis=-1, momentum=0.99"),
        ("L2(0.01)", "L2()"),
        ("keras.initializers.Constant(0.0)", '"zeros"'),
        ("stddev=5e-02, mean=+0.0", "mean=+0.0, stddev=5e-02"),
        ("5e-02", "0.05"),
        ("1_0,", "10,"),
        ("+12", "12"),
        (", use_bias=use_bias, strides=strides", ""),
        ("use_bias=True, size=4", "4"),
        ("halved(4, strides=2)", "halved(4)"),
        ("strides=2, use_bias", "strides=3, use_bias"),
        ("rate=0.10", "rate=0.1"),
        ("slope=1e-3", "slope=0.001"),
        ("width=0x10", "width=16"),
        ("sparse=False,", ""),
        ('dtype="float32",\n                shape=(8, 8, 1)', "shape=(8, 8, 1)"),
        ("momentum=0.0, ", ""),
        ("momentum=0.0, learning_rate=0.01", "learning_rate=0.01, momentum=0.0"),
        ('reduction="sum_over_batch_size"', ""),
        ("        run_eagerly=False,\n", ""),
        ('dtype=None, name="error"', 'name="error"'),
        ("1, activation=None", "1"),
    ],
)
def test_a_lost_argument_is_reported(old: str, new: str) -> None:
    """The comparison fails if the code lacks, moves or respells an argument."""
    code = golden(AS_WRITTEN, "sequential").read_text(encoding="utf-8")
    assert old in code
    assert missing(AS_WRITTEN, code.replace(old, new, 1)) != []
