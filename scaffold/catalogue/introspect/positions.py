"""Decide how many arguments are written by position."""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.catalogue.types import Argument

SIZES = frozenset({"pool_size", "size", "padding", "cropping", "factor", "mode"})
"""First arguments that are positional although they have a default."""

EXCEPTIONS: dict[str, int] = {
    # Keywords are clearer than a bare number or string.
    "CategoryEncoding": 0,
    "Dot": 0,
    "GroupQueryAttention": 0,
    "HashedCrossing": 0,
    "Hashing": 0,
    "IoU": 0,
    "JaxLayer": 0,
    "MaxNumBoundingBoxes": 0,
    "MeanIoU": 0,
    "MultiHeadAttention": 0,
    "OneHotIoU": 0,
    "OneHotMeanIoU": 0,
    "OrthogonalRegularizer": 0,
    "RandomTranslation": 0,
    "STFTSpectrogram": 0,
    "ReduceLROnPlateau": 0,
    # The first argument is clear without a keyword, the others are not.
    "CosineDecay": 1,
    "CosineDecayRestarts": 1,
    "EinsumDense": 1,
    "ExponentialDecay": 1,
    "InverseTimeDecay": 1,
    "PolynomialDecay": 1,
    # They have a default, but are the main argument of the class.
    "Constant": 1,
    "L1": 1,
    "L2": 1,
    "MaxNorm": 1,
}
"""Exceptions to the rule, as on keras.io."""


def positional(name: str, arguments: Sequence[Argument]) -> int:
    """Return the number of leading arguments that are written by position.

    These are the required ones, or the first one if it is a size.
    """
    if name in EXCEPTIONS:
        return EXCEPTIONS[name]
    required = 0
    for argument in arguments:
        if not argument.required:
            break
        required += 1
    if required or not arguments:
        return required
    return int(arguments[0].name in SIZES)
