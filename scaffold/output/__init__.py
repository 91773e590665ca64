"""Text becomes files: planned first, then all of them written, or none.

    planned = plan(targets, root=directory)
    if not planned.diagnostics:
        found = write(planned)

A file that this tool wrote carries a digest (`seal`), by which it can tell its own
file (`is_untouched`) from one that somebody has edited since, and never overwrites
the latter unasked.
"""

from scaffold.output.digest import is_untouched, seal
from scaffold.output.disk import check_place
from scaffold.output.planning import plan
from scaffold.output.types import Action, Plan, PlannedStep, Target
from scaffold.output.unified_diff import diff
from scaffold.output.writing import write

__all__ = [
    "Action",
    "Plan",
    "PlannedStep",
    "Target",
    "check_place",
    "diff",
    "is_untouched",
    "plan",
    "seal",
    "write",
]
