"""Build the catalogue: `python -m scaffold.catalogue.introspect [-o DIR]`."""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import tempfile
from pathlib import Path

from scaffold.catalogue.catalogue import BUNDLED
from scaffold.catalogue.introspect.functions import describe_functions
from scaffold.catalogue.introspect.installed import MODULES, keras
from scaffold.catalogue.introspect.layers import describe_layers
from scaffold.catalogue.introspect.methods import describe_methods
from scaffold.catalogue.introspect.objects import describe_objects
from scaffold.catalogue.introspect.reserved import reserved_names
from scaffold.catalogue.introspect.writing import write_meta, write_registry
from scaffold.catalogue.types import KerasCallable, Registry


def build(directory: Path | None = None) -> Path:
    """Build the catalogue of the installed Keras.

    Args:
        directory: The directory of its files. Default: with the bundled catalogues.

    Returns:
        The directory.
    """
    version = keras().version()
    short = ".".join(version.split(".")[:2])
    target = (directory or BUNDLED / f"keras-{short}").absolute()
    # Some callbacks create directories, so run in a temporary one.
    with tempfile.TemporaryDirectory() as scratch, contextlib.chdir(scratch):
        described = {registry: _describe(registry) for registry in MODULES}
        described["methods"] = describe_methods()
        reserved = reserved_names()
    for registry, callables in described.items():
        write_registry(target / f"{registry}.json", callables)
    write_meta(target / "meta.json", version, reserved)
    return target


_NEEDED = {"keras": "Keras", "tensorflow": "TensorFlow", "scipy": "SciPy"}
_LOST = "some objects of Keras fail and would be marked unusable: install it first"


def _describe(registry: Registry) -> list[KerasCallable]:
    if registry == "layers":
        return describe_layers()
    if registry in ("ops", "activations"):
        return describe_functions(registry)
    return describe_objects(registry)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m scaffold.catalogue.introspect",
        description="Build the catalogue of the installed Keras.",
    )
    parser.add_argument(
        "-o",
        dest="directory",
        metavar="DIR",
        type=Path,
        help="directory to write to (default: with the bundled catalogues)",
    )
    directory = parser.parse_args().directory
    for module, name in _NEEDED.items():
        if importlib.util.find_spec(module) is None:
            parser.error(f"{name} is missing; without it, {_LOST}")
    build(directory)


if __name__ == "__main__":
    main()
