"""How much a spec may ask for: bounds that keep a hostile file from doing harm."""

from __future__ import annotations

from scaffold.diagnostics import Diagnostic, Refused, Span

MOST_BYTES = 2 * 1024 * 1024
"""The largest file that is read. A spec of 10,000 layers has some 300 kB."""

MOST_NODES = 500_000
"""The most nodes of a file, each use of a YAML alias counted in full."""

MOST_ENTRIES = 20_000
"""The most entries of a model: more are better said as a repeat."""

DEEPEST = 64
"""The deepest nesting, of a file or of an expression."""

LONGEST_NAME = 60
"""The most characters of a name, so that generated lines stay within 88 columns."""

LONGEST_PARAM = 32
"""The most characters of a param's name, which stands twice in a line of the code."""


def too_much(message: str, span: Span, help_: str = "") -> Refused:
    """Makes the refusal of a file that is over a bound."""
    return Refused(Diagnostic("KS105", message, span, help_))
