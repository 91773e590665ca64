"""The data of a candidate that the checks examine, and the results of checks."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from typing import Any, NamedTuple

from scaffold.diagnostics import Diagnostic, Span, has_errors
from scaffold.verify.line_origins import line_span, span_of
from scaffold.verify.recording.leaves import Key, Path
from scaffold.verify.recording.recorder import RecordedLayer, path_of
from scaffold.verify.reference.baseline import Baseline
from scaffold.verify.types import Candidate, Job, Says


class CheckResult(NamedTuple):
    """The result of a check; see `scaffold.verify.types.Outcome`."""

    says: Says
    detail: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


class CandidateModule(NamedTuple):
    """A candidate as a module file.

    Attributes:
        job: The job of the candidate.
        candidate: The candidate.
        module: The name of its module.
        file: The file that it was written to.
        directory: A directory for files.
    """

    job: Job
    candidate: Candidate
    module: str
    file: str
    directory: str

    def of_line(self, line: int) -> Span:
        """Return the location of a line: that of its entry, if it has one.

        Args:
            line: The line, 0 for the file as a whole.
        """
        return line_span(self.job, self.candidate, line)

    def of_definition(self, start: str) -> Span:
        """Return the location of the definition that begins with a text."""
        lines = enumerate(self.candidate.text.split("\n"), start=1)
        pattern = re.compile(rf"{re.escape(start)}\b")
        return self.of_line(next((n for n, line in lines if pattern.match(line)), 0))

    def of_path(self, path: Path) -> Span | None:
        """Return the location of the innermost entry of a path."""
        return span_of(self.job, path[-1]) if path else None

    def name_of(self, path: Path) -> str:
        """Return the name of the innermost entry of a path."""
        model = self.job.model
        node = model.node(path[-1]) if model is not None and path else None
        if node is None:
            return "the model"
        return node.layer.name if node.is_op else node.name

    def of_error(self, error: BaseException) -> Span:
        """Return the location in the code where an error was raised."""
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
        model: The result of `build_model`.
        inputs: The symbolic inputs that its code created, the model's own first.
        records: The layers that its code created, including those of its own classes.
        layers: The layers of Keras and of the user, by key.
        lines: The lines that created each layer, by the layer's `id`.
        baseline: The baseline to compare with, `None` without a spec.
        batch: The batch to call it on, `None` without a fitting batch.
        no_batch_reason: Why there is no batch.
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
    no_batch_reason: str

    def of_key(self, key: Key) -> Span:
        """Return the location of a layer: its entry, or the line that creates it."""
        span = self.code.of_path(key.path)
        if span is None and key in self.layers:
            lines = self.lines.get(id(self.layers[key]), ())
            span = self.code.of_line(lines[-1] if lines else 0)
        return span or self.model_span

    @property
    def model_span(self) -> Span:
        """The location for findings about the whole model."""
        model = self.code.job.model
        return model.graph.name_span if model else self.code.of_line(0)


def passed(detail: str = "") -> CheckResult:
    """Return the result of a check that passed."""
    return CheckResult("passed", detail)


def skipped(reason: str) -> CheckResult:
    """Return the result of a check that was skipped, with the reason."""
    return CheckResult("skipped", reason)


def failed(*diagnostics: Diagnostic, detail: str = "") -> CheckResult:
    """Return the result of a check that failed."""
    return CheckResult("failed", detail, diagnostics)


def judged(diagnostics: list[Diagnostic], detail: str = "") -> CheckResult:
    """Return the result for some findings; warnings alone are not a failure."""
    return CheckResult(
        "failed" if has_errors(diagnostics) else "passed", detail, tuple(diagnostics)
    )
