"""File names that shadow a module, or that Windows reserves."""

from __future__ import annotations

import ast
import os
import re
import sys
from pathlib import Path

_IMPORTED = frozenset(
    """IPython PIL absl astunparse certifi charset_normalizer cloudpickle cycler
    dateutil filelock flatbuffers flax fsspec gast google grpc h5py idna jax
    jaxlib jinja2 joblib keras markdown markdown_it markupsafe matplotlib mdurl
    ml_dtypes mpmath namex narwhals networkx numpy onnx openvino opt_einsum optree
    orbax packaging pandas pkg_resources polars pyarrow pydot pygments pyparsing
    requests rich scipy setuptools six sklearn sympy tensorboard tensorflow
    termcolor threadpoolctl torch torchvision tqdm triton typing_extensions
    urllib3 werkzeug wheel wrapt""".split()
)
"""Third-party modules that Keras and its backends import, some only if installed."""

_OF_WINDOWS = frozenset("aux con nul prn".split()) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)
}
"""Device names on Windows: no file can have one, with any suffix."""


def hides_module(path: Path) -> bool:
    """Return whether a script with this name shadows a module that Keras needs.

    Python searches the directory of a script first: run as a script, `keras.py` imports
    itself, and `random.py` breaks every module that imports `random`. A file in a
    package has its full module name and shadows nothing.
    """
    if path.suffix != ".py" or path.stem == "__init__":
        return False
    if path.stem not in _IMPORTED and path.stem not in sys.stdlib_module_names:
        return False
    return not _is_in_package(path)


def imports_itself(path: Path, text: str) -> bool:
    """Return whether a script imports a module with its own name.

    Args:
        path: The output path of the script.
        text: The source of the script.
    """
    if path.suffix != ".py" or _is_in_package(path):
        return False
    stem = re.escape(path.stem)
    if not re.search(rf"^(from|import) {stem}\b", text, re.MULTILINE):
        return False
    # A line of a docstring may look like an import.
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        if any(name.split(".")[0] == path.stem for name in names):
            return True
    return False


def is_device_of_windows(path: Path) -> bool:
    """Return whether Windows cannot have a file of this name."""
    return path.name.split(".")[0].lower() in _OF_WINDOWS


def _is_in_package(path: Path) -> bool:
    # `Path.exists` raises an error if the path is too long.
    return os.path.lexists(path.parent / "__init__.py")
