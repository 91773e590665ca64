"""Methods of `keras.Model` that a spec overrides."""

from __future__ import annotations

from typing import NamedTuple

from scaffold.diagnostics import Span

METHODS = (
    "train_step",
    "test_step",
    "predict_step",
    "compute_loss",
    "compute_metrics",
)
"""All methods that can be overridden, in the order of the generated class."""


class Hook(NamedTuple):
    """A method that a spec overrides.

    Attributes:
        name: Its name, which may be one that is not in `METHODS`.
        span: Its location in the spec.
    """

    name: str
    span: Span
