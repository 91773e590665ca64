"""Recognize Keras, TensorFlow or PyTorch code in a spec, and show its entries.

The package is loaded only for a spec with findings. It translates the pasted code in
memory, and the checks continue with the translation. So a help shows exactly the line
that was checked, and no finding is reported that only follows from the pasted code.
"""

from scaffold.foreign_code.findings import PastedPiece, told
from scaffold.foreign_code.tree import mend
from scaffold.foreign_code.whole_files import foreign

__all__ = ["PastedPiece", "foreign", "mend", "told"]
