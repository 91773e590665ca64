"""The description of a custom part, from which its template is rendered."""

from __future__ import annotations

import ast
from typing import NamedTuple

from scaffold.styles.types import Docstring, FunctionParameter


class Part(NamedTuple):
    """A layer, loss, metric or callback.

    Attributes:
        kind: The kind: `layer`, `loss`, `metric` or `callback`.
        name: The name of the class.
        module: The name in snake_case: the module, and the package under which the
            class is registered with Keras.
        params: The params, all with a default.
        roles: The names of the params that the template uses.
        doc: The docstring of the class.
        changed: Params with values that differ from their defaults, for tests.
    """

    kind: str
    name: str
    module: str
    params: tuple[FunctionParameter, ...]
    roles: frozenset[str]
    doc: Docstring
    changed: tuple[ast.keyword, ...]

    @property
    def note(self) -> str:
        """The note in the digest line of the file: the command that wrote it."""
        return f"By keras-scaffold new {self.kind} {self.name}"
