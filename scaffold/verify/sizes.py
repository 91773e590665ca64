"""What every entry gives, worked out by Keras without computing anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scaffold.ir.types import Origin
from scaffold.verify.reference import Shape, trace
from scaffold.verify.types import Job, Outcome


class Sizes:
    """Traces the reference of a job, and tells the shapes instead of examining code."""

    def __init__(self, job: Job, number: int) -> None:
        """Keeps the job, and the number that it has in what is told of it."""
        self._job, self._number = job, number

    def examine(self, candidate: int) -> Iterator[Outcome]:
        """Builds the model of the job, whatever the candidate is.

        Yields:
            One outcome: what cannot be built, and the shapes of what can.
        """
        assert self._job.model is not None
        reference = trace(self._job.model)
        calls: dict[Origin, list[tuple[Shape, ...]]] = {}
        for path, gave in reference.shapes.items():
            calls.setdefault(path[-1], []).extend(gave)
        said = ((origin, text(gave)) for origin, gave in calls.items())
        yield Outcome(
            self._number,
            candidate,
            "build",
            "failed" if reference.found else "passed",
            found=tuple(reference.found),
            shapes=tuple((origin, one) for origin, one in said if one),
        )


def text(calls: Sequence[tuple[Shape, ...]]) -> str:
    """Writes what an entry gives, in all of its calls.

    Args:
        calls: The calls, each with a shape for every tensor that it gave.

    Returns:
        `(None, 26, 26, 64)`, or several of these with commas. An axis that is not the
        same in all calls is `...`; where nothing is the same, there is nothing to say.
    """
    counts = {len(gave) for gave in calls}
    if len(counts) != 1:
        return ""
    merged = [_merged(shapes) for shapes in zip(*calls, strict=True)]
    return ", ".join(merged) if all(merged) else ""


def _merged(shapes: Iterable[Shape]) -> str:
    alike = list(dict.fromkeys(shapes))
    if len({len(shape) for shape in alike}) != 1:
        return ""
    axes = [
        str(sizes[0]) if len(set(sizes)) == 1 else "..."
        for sizes in zip(*alike, strict=True)
    ]
    if len(axes) > 1 and set(axes[1:]) == {"..."}:
        return ""
    return f"({', '.join(axes)}{',' * (len(axes) == 1)})"
