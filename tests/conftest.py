"""What all tests share: how examples are looked for, and how garbage is."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from scaffold import checks
from scaffold.catalogue import load

# The same examples on every run: a test that fails says something about the change at
# hand. HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_collection_finish() -> None:
    """Keeps what is imported by now out of every later search for garbage.

    Keras and its backend are some hundred thousand objects, and stay to the end.
    """
    load()
    gc.freeze()


@pytest.fixture(autouse=True, scope="module")
def _settled() -> Iterator[None]:
    """Does the same with what stays of a file's tests.

    TensorFlow keeps each function that it has traced, and with it the whole graph.
    """
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def no_shapes() -> Iterator[None]:
    """Lets tests of notations and of code use models whose tensors do not fit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "BY_SHAPE", ())
        yield
