"""A code: a class that is called like it, and has its page for a docstring."""

from __future__ import annotations

from typing import ClassVar


class Code:
    """A code. Its subclass is called like it, and has its page for a docstring."""

    name: ClassVar[str]
    """What it is about, in words joined by hyphens."""
