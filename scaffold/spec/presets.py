"""The presets: specs that come with keras-scaffold, one file each."""

from __future__ import annotations

from pathlib import Path

from scaffold.resources import resource_directory

DEFAULT = "linear_regression"
"""The preset that is used if no spec is named."""


def preset_names() -> tuple[str, ...]:
    """Return the names of all presets, in alphabetical order."""
    return tuple(
        sorted(path.stem for path in resource_directory("presets").glob("*.yaml"))
    )


def preset_path(name: str) -> Path | None:
    """Return the file of a preset, `None` if there is no such preset."""
    return (
        resource_directory("presets") / f"{name}.yaml"
        if name in preset_names()
        else None
    )
