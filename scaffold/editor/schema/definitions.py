"""The shared pieces of a schema: each is written once, and referred to by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scaffold.catalogue import Catalogue

Schema = dict[str, Any]
"""A JSON Schema, or a piece of one, as plain data."""


def reference(name: str) -> Schema:
    """Return a reference to a piece.

    Nothing else may stand beside it: in draft-07 it would not count.
    """
    return {"$ref": f"#/definitions/{name}"}


class Definitions:
    """The pieces that were made so far.

    Attributes:
        catalogue: What Keras offers.
        schemas: Each piece by its name.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        """Begin with none."""
        self.catalogue = catalogue
        self.schemas: dict[str, Schema] = {}
        self._names: dict[str, str] = {}

    def add(self, name: str, schema: Schema) -> Schema:
        """Keep a piece under a name, and return a reference to it."""
        self.schemas[name] = schema
        return reference(name)

    def once(self, name: str, make: Callable[[], Schema]) -> Schema:
        """Make a piece unless there is one of that name; it may refer to itself."""
        if name not in self.schemas:
            self.schemas[name] = {}
            self.schemas[name] = make()
        return reference(name)

    def share(self, facts: str, make: Callable[[], Schema]) -> Schema:
        """Return a reference to what was made of the same facts, or make it.

        There are a thousand references to such pieces: their names are short.

        Args:
            facts: All that it is made of.
            make: Makes it.
        """
        if facts not in self._names:
            name = self._names[facts] = f"a{len(self._names) + 1}"
            self.schemas[name] = make()
        return reference(self._names[facts])
