"""Compare two versions of a page that contains measured numbers."""

from __future__ import annotations

import math
import re

NUMBER = re.compile(r"-?\d+(?:\.\d*)?(?:e[-+]?\d+)?")


def differences(page: str, other: str) -> list[tuple[str, str]]:
    """Return the lines that differ by more than the last digits of numbers.

    Training ends in slightly different numbers on different processors.
    """
    lines = [text.splitlines() for text in (page, other)]
    longest = max(map(len, lines))
    columns = [[*column, *[""] * (longest - len(column))] for column in lines]
    return [pair for pair in zip(*columns, strict=True) if not _same(*pair)]


def _same(line: str, other: str) -> bool:
    """Return whether two lines are the same, but for the last digits of numbers."""
    numbers, others = (map(float, NUMBER.findall(text)) for text in (line, other))
    is_close = all(
        math.isclose(number, wanted, rel_tol=1e-3, abs_tol=1e-3)
        for number, wanted in zip(numbers, others, strict=False)
    )
    # NumPy pads numbers with spaces.
    texts = [re.sub(r"(?<=\[) +| +(?=\])", "", text) for text in (line, other)]
    texts = [re.sub(r" +", " ", NUMBER.sub("#", text)) for text in texts]
    return is_close and texts[0] == texts[1]
