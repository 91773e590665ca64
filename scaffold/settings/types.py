"""The settings of a project."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from scaffold.diagnostics import Span
from scaffold.spec import SUFFIXES

_ENDING = ",".join(suffix.removeprefix(".") for suffix in SUFFIXES)

USUAL_SPECS = (
    f"model.{{{_ENDING}}}",
    f"*.model.{{{_ENDING}}}",
    f"models/*.{{{_ENDING}}}",
)
"""The patterns of files that are taken for specs where a project does not say."""


class Settings(NamedTuple):
    """What a project's pyproject.toml says, as far as it says something.

    Attributes:
        style: `auto`, `all`, or a style; `""` where it says none.
        backend: A backend; `""` where it says none.
        output: The directory for `<name>.py`, below that of the file; `None` where it
            says none.
        specs: Patterns of the specs' paths, relative to the directory of the file.
        path: The file, as seen from where we run; `None` where there is none.
        specs_span: Where the patterns stand.
    """

    style: str = ""
    backend: str = ""
    output: Path | None = None
    specs: tuple[str, ...] = ()
    path: Path | None = None
    specs_span: Span = Span("")

    @property
    def root(self) -> Path | None:
        """The directory of the file, which nothing that it names may leave."""
        return None if self.path is None else self.path.parent
