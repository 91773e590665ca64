"""What is examined: a candidate's model, and what it is held against."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from typing import Any, NamedTuple

from scaffold.diagnostics import Diagnostic, Span, has_errors
from scaffold.verify.baseline import Baseline
from scaffold.verify.leaves import Key, Path
from scaffold.verify.line_origins import place, span_of
from scaffold.verify.recorder import RecordedLayer, path_of
from scaffold.verify.types import Candidate, Job, Says


class CheckResult(NamedTuple):
    """What came of a check; see `scaffold.verify.types.Outcome`."""

    says: Says
    detail: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


class CandidateModule(NamedTuple):
    """A candidate that is imported, or is about to be.

    Attributes:
        job: The job it belongs to.
        candidate: The candidate.
        module: The name of its module.
        file: The file that it was written to, to be run.
        directory: Where files may be written.
    """

    job: Job
    candidate: Candidate
    module: str
    file: str
    directory: str

    def of_line(self, line: int) -> Span:
        """Return the place of a line: the entry's that it comes from, if there is one.

        Args:
            line: The line, 0 for the file as a whole.
        """
        return place(self.job, self.candidate, line)

    def of_definition(self, start: str) -> Span:
        """Return the place of a function or a class, by how its definition begins."""
        lines = enumerate(self.candidate.text.split("\n"), start=1)
        wanted = re.compile(rf"{re.escape(start)}\b")
        return self.of_line(next((n for n, line in lines if wanted.match(line)), 0))

    def of_path(self, path: Path) -> Span | None:
        """Return the place of the innermost entry of a path."""
        return span_of(self.job, path[-1]) if path else None

    def name_of(self, path: Path) -> str:
        """Describe what the innermost entry of a path is called."""
        model = self.job.model
        node = model.node(path[-1]) if model is not None and path else None
        if node is None:
            return "the model"
        return node.layer.name if node.is_op else node.name

    def of_error(self, error: BaseException) -> Span:
        """Return the place where an error was raised, as far as that is in the code."""
        lines = tuple(
            frame.lineno or 0
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == self.file
        )
        if isinstance(error, SyntaxError) and error.filename == self.file:
            return self.of_line(error.lineno or 0)
        path = path_of(lines, self.candidate)
        return self.of_path(path) or self.of_line(lines[-1] if lines else 0)


class CandidateModel(NamedTuple):
    """A candidate whose model is built.

    Attributes:
        code: The candidate.
        module: Its module.
        model: What `build_model` gave.
        inputs: The symbolic inputs that its code has made, the model's own first.
        records: The layers that its code has made, those of its own classes included.
        layers: Those that are Keras's or the user's, by where they come from.
        lines: The lines that led to each layer, by the layer's `id`.
        baseline: What it is held against, `None` where there is no spec.
        batch: What to call it on, `None` where nothing can be found.
        lacks: Why there is no batch.
    """

    code: CandidateModule
    module: Any
    model: Any
    inputs: tuple[Any, ...]
    records: tuple[RecordedLayer, ...]
    layers: Mapping[Key, Any]
    lines: Mapping[int, tuple[int, ...]]
    baseline: Baseline | None
    batch: Any
    lacks: str

    def of_key(self, key: Key) -> Span:
        """Return the place of a layer: its entry, or the line that makes it."""
        span = self.code.of_path(key.path)
        if span is None and key in self.layers:
            lines = self.lines.get(id(self.layers[key]), ())
            span = self.code.of_line(lines[-1] if lines else 0)
        return span or self.whole

    @property
    def whole(self) -> Span:
        """The place of what concerns the model as a whole."""
        model = self.code.job.model
        return model.graph.name_span if model else self.code.of_line(0)


def passed(detail: str = "") -> CheckResult:
    """Report that all is as it should be."""
    return CheckResult("passed", detail)


def skipped(reason: str) -> CheckResult:
    """Describe why something was not looked at."""
    return CheckResult("skipped", reason)


def failed(*diagnostics: Diagnostic, detail: str = "") -> CheckResult:
    """Describe what is wrong."""
    return CheckResult("failed", detail, diagnostics)


def judged(diagnostics: list[Diagnostic], detail: str = "") -> CheckResult:
    """Describe what is wrong, or that nothing is; a warning is no failure."""
    return CheckResult(
        "failed" if has_errors(diagnostics) else "passed", detail, tuple(diagnostics)
    )
