"""Decide which styles can express a model, and which one to choose."""

from __future__ import annotations

from typing import NamedTuple

from scaffold.diagnostics import Diagnostic
from scaffold.ir import ModelIR
from scaffold.styles.obstacles import obstacles
from scaffold.styles.types import STYLES, Style

_REASONS: dict[Style, str] = {
    "sequential": "a chain of layers is simplest as a list",
    "functional": "Keras knows every tensor of a graph: it can check, plot and cut it",
    "subclass": "only a class can express it",
}


class Fit(NamedTuple):
    """Whether a style can express a model.

    Attributes:
        style: The style.
        obstacles: The reasons why it cannot; empty if it can.
    """

    style: Style
    obstacles: tuple[Diagnostic, ...]


class Advice(NamedTuple):
    """The style to choose for a model.

    Attributes:
        fits: Every style, with its obstacles.
        style: The style to choose.
        reason: Why to choose it.
    """

    fits: tuple[Fit, ...]
    style: Style
    reason: str


def choose(model: ModelIR) -> Style:
    """Return the first style that can express a model, or the last if none can."""
    able = (style for style in STYLES if not obstacles(model, style))
    return next(able, STYLES[-1])


def advise(model: ModelIR) -> Advice:
    """Check every style for a model, and choose one.

    Args:
        model: The model, in which the checks found no error.
    """
    fits = tuple(Fit(style, obstacles(model, style)) for style in STYLES)
    best = next((fit.style for fit in fits if not fit.obstacles), STYLES[-1])
    return Advice(fits, best, _REASONS[best])
