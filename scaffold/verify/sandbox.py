"""Where a candidate runs: an empty directory, with what it needs within reach."""

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
def importing(places: Sequence[str]) -> Iterator[None]:
    """Let modules be imported from directories, as `python file.py` would.

    Afterwards they are forgotten: two specs may each have a `blocks.py` beside them.
    """
    before, known = list(sys.path), set(sys.modules)
    sys.path[:0] = places
    try:
        yield
    finally:
        sys.path[:] = before
        for name in set(sys.modules) - known:
            # Code may have put anything in there.
            with suppress(Exception):
                if is_from(sys.modules[name].__file__ or "", places, before):
                    del sys.modules[name]
                    forget_objects(name)


def forget_objects(module: str) -> None:
    """Have Keras forget the classes and functions of a module, known to it by name."""
    if keras := sys.modules.get("keras"):
        known = keras.saving.get_custom_objects()
        for name, registered in list(known.items()):
            if getattr(registered, "__module__", None) == module:
                del known[name]


def is_from(origin: str, places: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether a module comes from one of some places, rather than from others.

    An environment may lie below the directory of a spec: the nearer of them counts.
    """
    above = {str(parent) for parent in Path(origin).parents}
    near = [place for place in (*places, *others) if place in above]
    return bool(near) and max(near, key=len) not in others


def furnish(directory: Path, text: str, places: Sequence[str]) -> None:
    """Put links where code will look for files that it names, such as vocabularies.

    Args:
        directory: The directory that the code will run in.
        text: The code. Only relative names that do not lead upwards are looked for.
        places: Where the files may be.
    """
    for name in sorted(_names(text)):
        for place in places:
            there = Path(place, name)
            with suppress(OSError):
                if there.is_file():
                    here = directory / name
                    here.parent.mkdir(parents=True, exist_ok=True)
                    _link(there, here)
                    break


def _link(there: Path, here: Path) -> None:
    """Link to a file, or copy it: on Windows, only some users may make links."""
    try:
        os.symlink(there, here)
    except OSError:
        shutil.copyfile(there, here)


def _names(text: str) -> set[str]:
    """Return all strings of a module that could be the name of a file."""
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        return {
            node.value
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and _is_name(node.value)
        }
    return set()


def _is_name(text: str) -> bool:
    path = Path(text)
    is_within = not path.is_absolute() and ".." not in path.parts
    return 0 < len(text) <= _LONGEST_NAME and text.isprintable() and is_within
