"""The specs that a user names: files, standard input, presets."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from scaffold.diagnostics import Diagnostic, Refused, Span, suggest
from scaffold.pipeline import Source
from scaffold.spec import preset_names, preset_path
from scaffold.spec.limits import MOST_BYTES

_ALL = "`keras-scaffold presets` lists the presets"


def find_source(named: str) -> Source:
    """Finds a spec: `-` is standard input, a bare name may be a preset.

    Args:
        named: What the user gave. A file comes before a preset of the same name.

    Raises:
        Refused: There is no such file or preset, or it cannot be read.
    """
    if named == "-":
        return Source(sys.stdin.buffer.read(MOST_BYTES + 1), "-")
    path = Path(named)
    if named in preset_names() and not path.is_file():
        return find_preset(named)
    try:
        with path.open("rb") as file:
            # One byte more than is allowed shows that there are too many.
            data = file.read(MOST_BYTES + 1)
            return Source(data, named)
    except (OSError, ValueError) as error:
        raise Refused(_unreadable(named, error)) from error


def find_sources(named: Iterable[str]) -> tuple[dict[str, Source], list[Diagnostic]]:
    """Finds specs, and goes on where one is not there.

    Args:
        named: What the user gave, each once.

    Returns:
        Each spec that can be read by its name, and what is wrong with the others.
    """
    sources: dict[str, Source] = {}
    found: list[Diagnostic] = []
    for name in named:
        try:
            sources[name] = find_source(name)
        except Refused as refused:
            found += refused.found
    return sources, found


def find_preset(name: str) -> Source:
    """Finds a preset.

    Raises:
        Refused: There is no preset of that name.
    """
    path = preset_path(name)
    if path is None:
        near = suggest(name, preset_names())
        help_ = _ALL
        if near:
            help_ = f"did you mean `{near[0]}`?"
        message = f"there is no preset `{name}`"
        raise Refused(Diagnostic("KS101", message, Span(name), help_))
    return Source(path.read_bytes(), path.name)


def _unreadable(named: str, error: Exception) -> Diagnostic:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    message = f"the spec cannot be read: {(reason or 'unknown').lower()}"
    help_ = ""
    if isinstance(error, FileNotFoundError):
        near = suggest(named, preset_names())
        help_ = _ALL
        if near:
            help_ = f"did you mean the preset `{near[0]}`?"
    return Diagnostic("KS101", message, Span(named), help_)
