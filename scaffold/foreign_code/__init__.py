"""Code of Keras, TensorFlow or PyTorch where a spec has data: what to write instead.

A room for the way to a finding: nothing here is loaded for a spec without faults. What
was pasted is translated in memory, and the checks go on with the translation; so the
help is the very line that they have seen, and nothing that follows from the fault is
found beside it.
"""

from scaffold.foreign_code.findings import PastedPiece, told
from scaffold.foreign_code.tree import mend
from scaffold.foreign_code.whole_files import foreign

__all__ = ["PastedPiece", "foreign", "mend", "told"]
