"""The shared definitions of a schema: each is written once, and used by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scaffold.catalogue import Catalogue

Schema = dict[str, Any]
"""A JSON Schema, or a part of one, as plain data."""


def reference(name: str) -> Schema:
    """Return a reference to a definition.

    Do not add other keys to it: draft-07 ignores them.
    """
    return {"$ref": f"#/definitions/{name}"}


class Definitions:
    """The definitions of a schema.

    Attributes:
        catalogue: The catalogue of Keras.
        schemas: The definitions by name.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        """Create an empty set of definitions."""
        self.catalogue = catalogue
        self.schemas: dict[str, Schema] = {}
        self._names: dict[str, str] = {}

    def add(self, name: str, schema: Schema) -> Schema:
        """Add a definition, and return a reference to it."""
        self.schemas[name] = schema
        return reference(name)

    def once(self, name: str, make: Callable[[], Schema]) -> Schema:
        """Add a definition unless its name exists; it can refer to itself."""
        if name not in self.schemas:
            self.schemas[name] = {}
            self.schemas[name] = make()
        return reference(name)

    def share(self, facts: str, make: Callable[[], Schema]) -> Schema:
        """Return a reference to the definition of these facts; add it if needed.

        Names are short, since there are a thousand references to such definitions.

        Args:
            facts: Everything that the definition depends on.
            make: Creates the definition.
        """
        if facts not in self._names:
            name = self._names[facts] = f"a{len(self._names) + 1}"
            self.schemas[name] = make()
        return reference(self._names[facts])
