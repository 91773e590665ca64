"""Collection of the findings about a file's form while it is read."""

from __future__ import annotations

from collections.abc import Callable, Collection

from scaffold.diagnostics import Collector, did_you_mean, suggest
from scaffold.spec.document import Node, Table
from scaffold.spec.limits import MOST_FINDINGS, shown
from scaffold.spec.values import Pair, string, wrong

Pairs = dict[str, Pair]
"""Keys of a mapping, each with its node and value."""


class Findings(Collector):
    """The findings about a file's form."""

    def __init__(self) -> None:
        """Start without findings."""
        super().__init__(MOST_FINDINGS)
        self.unread: set[str] = set()
        """The sections from which no name could be read."""

    def wrong(self, what: str, wanted: str, node: Node, help_: str) -> None:
        """Add a finding about a value of the wrong kind."""
        self.add(*wrong(what, wanted, node, help_).diagnostics)

    def text(self, pair: Pair | None) -> str:
        """Return the string under a key, `""` if the key is missing."""
        if pair is None:
            return ""
        what, help_ = f"`{pair[0].value}`", "put it in quotes"
        return self.attempt(lambda: string(pair[1], what, help_)) or ""

    def unknown_keys(
        self,
        table: Table,
        known: Collection[str],
        what: str,
        elsewhere: Callable[[str], str] | None = None,
    ) -> Pairs:
        """Report unknown keys.

        Args:
            table: The mapping.
            known: The allowed keys.
            what: The name of the mapping in messages.
            elsewhere: Returns the section that a key belongs to, or `""`.

        Returns:
            The pairs by their keys. The value of a misspelled key is also stored under
            the suggested key, unless that key exists, so that it is still read.
        """
        pairs: Pairs = {str(pair[0].value): pair for pair in table.pairs}
        for key, value in table.pairs:
            if key.value not in known:
                near = suggest(str(key.value), known)
                if near:
                    pairs.setdefault(near[0], (key, value))
                listed = ", ".join(name for name in known if name != "$schema")
                help_ = did_you_mean(near[:1]) or f"known: {listed}"
                if elsewhere and (section := elsewhere(str(key.value))):
                    help_ = f"move it below `{section}` and indent it"
                message = f"{what} has no key `{shown(str(key.value))}`"
                self.add_error("KS106", message, key.span, help_)
        return pairs
