"""Discover the modules of a package, so that no list of them is needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType


def modules_in(package: str) -> Iterator[ModuleType]:
    """Import the modules of a package, in alphabetical order.

    `pkgutil` does the same, but importing it would slow down each command.

    Args:
        package: The full name of a package that is imported, at least in part.
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
