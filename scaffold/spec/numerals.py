"""The text of numbers: as a spec writes them, in the form that Black keeps."""

from __future__ import annotations

import math
from functools import partial

_LONGEST = 40
"""The longest number that is kept as written: a line cannot be broken inside it."""


def numeral(text: str, value: object) -> str | None:
    """Return the text of a number in Python, spelled as in the spec.

    Black writes `1E-3` as `1e-3`, `0xff` as `0xFF`, and `.5` as `0.5`.

    Args:
        text: The number in YAML, JSON, TOML or Python.
        value: Its value.

    Returns:
        The text, or `None` if the value is not a number, or Python cannot write it so.
    """
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    unsigned = text.lstrip("+-").lower()
    result = text[: len(text) - len(unsigned)] + _normalized(unsigned)
    read = float if isinstance(value, float) else partial(int, base=0)
    try:
        is_exact = read(result) == value and math.isfinite(value)
    except (ValueError, OverflowError):
        # YAML allows `007`, which is not a number in Python.
        return None
    return result if is_exact and len(result) <= _LONGEST else None


def negated(text: str | None) -> str | None:
    """Return the text of a number with the other sign."""
    if text is None:
        return None
    return text[1:] if text.startswith("-") else f"-{text.removeprefix('+')}"


def signed(text: str | None) -> str | None:
    """Return the text of a number after a `+`."""
    return text if text is None or text[0] in "+-" else f"+{text}"


def _normalized(text: str) -> str:
    """Write a number without a sign, in lower case, as Black does."""
    if text.startswith("0x"):
        return f"0x{text[2:].upper()}"
    digits, exponent, power = text.partition("e")
    whole, point, fraction = digits.partition(".")
    if point:
        digits = f"{whole or 0}.{fraction or 0}"
    return f"{digits}{exponent}{power.removeprefix('+')}"
