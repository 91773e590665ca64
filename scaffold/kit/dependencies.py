"""The files beside a spec that it depends on: its layers' modules and its examples."""

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
from scaffold.kit.types import ProjectLayout

_ALWAYS_INSTALLED = frozenset(
    "click keras matplotlib numpy pandas scipy sklearn".split()
)
"""The packages that every project requires."""

MAX_BYTES = 2**26
"""The maximum size of the files copied into a project, in bytes (64 MiB)."""


class SpecDependencies(NamedTuple):
    """The files and packages that a project needs besides its spec.

    Attributes:
        sources: The user's own modules (`layers.py`) and packages (`parts`).
        files: The contents of all copied files, by their paths next to these modules.
        needs: The installed packages that the modules import, as requirements.
        data: The path of the file of examples in the package; `""` without such a file.
        diagnostics: Warnings of modules that were not found.
    """

    sources: tuple[str, ...]
    files: dict[str, bytes]
    needs: tuple[str, ...]
    data: str
    diagnostics: tuple[Diagnostic, ...]


def find_dependencies(
    model: ModelIR, layout: ProjectLayout, backend: str
) -> SpecDependencies:
    """Find the modules and the examples beside a spec that it names.

    Args:
        model: The model of the spec.
        layout: The directories and modules of the project.
        backend: The backend of Keras, which the project requires anyway.

    Raises:
        Refused: A module cannot have its name in the project (KS625), or a file is
            missing or too large (KS626).
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
        if name in layout.modules or name in TAKEN:
            raise Refused(_clash(name, layout, span))
        sources.append(name if paths[0].parent != directory else f"{name}.py")
        for path in paths:
            content = _read(path, span, files)
            files[path.relative_to(directory).as_posix()] = content
            queue.extend((other, span) for other in _imported(content))
    data = _data(model, directory, layout.package, files)
    needs, diagnostics = _needs(
        {name: outside[name] for name in outside.keys() - {*_ALWAYS_INSTALLED, backend}}
    )
    return SpecDependencies(tuple(sorted(sources)), files, needs, data, diagnostics)


def _sources(directory: Path, name: str) -> list[Path]:
    """List the files of a package or a module, in the order of Python's search."""
    folder, module = directory / name, directory / f"{name}.py"
    if module.is_file() and not (folder / "__init__.py").is_file():
        return [module]
    return sorted(folder.rglob("*.py")) if folder.is_dir() else []


def _read(path: Path, span: Span, files: dict[str, bytes]) -> bytes:
    left = MAX_BYTES - sum(map(len, files.values()))
    try:
        if not path.is_file():  # reading a FIFO would block
            raise FileNotFoundError(ENOENT, "no such file")
        with path.open("rb") as file:
            content = file.read(left + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"`{path}` cannot be read: {reason}"
        help_ = "put the file beside the spec"
        raise Refused(Diagnostic("KS626", message, span, help_)) from error
    if len(content) > left:
        message = f"`{path}` is too large to be copied into the project"
        help_ = (
            "remove it from the spec, and pass it to the project with `train --data`"
        )
        raise Refused(Diagnostic("KS626", message, span, help_))
    return content


def _imported(content: bytes) -> Iterator[str]:
    """Return the top-level names that a module imports, without relative imports."""
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return  # Python reports the error when the module is imported
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.partition(".")[0]


def _data(
    model: ModelIR, directory: Path, package: str, files: dict[str, bytes]
) -> str:
    """Copy the spec's file of examples; return its path next to `model.py`."""
    data = model.train and model.train.data
    if model.train is None or not isinstance(data, Constant):
        return ""
    path = str(data.value)
    if os.path.isabs(path):
        return path
    target = PurePath(os.path.normpath(os.path.join(package, path))).as_posix()
    if target.startswith(".."):
        message = f"`{path}` would be outside the project"
        help_ = "put the file beside the spec or in a subdirectory"
        raise Refused(Diagnostic("KS626", message, model.train.span, help_))
    files[target] = _read(directory / path, model.train.span, files)
    return path


def _needs(
    outside: dict[str, Span],
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return the installed packages of modules, and warnings of missing ones."""
    if not outside:
        return (), ()
    # This import is slow, and few specs need it.
    from importlib.metadata import PackageNotFoundError, packages_distributions, version

    known = packages_distributions()
    needs, diagnostics = [], []
    for name, span in sorted(outside.items()):
        try:
            package = known[name][0]
            needs.append(f"{package}>={version(package).partition('+')[0]}")
        except (KeyError, PackageNotFoundError):
            message = f"the module `{name}` is neither beside the spec nor installed"
            help_ = "put it beside the spec, or add its package to `dependencies`"
            diagnostics.append(Diagnostic("KS627", message, span, help_, "warning"))
    return tuple(needs), tuple(diagnostics)


def _clash(name: str, layout: ProjectLayout, span: Span) -> Diagnostic:
    message = f"`{name}` beside the spec cannot have this name in a project"
    if name == layout.package:
        help_ = "rename the project's directory: its package has the same name"
    elif name in layout.modules:
        help_ = f"rename the module: the project has its own `{name}.py`"
    else:
        help_ = "rename the module: the project uses another package with that name"
    return Diagnostic("KS625", message, span, help_)
