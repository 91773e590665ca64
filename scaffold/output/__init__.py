"""Write text to files: plan first, then write all of the files or none.

    planned = plan(targets, root=directory)
    if not planned.diagnostics:
        diagnostics = write(planned)

Each written file contains a digest (`seal`). It shows whether the file was edited since
(`is_untouched`); edited files are never overwritten without `force`.
"""

from scaffold.output.digest import is_untouched, seal
from scaffold.output.disk import check_directory
from scaffold.output.planning import plan
from scaffold.output.removal import remove
from scaffold.output.types import Action, Plan, PlannedStep, Target
from scaffold.output.unified_diff import diff
from scaffold.output.writing import write

__all__ = [
    "Action",
    "Plan",
    "PlannedStep",
    "Target",
    "check_directory",
    "diff",
    "is_untouched",
    "plan",
    "remove",
    "seal",
    "write",
]
