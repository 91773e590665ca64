"""The settings of a project: `[tool.keras-scaffold]` in pyproject.toml.

    settings, diagnostics = read_settings(Path())
    paths = find_specs(settings.specs, settings.root or Path())

Command-line options and environment variables take precedence, in `cli/`.
"""

from scaffold.settings.find import read_settings
from scaffold.settings.patterns import find_specs, split_pattern, why_no_pattern
from scaffold.settings.types import USUAL_SPECS, Settings

__all__ = [
    "USUAL_SPECS",
    "Settings",
    "find_specs",
    "read_settings",
    "split_pattern",
    "why_no_pattern",
]
