"""The differences between the styles of a model, and their reasons.

    text = compare(model, catalogue, "text", width=100)

Neither Keras nor the generated code is run.
"""

from scaffold.comparison.compare import compare
from scaffold.comparison.types import ComparisonFormat

__all__ = ["ComparisonFormat", "compare"]
