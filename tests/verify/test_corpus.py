"""Every spec of the tests, and every preset, goes through `verify`.

The large networks do not: they are held against Keras's own, in tests/run.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scaffold.pipeline import Source, job, prove
from tests.goldens import is_large, specs, styles_of
from tests.verify.corpus import BACKEND, faults

pytestmark = pytest.mark.keras

AT_ONCE = 8
"""How many specs one child verifies: few enough that two workers share the work."""

SPECS = tuple(path for path in specs() if not is_large(path))
PARTS = [SPECS[start : start + AT_ONCE] for start in range(0, len(SPECS), AT_ONCE)]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part[0].stem)
def test_specs_are_verified(part: tuple[Path, ...]) -> None:
    """Every style that can say a spec is the model that the spec describes."""
    jobs = []
    for path in part:
        made, checked = job(Source(path.read_bytes(), str(path)))
        assert made is not None, checked.found
        assert tuple(one.label for one in made.candidates) == styles_of(path)
        jobs.append(made)
    assert faults(jobs, prove(jobs, BACKEND)) == []
