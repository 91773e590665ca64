"""What is written of a spec is tested here, and not whether its tensors fit."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True, scope="module")
def _written_anyway(no_shapes: None) -> None:
    """Lets all tests here use models that Keras could not build."""
