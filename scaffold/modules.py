"""The modules of a package, found by looking: no list of them has to be kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType


def modules_in(package: str) -> Iterator[ModuleType]:
    """Import the modules of a package, in the order of their names.

    `pkgutil` does the same, and takes longer to import than a check may take for it.

    Args:
        package: The full name of a package that is being imported, or has been.
    """
    (directory,) = sys.modules[package].__path__
    names = {
        file.partition(".")[0]
        for file in os.listdir(directory)
        if file.endswith((".py", ".pyc"))
    }
    for name in sorted(names):
        if not name.startswith("_"):
            yield import_module(f"{package}.{name}")
