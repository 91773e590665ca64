"""Parts whose text is expected, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scaffold.diagnostics import report
from scaffold.parts import module_name
from scaffold.pipeline import GeneratedPart, generate_part

EXPECTED = Path(__file__).parents[1] / "cases" / "parts" / "expected"

PARTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("layer", "Projection", ()),
    (
        "layer",
        "gated_mixture",
        ("rate=0.25", "sizes=[2, 3]", "mode=fast", "activation=tanh", "use_bias=false"),
    ),
    ("loss", "SmoothGap", ()),
    ("loss", "MeanGap", ("alpha=0.25", "label=null")),
    ("metric", "NearTarget", ()),
    ("metric", "mean_distance", ("threshold=3",)),
    ("callback", "EpochTimer", ()),
    ("callback", "QuietTimer", ("patience=3", "monitor=val_loss", "strict=true")),
)
"""Kinds, names and params: each kind with the default params, and with others."""


def generated_part(kind: str, name: str, params: tuple[str, ...] = ()) -> GeneratedPart:
    """Generate a part, with tests that import its module.

    Raises:
        ValueError: A finding stands in the way.
    """
    partitions = [
        (param.partition("=")[0], param.partition("=")[2]) for param in params
    ]
    part, result = generate_part(kind, name, partitions, module_name(name))
    if part is None:
        raise ValueError(report(result, "short"))
    return part


def part_goldens() -> Iterator[tuple[Path, str]]:
    """Return the file for each expected text, and the text.

    The files of tests are not called `test_*.py`: these are no tests of this project.
    """
    for kind, name, params in PARTS:
        part = generated_part(kind, name, params)
        yield EXPECTED / f"{module_name(name)}.py", part.text
        yield EXPECTED / f"{module_name(name)}.test.py", part.tests
