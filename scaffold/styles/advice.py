"""Which styles can say a model, and which of them to take."""

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
    """Whether a style can say a model.

    Attributes:
        style: The style.
        obstacles: What stands in the way; nothing, where it can.
    """

    style: Style
    obstacles: tuple[Diagnostic, ...]


class Advice(NamedTuple):
    """Which style to take for a model.

    Attributes:
        fits: Every style, and what stands in its way.
        style: The one to take.
        reason: Why.
    """

    fits: tuple[Fit, ...]
    style: Style
    reason: str


def choose(model: ModelIR) -> Style:
    """Return the first style that can say a model; if none can, the last one."""
    able = (style for style in STYLES if not obstacles(model, style))
    return next(able, STYLES[-1])


def compare(model: ModelIR) -> Advice:
    """Look at a model with the eyes of every style.

    Args:
        model: The model, in which the checks found no error.
    """
    fits = tuple(Fit(style, obstacles(model, style)) for style in STYLES)
    best = next((fit.style for fit in fits if not fit.obstacles), STYLES[-1])
    return Advice(fits, best, _REASONS[best])
