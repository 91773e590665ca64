"""An examiner that needs no Keras: it imports a candidate and calls `build_model`."""

from __future__ import annotations

import time
from collections.abc import Iterator

from scaffold.diagnostics import Diagnostic, Span
from scaffold.verify.types import Check, Job, Outcome

NAME = f"{__name__}:Examiner"


class Examiner:
    """Runs only the checks `import` and `build`."""

    def __init__(self, job: Job, number: int) -> None:
        """Store the job."""
        self.job, self.number = job, number

    def examine(self, candidate: int) -> Iterator[Outcome]:
        """Yield an outcome for `import`, and one for `build`."""
        item = self.job.candidates[candidate]
        names: dict[str, object] = {"__name__": "candidate", "time": time}

        def outcome(check: Check, code: str = "", why: str = "") -> Outcome:
            result = (
                (Diagnostic(code, why, Span(item.path), "mend it"),) if code else ()
            )
            says = "failed" if code else "passed"
            return Outcome(self.number, candidate, check, says, "", result)

        try:
            exec(compile(item.text, item.path, "exec"), names)
            yield outcome("import")
            build = names["build_model"]
            assert callable(build)
            build()
            yield outcome("build")
        except (Exception, SystemExit) as error:
            if isinstance(error, MemoryError):
                raise
            yield outcome("import", "KS701", repr(error))
