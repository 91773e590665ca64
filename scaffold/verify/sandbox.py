"""Prepares the import path and the directory that a candidate runs in."""

from __future__ import annotations

import ast
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

_LONGEST_NAME = 200


@contextmanager
def importing(directories: Sequence[str]) -> Iterator[None]:
    """Make the modules in some directories importable, as with `python file.py`.

    On exit these modules are removed: two specs may each have their own `blocks.py`.
    """
    before, known = list(sys.path), set(sys.modules)
    sys.path[:0] = directories
    try:
        yield
    finally:
        sys.path[:] = before
        for name in set(sys.modules) - known:
            # Code may have stored any object in `sys.modules`.
            with suppress(Exception):
                if is_from(sys.modules[name].__file__ or "", directories, before):
                    del sys.modules[name]
                    forget_objects(name)


def forget_objects(module: str) -> None:
    """Remove the classes and functions of a module from the registry of Keras."""
    if keras := sys.modules.get("keras"):
        known = keras.saving.get_custom_objects()
        for name, registered in list(known.items()):
            if getattr(registered, "__module__", None) == module:
                del known[name]


def is_from(origin: str, directories: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether a file is in one of `directories`, rather than in one of `others`.

    An environment may be below the directory of a spec: the nearest directory counts.
    """
    above = {str(parent) for parent in Path(origin).parents}
    containing = [
        directory for directory in (*directories, *others) if directory in above
    ]
    return bool(containing) and max(containing, key=len) not in others


def link_files(directory: Path, text: str, directories: Sequence[str]) -> None:
    """Link the files that code names, such as vocabularies, into its directory.

    Args:
        directory: The directory that the code will run in.
        text: The code. Only relative names without `..` are linked.
        directories: The directories in which the files are searched.
    """
    for name in sorted(_file_names(text)):
        for folder in directories:
            source = Path(folder, name)
            with suppress(OSError):
                if source.is_file():
                    target = directory / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    _link(source, target)
                    break


def _link(source: Path, target: Path) -> None:
    """Link to a file, or copy it: on Windows, not every user may create links."""
    try:
        os.symlink(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _file_names(text: str) -> set[str]:
    """Return all strings of a module that could be the name of a file."""
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        return {
            node.value
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and _is_file_name(node.value)
        }
    return set()


def _is_file_name(text: str) -> bool:
    path = Path(text)
    is_within = not path.is_absolute() and ".." not in path.parts
    return 0 < len(text) <= _LONGEST_NAME and text.isprintable() and is_within
