"""The settings of a project."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from scaffold.diagnostics import Span
from scaffold.spec import SUFFIXES

_ENDING = ",".join(suffix.removeprefix(".") for suffix in SUFFIXES)

DEFAULT_SPECS = (
    f"model.{{{_ENDING}}}",
    f"*.model.{{{_ENDING}}}",
    f"models/*.{{{_ENDING}}}",
)
"""The default patterns of spec files."""


class Settings(NamedTuple):
    """The settings in a project's pyproject.toml.

    Attributes:
        style: `auto`, `all`, or a style; `""` if not set.
        backend: A backend; `""` if not set.
        output: The directory for `<name>.py`, inside that of the file; `None` if unset.
        specs: Patterns of the specs' paths, relative to the directory of the file.
        path: The file, relative to the working directory; `None` without a file.
        specs_span: The location of the patterns.
    """

    style: str = ""
    backend: str = ""
    output: Path | None = None
    specs: tuple[str, ...] = ()
    path: Path | None = None
    specs_span: Span = Span("")

    @property
    def root(self) -> Path | None:
        """The directory of the file; all paths in the settings are inside it."""
        return None if self.path is None else self.path.parent
