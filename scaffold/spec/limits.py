"""How much a spec may ask for: bounds that keep a hostile file from doing harm."""

from __future__ import annotations

from scaffold.diagnostics import Diagnostic, Refused, Span

MOST_BYTES = 1024 * 1024
"""The largest file that is read. A spec of 10,000 layers has some 300 kB."""

MOST_VALUES = 100_000
"""The most commas and line ends of a file: what parts its values from one another."""

MOST_NODES = 300_000
"""The most nodes of a file, each use of a YAML alias counted in full."""

MOST_IN_PARAM = 250
"""The most values in a param's default, which every use of the param repeats."""

MOST_ENTRIES = 10_000
"""The most entries of a model: more are better said as a repeat."""

MOST_FINDINGS = 500
"""The most faults of a file's form that are reported: nobody reads more at once."""

DEEPEST = 64
"""The deepest nesting, of a file or of an expression."""

TOO_DEEP = f"nested more than {DEEPEST} levels deep"
LESS_DEEP = "write it with fewer brackets in one another, or as a block"
FEWER = "say what recurs as a repeat, `* 100`, and keep data in a file of its own"

LARGEST_INTEGER = 2**64
"""What every integer stays below: no size, seed or count needs more bits."""

LONGEST_NAME = 60
"""The most characters of a name, so that generated lines stay within 88 columns."""

LONGEST_PARAM = 32
"""The most characters of a param's name, which stands twice in a line of the code."""

_LONGEST_SHOWN = 40


def too_much(message: str, span: Span, help_: str) -> Refused:
    """Make the refusal of a file that is over a bound."""
    return Refused(Diagnostic("KS105", message, span, help_))


def is_too_large(number: int) -> bool:
    """Return whether an integer has more bits than any argument needs."""
    return not -LARGEST_INTEGER < number < LARGEST_INTEGER


def too_large(span: Span) -> Refused:
    """Make the refusal of such an integer."""
    return too_much("an integer has at most 64 bits", span, "write it as 1.0e+30")


def shown(text: str) -> str:
    """Shorten a piece of a file for a message."""
    if len(text) <= _LONGEST_SHOWN:
        return text
    return f"{text[: _LONGEST_SHOWN - 3]}..."
