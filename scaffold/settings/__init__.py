"""What a project says once for all commands: `[tool.keras-scaffold]` of pyproject.toml.

    settings, found = read_settings(Path())
    paths = find_specs(settings.specs, settings.root or Path())

A command line and the environment come before them; `cli/` sees to that.
"""

from scaffold.settings.find import read_settings
from scaffold.settings.patterns import find_specs, split_pattern
from scaffold.settings.types import USUAL_SPECS, Settings

__all__ = ["USUAL_SPECS", "Settings", "find_specs", "read_settings", "split_pattern"]
