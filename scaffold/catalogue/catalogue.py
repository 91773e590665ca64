"""The catalogue at run time: reads the JSON files, each when it is first asked for."""

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
"""The environment variable that names another catalogue's directory."""

BUNDLED = Path(__file__).parent / "data"
"""Where the catalogues that come with the tool are, one directory per version."""


class CatalogueError(Exception):
    """The catalogue is missing or broken; the message says which file, and how."""


def load(directory: Path | None = None) -> Catalogue:
    """Open a catalogue.

    Args:
        directory: Where its files are. Default: what the environment variable
            `KERAS_SCAFFOLD_CATALOGUE` names, else the newest one that is bundled.

    Raises:
        CatalogueError: There is no catalogue there, or it cannot be read.
    """
    if directory is None:
        named = os.environ.get(ENVIRONMENT)
        directory = Path(named) if named else _newest_bundled()
    return Catalogue(directory)


class Catalogue:
    """What one version of Keras offers.

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
        self._shelves: dict[Registry, _Shelf] = {}

    def find(self, registry: Registry, name: str) -> KerasCallable | None:
        """Return the callable of that main name or alias, `None` where there is none.

        Raises:
            CatalogueError: The registry's file is missing or broken.
        """
        return self._shelf(registry).find(name)

    def find_string(self, registry: Registry, string: str) -> KerasCallable | None:
        """Return what Keras makes of a string, such as `relu` in `activations`.

        Raises:
            CatalogueError: The registry's file is missing or broken.
        """
        shelf = self._shelf(registry)
        name = shelf.strings.get(string)
        return None if name is None else shelf.find(name)

    def names(self, registry: Registry) -> tuple[str, ...]:
        """Return all main names, in alphabetical order.

        Raises:
            CatalogueError: The registry's file is missing or broken.
        """
        return tuple(self._shelf(registry).records)

    def aliases(self, registry: Registry) -> Mapping[str, str]:
        """Return the main name for each alias.

        Raises:
            CatalogueError: The registry's file is missing or broken.
        """
        return self._shelf(registry).aliases

    def strings(self, registry: Registry) -> tuple[str, ...]:
        """Return every string that Keras accepts in place of an object.

        Raises:
            CatalogueError: The registry's file is missing or broken.
        """
        return tuple(self._shelf(registry).strings)

    def _shelf(self, registry: Registry) -> _Shelf:
        shelf = self._shelves.get(registry)
        if shelf is None:
            shelf = _Shelf(self._directory / f"{registry}.json", registry)
            self._shelves[registry] = shelf
        return shelf


class _Shelf:
    """One registry: its records as read, and the callables made of them so far."""

    def __init__(self, path: Path, registry: Registry) -> None:
        if registry not in get_args(Registry):
            raise CatalogueError(f"Keras has no family of objects named {registry!r}.")
        self.records: dict[str, dict[str, Any]] = _read(path)
        self.aliases: dict[str, str] = {}
        self.strings: dict[str, str] = {}
        self._path = path
        self._registry = registry
        self._made: dict[str, KerasCallable] = {}
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
        if name not in self._made:
            if name not in self.records:
                return None
            try:
                target = callable_from(name, self._registry, self.records[name])
            except (AttributeError, KeyError, TypeError) as error:
                raise _broken(self._path, error) from error
            self._made[name] = target
        return self._made[name]


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
