"""What two catalogues differ in, in the lines of `make next-keras`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scaffold.catalogue import load
from scaffold.catalogue.catalogue import ENVIRONMENT
from tests.catalogue.differences import differences
from tests.catalogue.facts import unknown_names
from tests.next_keras import written

Change = Callable[[dict[str, Any]], object]


def changed(directory: Path, family: str, change: Change) -> Path:
    """Copy the bundled catalogue, with one file changed."""
    shutil.copytree(load()._directory, directory / "other")
    path = directory / "other" / f"{family}.json"
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))
    return directory / "other"


def rename_argument(losses: dict[str, Any]) -> None:
    """Call `from_logits` otherwise, in all losses that have it."""
    for loss in losses.values():
        if "from_logits" in loss.get("arguments", {}):
            loss["arguments"]["logits"] = loss["arguments"].pop("from_logits")


@pytest.mark.parametrize(
    "family, change, lines",
    [
        ("layers", lambda content: None, []),
        ("layers", lambda content: content.pop("Dense"), ["- layers: Dense"]),
        (
            "ops",
            lambda content: content.update(erfinv2=content["erfinv"]),
            ["+ ops: erfinv2"],
        ),
        (
            "layers",
            lambda content: content["Dense"]["arguments"]["use_bias"].update(
                default=False
            ),
            ["~ layers: argument `use_bias`: default True -> False: Dense"],
        ),
        (
            "layers",
            lambda content: content["Flatten"].update(masks="passes"),
            ["~ layers: masks '' -> 'passes': Flatten"],
        ),
        (
            "losses",
            rename_argument,
            [
                f"~ losses: {change}: BinaryCrossentropy, BinaryFocalCrossentropy, "
                "CategoricalCrossentropy, CategoricalFocalCrossentropy, "
                "SparseCategoricalCrossentropy"
                for change in (
                    "argument `logits` added",
                    "argument `from_logits` removed",
                )
            ],
        ),
    ],
)
def test_a_change_is_a_line(
    family: str, change: Change, lines: list[str], tmp_path: Path
) -> None:
    """What is new, what is gone, and what several share in one line."""
    other = load(changed(tmp_path, family, change))
    assert [*differences(load(), other)] == lines


def test_what_is_gone_breaks_facts_and_presets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without `Masking` a fact is about nothing; without `Dense` presets fail."""
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    monkeypatch.setattr("tests.next_keras.preset_names", lambda: ("mlp",))
    other = changed(tmp_path, "layers", lambda content: content.pop("Masking"))
    assert unknown_names(load(other)) == [
        "layers.MASK_MAKERS: Masking",
        "families.core: Masking",
    ]
    assert [*written(other, tmp_path)] == []
    assert len([*tmp_path.glob("mlp_*.py")]) == 3
    shutil.rmtree(other)
    other = changed(tmp_path, "layers", lambda content: content.pop("Dense"))
    (fault,) = written(other, tmp_path)
    assert fault.startswith("check mlp: ") and "Dense" in fault
