"""Limits on the size of a spec, against hostile files."""

from __future__ import annotations

from scaffold.diagnostics import Diagnostic, Refused, Span

MAX_BYTES = 1024 * 1024
"""The maximum size of a file. A spec of 10,000 layers has about 300 kB."""

MOST_VALUES = 100_000
"""The maximum number of commas and line ends in a file: they separate its values."""

MOST_NODES = 300_000
"""The maximum number of nodes in a file; each use of a YAML alias counts in full."""

MOST_IN_PARAM = 250
"""The maximum number of values in a param's default: each use repeats them."""

MOST_ENTRIES = 10_000
"""The maximum number of entries of a model; a repeat is shorter."""

MOST_FINDINGS = 500
"""The maximum number of reported findings about a file's form."""

DEEPEST = 64
"""The maximum nesting depth of a file or an expression."""

TOO_DEEP = f"nested more than {DEEPEST} levels deep"
LESS_DEEP = "nest fewer brackets, or use a block"
FEWER = "write recurring layers as a repeat, `* 100`, and keep data in another file"

LARGEST_INTEGER = 2**64
"""Integers must be smaller: no size, seed or count needs more bits."""

LONGEST_NAME = 60
"""The maximum length of a name, so that generated lines fit in 88 columns."""

LONGEST_PARAM = 32
"""The maximum length of a param's name, which is twice in a generated line."""

_LONGEST_SHOWN = 40


def too_much(message: str, span: Span, help_: str) -> Refused:
    """Return the error for a file that exceeds a limit."""
    return Refused(Diagnostic("KS105", message, span, help_))


def is_too_large(number: int) -> bool:
    """Return whether an integer has more bits than any argument needs."""
    return not -LARGEST_INTEGER < number < LARGEST_INTEGER


def too_large(span: Span) -> Refused:
    """Return the error for an integer that is too large."""
    message = "an integer must fit in 64 bits"
    return too_much(message, span, "write it as a float: `1.0e+30`")


def shown(text: str) -> str:
    """Shorten a piece of a file for a message."""
    if len(text) <= _LONGEST_SHOWN:
        return text
    return f"{text[: _LONGEST_SHOWN - 3]}..."
