"""Infers shapes in a child process that imports Keras."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic
from scaffold.ir import ModelIR
from scaffold.ir.types import Origin
from scaffold.verify.runner import SECONDS, run
from scaffold.verify.types import Candidate, Job

EXAMINER = "scaffold.verify.child.shape_tracing:Sizes"

BACKENDS = ("jax", "torch", "tensorflow")
"""The backends, ordered by the time that Keras takes to import with them."""


class Inference(NamedTuple):
    """The shapes of a model, inferred without computing it.

    Attributes:
        diagnostics: The findings for parts that cannot be built.
        shapes: The shape of the output of every entry, as text.
    """

    diagnostics: tuple[Diagnostic, ...]
    shapes: Mapping[Origin, str]


def infer(
    models: Sequence[tuple[str, ModelIR]],
    backend: str = "",
    *,
    tell: Callable[[str], None] = lambda text: None,
) -> tuple[Inference, ...]:
    """Build models symbolically, all in one child process.

    Args:
        models: The name of each model in findings, and the model, which has passed
            the checks without an error.
        backend: Keras's backend; by default the quickest that is installed.
        tell: Called with the name of what is run now.

    Returns:
        An inference for each model.
    """
    jobs = [
        Job(name, model, (Candidate(name, name, "", "", ()),)) for name, model in models
    ]
    by_job: list[list[Diagnostic]] = [[] for _ in jobs]
    shapes: list[dict[Origin, str]] = [{} for _ in jobs]
    backend = backend or quickest()
    outcomes = run(jobs, backend=backend, seconds=SECONDS, examiner=EXAMINER, tell=tell)
    for outcome in outcomes:
        if not 0 <= outcome.job < len(jobs):
            # Keras cannot be imported, which concerns all models.
            for diagnostics in by_job:
                diagnostics.extend(outcome.diagnostics)
            continue
        by_job[outcome.job].extend(outcome.diagnostics)
        shapes[outcome.job].update(outcome.shapes)
    return tuple(
        Inference(tuple(diagnostics), descriptions)
        for diagnostics, descriptions in zip(by_job, shapes, strict=True)
    )


def quickest() -> str:
    """Return the installed backend that takes the least time to import."""
    able = (name for name in BACKENDS if find_spec(name) is not None)
    return next(able, BACKENDS[-1])
