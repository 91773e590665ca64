"""Creates jobs of `verify` from specs."""

from __future__ import annotations

from scaffold.pipeline import Source, job
from scaffold.verify.types import Job

SPEC = """
name: small
params: {units: 3}
inputs: [4]
layers:
  - Dense(units, activation="tanh")
  - Dropout(0.5)
  - out = Dense(2)
compile: {loss: mse}
"""


def job_of(spec: str = SPEC) -> Job:
    """Return a job with the code of a spec in all styles."""
    result, checked = job(Source(spec.encode(), "spec.yaml"))
    assert result is not None, checked.diagnostics
    return result
