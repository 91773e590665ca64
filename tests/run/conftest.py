"""Everything in this folder runs generated code under Keras."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent

# Keras reads it once, when it is imported. See `make test-backends`.
if wanted := os.environ.get("KERAS_SCAFFOLD_TEST_BACKEND"):
    os.environ["KERAS_BACKEND"] = wanted


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the folder's tests, so that `make quick` leaves them out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.keras)
            # Keras's and TensorFlow's own warnings are not ours to mend.
            item.add_marker(pytest.mark.filterwarnings("default"))
