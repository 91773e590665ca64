"""Locate the files that are part of the tool: templates and presets."""

from __future__ import annotations

from pathlib import Path


def resource_directory(kind: str) -> Path:
    """Return a directory of templates or presets.

    Args:
        kind: The name of a directory in `templates/`: `model`, `parts`, `kit`,
            `editor`, `completion` or `presets`.

    Returns:
        The directory, which is inside the package in a wheel, else beside it.
    """
    package = Path(__file__).parent
    inside = package / "templates"
    root = inside if inside.is_dir() else package.parent / "templates"
    return root / kind
