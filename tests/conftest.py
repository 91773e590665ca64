"""Shared settings of all tests: Hypothesis profiles and garbage collection."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from scaffold import checks
from scaffold.catalogue import load

# The same examples on every run, so that a failure is caused by a change of the code.
# HYPOTHESIS_PROFILE=explore tries new examples.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_collection_finish() -> None:
    """Exclude the imported objects from later garbage collections.

    Keras and its backend are some hundred thousand objects that are never freed.
    """
    load()
    gc.freeze()


@pytest.fixture(autouse=True, scope="module")
def _settled() -> Iterator[None]:
    """Exclude the objects that remain after the tests of a file.

    TensorFlow keeps each traced function with its graph.
    """
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def no_shapes() -> Iterator[None]:
    """Disable shape rules, for tests that use models with misfitting shapes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "BY_SHAPE", ())
        yield
