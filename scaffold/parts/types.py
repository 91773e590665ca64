"""A part of one's own, ready to be laid out by the template of its kind."""

from __future__ import annotations

import ast
from typing import NamedTuple

from scaffold.styles.types import Docstring, FunctionParameter


class Part(NamedTuple):
    """A layer, loss, metric or callback.

    Attributes:
        kind: Which of them.
        name: Its class's name.
        module: Its name in snake_case: the module, and the package that it is
            registered in.
        params: Its params, all of which have a default.
        roles: The names of those that the template has a use for.
        doc: The class's docstring.
        changed: Params with other values than their defaults, for tests.
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
        """Says in the comment at the head of its file where the file comes from."""
        return f"By keras-scaffold new {self.kind} {self.name}"
