"""What lies beside a spec: the modules of its layers, and its examples."""

from __future__ import annotations

import ast
import os
import sys
from collections import deque
from collections.abc import Iterator
from errno import ENOENT
from pathlib import Path, PurePath
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.ir import ModelIR
from scaffold.ir.types import Constant
from scaffold.kit.naming import TAKEN

_GIVEN = frozenset("click keras matplotlib numpy pandas scipy sklearn".split())
"""What every project has."""

MOST_BYTES = 2**26
"""What is copied into a project has at most so many bytes (64 MiB)."""


class SpecDependencies(NamedTuple):
    """What a project needs besides its spec.

    Attributes:
        sources: The user's own modules (`layers.py`) and packages (`parts`).
        files: All that is copied below `src`, by its path there.
        needs: The installed packages that the modules import, as requirements.
        data: The file of examples, below the package; `""` for none.
        diagnostics: What could not be found.
    """

    sources: tuple[str, ...]
    files: dict[str, bytes]
    needs: tuple[str, ...]
    data: str
    diagnostics: tuple[Diagnostic, ...]


def look_beside(model: ModelIR, package: str, backend: str) -> SpecDependencies:
    """Find the modules and the examples that a spec names, beside it.

    Args:
        model: The spec's model.
        package: The name of the project's package.
        backend: What runs it, which it has anyway.

    Raises:
        Refused: A module cannot have its name in the project (KS625), or the examples
            are not there or too many (KS626).
    """
    directory = Path(model.path).parent
    files: dict[str, bytes] = {}
    sources: list[str] = []
    outside: dict[str, Span] = {}
    queue = deque(
        (imported.module.partition(".")[0], imported.span) for imported in model.imports
    )
    seen = set(sys.stdlib_module_names)
    while queue:
        name, span = queue.popleft()
        if name in seen:
            continue
        seen.add(name)
        paths = _sources(directory, name)
        if not paths:
            outside[name] = span
            continue
        if name == package or name in TAKEN:
            raise Refused(_clash(name, package, span))
        sources.append(name if paths[0].parent != directory else f"{name}.py")
        for path in paths:
            content = _read(path, span, files)
            files[path.relative_to(directory).as_posix()] = content
            queue.extend((other, span) for other in _imported(content))
    data = _data(model, directory, package, files)
    needs, diagnostics = _needs(
        {name: outside[name] for name in outside.keys() - {*_GIVEN, backend}}
    )
    return SpecDependencies(tuple(sorted(sources)), files, needs, data, diagnostics)


def _sources(directory: Path, name: str) -> list[Path]:
    """List the files of a package or a module, in the order in which Python looks."""
    folder, module = directory / name, directory / f"{name}.py"
    if module.is_file() and not (folder / "__init__.py").is_file():
        return [module]
    return sorted(folder.rglob("*.py")) if folder.is_dir() else []


def _read(path: Path, span: Span, files: dict[str, bytes]) -> bytes:
    left = MOST_BYTES - sum(map(len, files.values()))
    try:
        if not path.is_file():  # a FIFO would have us wait
            raise FileNotFoundError(ENOENT, "there is no such file")
        with path.open("rb") as file:
            content = file.read(left + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"`{path}` cannot be read: {reason}"
        help_ = "put the file there: what a spec names lies beside it"
        raise Refused(Diagnostic("KS626", message, span, help_)) from error
    if len(content) > left:
        message = f"`{path}` is too large to be copied into the project"
        help_ = "leave it out of the spec; the project takes it as `train --data`"
        raise Refused(Diagnostic("KS626", message, span, help_))
    return content


def _imported(content: bytes) -> Iterator[str]:
    """Return the first names of what a module imports, but for its own package."""
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return  # Python says so when it is imported
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.partition(".")[0]


def _data(
    model: ModelIR, directory: Path, package: str, files: dict[str, bytes]
) -> str:
    """Copy the file that the spec trains on; return its path below the package."""
    data = model.train and model.train.data
    if model.train is None or not isinstance(data, Constant):
        return ""
    path = str(data.value)
    if os.path.isabs(path):
        return path
    place = PurePath(os.path.normpath(f"{package}/{path}")).as_posix()
    if place.startswith(".."):
        message = f"`{path}` would be outside of the project"
        help_ = "put the file beside the spec, or below"
        raise Refused(Diagnostic("KS626", message, model.train.span, help_))
    files[place] = _read(directory / path, model.train.span, files)
    return path


def _needs(
    outside: dict[str, Span],
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Find the installed packages that modules come from."""
    if not outside:
        return (), ()
    # Few specs come here, and this import takes a while.
    from importlib.metadata import PackageNotFoundError, packages_distributions, version

    known = packages_distributions()
    needs, diagnostics = [], []
    for name, span in sorted(outside.items()):
        try:
            package = known[name][0]
            needs.append(f"{package}>={version(package).partition('+')[0]}")
        except (KeyError, PackageNotFoundError):
            message = f"the module `{name}` is neither beside the spec nor installed"
            help_ = "put it beside the spec, or its package into `dependencies`"
            diagnostics.append(Diagnostic("KS627", message, span, help_, "warning"))
    return tuple(needs), tuple(diagnostics)


def _clash(name: str, package: str, span: Span) -> Diagnostic:
    message = f"`{name}`, beside the spec, cannot have that name in a project"
    if name == package:
        help_ = "give the project's directory another name: its package has this one"
    else:
        help_ = "rename the module: the project uses another package of that name"
    return Diagnostic("KS625", message, span, help_)
