"""Where the files are that come with the tool: templates and presets."""

from __future__ import annotations

from pathlib import Path


def resource_directory(kind: str) -> Path:
    """Return a directory of the tool's own files.

    Args:
        kind: `model`, `parts`, `kit` or `editor` (templates of code, projects and
            settings), or `presets`.

    Returns:
        The directory: inside of the package in a wheel, else beside it.
    """
    package = Path(__file__).parent
    inside = package / "templates"
    root = inside if inside.is_dir() else package.parent / "templates"
    return root / kind
