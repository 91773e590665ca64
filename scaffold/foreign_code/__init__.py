"""Recognize Keras, TensorFlow or PyTorch code in a spec, and show its entries.

The package is loaded only for a spec with findings. It translates the pasted code in
memory, and the checks continue with the translation. So a help shows exactly the line
that was checked, and no finding is reported that only follows from the pasted code.
"""

from scaffold.foreign_code.findings import PastedPiece, merge_findings
from scaffold.foreign_code.tree import translate_tree
from scaffold.foreign_code.whole_files import recognize_file

__all__ = ["PastedPiece", "merge_findings", "recognize_file", "translate_tree"]
