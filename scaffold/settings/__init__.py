"""The settings of a project: `[tool.keras-scaffold]` in pyproject.toml.

    settings, diagnostics = read_settings(Path())
    paths = find_specs(settings.specs, settings.root or Path())

Command-line options and environment variables take precedence, in `cli/`.
"""

from scaffold.settings.find import read_settings
from scaffold.settings.patterns import find_specs, pattern_fault, split_pattern
from scaffold.settings.types import DEFAULT_SPECS, Settings

__all__ = [
    "DEFAULT_SPECS",
    "Settings",
    "find_specs",
    "read_settings",
    "split_pattern",
    "pattern_fault",
]
