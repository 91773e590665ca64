"""Tries the tool with another version of Keras: `make next-keras VERSION=3.14`.

Creates an environment with that Keras in `build/next-keras/VERSION`, and builds its
catalogue there. Prints the differences from the bundled catalogue; then checks and
writes every preset with the new catalogue, in each style, and builds the written files
with that Keras. The project does not change: `make catalogue` updates it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from scaffold.catalogue import load
from scaffold.catalogue.catalogue import ENVIRONMENT
from scaffold.spec import preset_names
from tests.catalogue.differences import differences
from tests.catalogue.facts import undescribed, unknown_names

ROOT = Path(__file__).parent.parent
STYLES = ("sequential", "functional", "subclass")
NEWEST = "newest"
NO_STYLE = "KS50"
"""The prefix of codes for models that a style cannot express."""

BUILD = """
import importlib, sys, traceback
from pathlib import Path

directory = Path(sys.argv[1])
sys.path.insert(0, str(directory))
for path in sorted(directory.glob("*.py")):
    try:
        module = importlib.import_module(path.stem)
        module.compile_model(module.build_model())
    except Exception:
        print(path.stem, traceback.format_exc(limit=-3), sep=": ")
"""


class Stopped(Exception):
    """A required step failed; the message is its output."""


def run(*command: str | Path, catalogue: Path | None = None) -> str:
    """Run a command in the repository, and return its standard output.

    Raises:
        Stopped: If it fails.
    """
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    variables.pop(ENVIRONMENT, None)
    if catalogue is not None:
        variables[ENVIRONMENT] = str(catalogue)
    done = subprocess.run(
        [*map(str, command)], cwd=ROOT, env=variables, capture_output=True, text=True
    )
    if done.returncode:
        raise Stopped(f"{done.stdout}{done.stderr}".strip()[-3000:])
    return done.stdout


def environment(directory: Path, version: str) -> Path:
    """Create an environment with a version of Keras, and return its Python.

    The project is not installed into it, since generated files need only Keras.
    """
    python = directory / "environment" / "bin" / "python"
    if not python.exists():
        run(sys.executable, "-m", "venv", directory / "environment")
    wanted = f"keras=={version}" if version.count(".") > 1 else f"keras=={version}.*"
    if version == NEWEST:
        wanted = "keras"
    install = ("install", "--quiet", "--disable-pip-version-check", "--upgrade")
    run(python, "-m", "pip", *install, wanted, "tensorflow", "scipy")
    return python


def written(catalogue: Path, target: Path) -> Iterator[str]:
    """Check every preset, and write it in each style that can express it.

    Yields:
        The failures.
    """
    tool = (sys.executable, "-m", "scaffold")
    for preset in preset_names():
        try:
            run(*tool, "check", preset, catalogue=catalogue)
        except Stopped as fault:
            yield f"check {preset}: {fault}"
            continue
        for style in STYLES:
            file = target / f"{preset}_{style}.py"
            new = ("new", preset, "--style", style, "--force", "-o", file)
            try:
                run(*tool, *new, catalogue=catalogue)
            except Stopped as fault:
                if NO_STYLE not in str(fault):
                    yield f"new {preset} --style {style}: {fault}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Create the environment, and print the differences and failures."""
    parser = argparse.ArgumentParser(description="Try the tool with another Keras.")
    parser.add_argument(
        "version",
        nargs="?",
        default=NEWEST,
        help="a version of Keras, such as 3.14 or 3.14.1 (default: the newest)",
    )
    version = parser.parse_args(arguments).version
    directory = ROOT / "build" / "next-keras" / version
    catalogue, target = directory / "catalogue", directory / "models"
    target.mkdir(parents=True, exist_ok=True)
    for path in target.glob("*.py"):
        path.unlink()
    try:
        python = environment(directory, version)
        message = f"building the catalogue of Keras {version}: this takes minutes"
        print(message, flush=True)
        run(python, "-m", "scaffold.catalogue.introspect", "-o", catalogue)
    except Stopped as fault:
        print(fault)
        return 1
    os.environ.pop(ENVIRONMENT, None)
    bundled, other = load(), load(catalogue)
    print(f"Keras {bundled.version} -> {other.version}")
    print(*differences(bundled, other), sep="\n")
    faults = [f"facts, {name}: Keras has no such name" for name in unknown_names(other)]
    faults += [f"families.toml: no line about {name}" for name in undescribed(other)]
    faults += written(catalogue, target)
    faults += run(python, "-c", BUILD, target).splitlines()
    count = len([*target.glob("*.py")])
    print(f"{len(preset_names())} presets checked, {count} files written and built")
    print(*(faults or ["no failures"]), sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
