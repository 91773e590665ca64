"""Builds the model of a candidate, for tests of single checks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from scaffold.pipeline import File, Source, job, job_of_file
from scaffold.verify.parent.edited_files import carry_over
from scaffold.verify.types import Job


def job_of(spec: str, style: str, *edits: tuple[str, str]) -> Job:
    """Create a job of the code of a spec, with replacements."""
    result, checked = job(Source(spec.encode(), "model.yaml"), style)
    assert result is not None, checked.diagnostics
    (item,) = result.candidates
    text = item.text
    for old, new in edits:
        assert old in text, "the generated code has changed"
        text = text.replace(old, new)
    origins = carry_over(item.origins, item.text, text)
    return result._replace(candidates=(item._replace(text=text, origins=origins),))


def job_of_text(text: str) -> Job:
    """Create a job of a file without a spec."""
    return job_of_file(File(text, "mine.py"))


@contextmanager
def built(job: Job) -> Iterator[Any]:
    """Import the code of a job, and build its model and the reference."""
    from scaffold.verify.checks.loading import build, load, subject_of, written
    from scaffold.verify.recording.recorder import Recorder
    from scaffold.verify.reference.baseline import prepare

    standard = prepare(job.model) if job.model else None
    with written(job, 0) as code:
        recorder = Recorder(code.file)
        module = load(code, recorder)
        model = build(code, module, recorder)
        yield subject_of(code, module, model, recorder, standard)
