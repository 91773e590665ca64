"""Faults to plant in generated files, with the expected finding for each.

To add a fault, add an entry to one of the tables.
"""

from tests.verify.planted.beyond import BEYOND
from tests.verify.planted.layers import ARGUMENTS, CALLED_ON, MADE
from tests.verify.planted.making import BUILDING, CONFIGS
from tests.verify.planted.running import MASKS, OUTPUTS, TRAINING
from tests.verify.planted.types import SPECS, Edit, Fault

__all__ = ["FAULTS", "SPECS", "Edit", "Fault"]

FAULTS: tuple[Fault, ...] = (
    *CALLED_ON,
    *MADE,
    *ARGUMENTS,
    *MASKS,
    *TRAINING,
    *OUTPUTS,
    *BUILDING,
    *CONFIGS,
    *BEYOND,
)
