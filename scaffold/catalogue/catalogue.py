"""Read the catalogue; each JSON file is read when it is first needed."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from scaffold.bounded_read import LARGEST_FILE, read_start
from scaffold.catalogue.records import callable_from
from scaffold.catalogue.types import KerasCallable, Registry

ENVIRONMENT = "KERAS_SCAFFOLD_CATALOGUE"
"""The environment variable for the directory of another catalogue."""

BUNDLED = Path(__file__).parent / "data"
"""The directory of the bundled catalogues, with a directory for each version."""


class CatalogueError(Exception):
    """The catalogue is missing or broken; the message names the file and the reason."""


def load(directory: Path | None = None) -> Catalogue:
    """Open a catalogue.

    Args:
        directory: The directory of its files. Default: the value of the environment
            variable `KERAS_SCAFFOLD_CATALOGUE`, or the newest bundled catalogue.

    Raises:
        CatalogueError: The catalogue does not exist or cannot be read.
    """
    if directory is None:
        named = os.environ.get(ENVIRONMENT)
        directory = Path(named) if named else _newest_bundled()
    return Catalogue(directory)


class Catalogue:
    """The API of one version of Keras.

    Attributes:
        version: The Keras version it was built from, such as `3.15.1`.
        reserved: The attributes that `keras.Model` and `keras.layers.Layer` use
            themselves, which a subclass must not overwrite.
    """

    def __init__(self, directory: Path) -> None:
        """Open the catalogue in `directory`; its registries are read when needed.

        Raises:
            CatalogueError: `meta.json` is missing or broken.
        """
        meta = _read(directory / "meta.json")
        try:
            self.version: str = meta["keras"]
            self.reserved: frozenset[str] = frozenset(meta["reserved"])
        except (KeyError, TypeError) as error:
            raise _broken(directory / "meta.json", error) from error
        self._directory = directory
        self._registries: dict[Registry, _RegistryFile] = {}

    def find(self, registry: Registry, name: str) -> KerasCallable | None:
        """Return the callable with a main name or alias, `None` if there is none.

        Raises:
            CatalogueError: The registry's file is missing or broken.
        """
        return self._registry_file(registry).find(name)

    def find_string(self, registry: Registry, string: str) -> KerasCallable | None:
        """Return the callable for a string, such as `relu` in `activations`.

        Raises:
            CatalogueError: The registry's file is missing or broken.
        """
        registry_file = self._registry_file(registry)
        name = registry_file.strings.get(string)
        return None if name is None else registry_file.find(name)

    def names(self, registry: Registry) -> tuple[str, ...]:
        """Return all main names, in alphabetical order.

        Raises:
            CatalogueError: The registry's file is missing or broken.
        """
        return tuple(self._registry_file(registry).records)

    def aliases(self, registry: Registry) -> Mapping[str, str]:
        """Return the main name for each alias.

        Raises:
            CatalogueError: The registry's file is missing or broken.
        """
        return self._registry_file(registry).aliases

    def strings(self, registry: Registry) -> tuple[str, ...]:
        """Return every string that Keras accepts in place of an object.

        Raises:
            CatalogueError: The registry's file is missing or broken.
        """
        return tuple(self._registry_file(registry).strings)

    def _registry_file(self, registry: Registry) -> _RegistryFile:
        registry_file = self._registries.get(registry)
        if registry_file is None:
            registry_file = _RegistryFile(
                self._directory / f"{registry}.json", registry
            )
            self._registries[registry] = registry_file
        return registry_file


class _RegistryFile:
    """A registry: its records, and the callables created from them so far."""

    def __init__(self, path: Path, registry: Registry) -> None:
        if registry not in get_args(Registry):
            raise CatalogueError(f"Keras has no family of objects named {registry!r}.")
        self.records: dict[str, dict[str, Any]] = _read(path)
        self.aliases: dict[str, str] = {}
        self.strings: dict[str, str] = {}
        self._path = path
        self._registry = registry
        self._callables: dict[str, KerasCallable] = {}
        try:
            for name, record in self.records.items():
                for alias in record.get("aliases", ()):
                    self.aliases[alias] = name
                for string in record.get("strings", ()):
                    self.strings[string] = name
        except (AttributeError, TypeError) as error:
            raise _broken(path, error) from error

    def find(self, name: str) -> KerasCallable | None:
        name = self.aliases.get(name, name)
        if name not in self._callables:
            if name not in self.records:
                return None
            try:
                target = callable_from(name, self._registry, self.records[name])
            except (AttributeError, KeyError, TypeError) as error:
                raise _broken(self._path, error) from error
            self._callables[name] = target
        return self._callables[name]


def _newest_bundled() -> Path:
    directories = [path for path in BUNDLED.glob("keras-*") if path.is_dir()]
    if not directories:
        raise CatalogueError(f"No catalogue of Keras is bundled in {BUNDLED}.")
    return max(directories, key=_version_of)


def _version_of(directory: Path) -> tuple[int, ...]:
    numbers = directory.name.removeprefix("keras-").split(".")
    return tuple(int(number) if number.isdecimal() else -1 for number in numbers)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(read_start(path, LARGEST_FILE))
    except FileNotFoundError as error:
        raise CatalogueError(
            f"The Keras catalogue has no file {path}; "
            "`python -m scaffold.catalogue.introspect -o DIR` builds one."
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise _broken(path, error) from error
    if not isinstance(content, dict):
        raise _broken(path, "it does not contain a JSON object")
    return content


def _broken(path: Path, reason: object) -> CatalogueError:
    return CatalogueError(f"The Keras catalogue file {path} cannot be used: {reason}.")
