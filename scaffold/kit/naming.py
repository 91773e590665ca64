"""The name of a project's package, from the name of its directory."""

from __future__ import annotations

import keyword
import re
import sys
from pathlib import Path

from scaffold.diagnostics import Diagnostic, Refused, Span

_LONGEST = 30

TAKEN = frozenset(
    """absl activate black click dateutil google h5py hatchling jax jaxlib keras
    matplotlib mypy numpy onnx onnxruntime namex networkx optree packaging pandas
    pip pil pytest python python3 requests rich ruff scaffold scipy setuptools
    sklearn src tensorboard six sympy tensorflow test tests tf2onnx torch tqdm wheel
    wrapt yaml""".split()
)
"""The names that a project imports or contains besides its package."""


def package_name(directory: Path) -> str:
    """Return the name of the package of a project in a directory.

    Args:
        directory: The directory of the project; `-` and spaces become `_`.

    Raises:
        Refused: Python cannot import a package of that name (KS608). The help proposes
            a name that it can import.
    """
    directory_name = directory.resolve().name
    name = re.sub(r"[-\s.]+", "_", directory_name).lower()
    reason = _reason(name)
    if not reason:
        return name
    message = f"`{directory_name}` cannot be a package: {reason}"
    proposal = directory.parent / _proposal(name)
    help_ = f"use another name, such as `keras-scaffold init {proposal}`"
    raise Refused(Diagnostic("KS608", message, Span(str(directory)), help_))


def _reason(name: str) -> str:
    """Return why a package cannot have a name; `""` if it can."""
    if not name.isascii() or not name.isidentifier():
        return "use ASCII letters, digits and _, and do not start with a digit"
    if len(name) > _LONGEST:
        return f"it is longer than {_LONGEST} characters"
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        return "it is a Python keyword"
    if name in sys.stdlib_module_names:
        return "it is a standard library module"
    if name in TAKEN:
        return "the project uses another package with that name"
    return ""


def _proposal(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", name)
    proposed = "_".join(words)[: _LONGEST - len("my_")].strip("_") or "model"
    if proposed[0].isdigit() or _reason(proposed):
        proposed = f"my_{proposed}"
    return proposed
