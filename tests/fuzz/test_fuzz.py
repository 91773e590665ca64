"""A few random specs; `make fuzz` runs many."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.run import errors_of, not_verified, untidy, write
from tests.fuzz.specs import random_spec

CODE = range(100_000, 100_040)
VERIFIED = range(100_100, 100_108)


@pytest.mark.slow
def test_code_is_tidy(tmp_path: Path) -> None:
    """The files of all styles compile, and Black and ruff find nothing."""
    specs = [random_spec(seed) for seed in CODE]
    assert not list(filter(None, map(errors_of, specs)))
    written, wrong = write(specs, tmp_path)
    assert len(written) > len(specs)
    wrong += untidy(tmp_path)
    assert not wrong, "\n".join(wrong)


@pytest.mark.keras
@pytest.mark.filterwarnings("default")
def test_every_style_is_the_model(tmp_path: Path) -> None:
    """`verify` finds nothing in any style."""
    specs = [random_spec(seed) for seed in VERIFIED]
    write(specs, tmp_path)
    results, ends = not_verified(specs, tmp_path)
    assert not results, "\n".join(results)
    assert ends["passed"] > 8 * len(specs)


def test_a_seed_is_a_spec() -> None:
    """Equal seeds create equal specs, and different seeds different specs."""
    assert random_spec(7).text == random_spec(7).text
    assert len({random_spec(seed).text for seed in range(20)}) == 20
