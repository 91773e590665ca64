"""Methods of `keras.Model` that a spec asks for, to be written out and changed."""

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
"""All that can be asked for, in the order in which a class has them."""


class Hook(NamedTuple):
    """A method that a spec asks for.

    Attributes:
        name: Its name, be it one of `METHODS` or not.
        span: Where it is asked for.
    """

    name: str
    span: Span
