"""Projects whose modules are imported here: what reads and splits needs no Keras."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from scaffold.kit import ProjectRequest, furnish
from scaffold.output import plan, write
from scaffold.pipeline import Source
from scaffold.spec import preset_path


@contextmanager
def imported(directory: Path, preset: str) -> Iterator[ModuleType]:
    """Makes a project, and imports the module of it that reads files."""
    path = preset_path(preset)
    assert path is not None
    package = f"reads_{preset}"
    source = Source(path.read_bytes(), path.name)
    result, checked = furnish(ProjectRequest(directory / package, source, preset))
    assert result is not None, checked.diagnostics
    assert not write(plan(result))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERAS_BACKEND", "tensorflow")  # which the package would set
        patch.setenv("TF_CPP_MIN_LOG_LEVEL", "2")
        patch.syspath_prepend(directory / package / "src")
        yield import_module(f"{package}.files")
    for name in [
        module for module in sys.modules if module.partition(".")[0] == package
    ]:
        del sys.modules[name]
