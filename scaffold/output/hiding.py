"""Names of files that would hide a module from the script that lies there."""

from __future__ import annotations

import sys
from pathlib import Path

_OF_KERAS = frozenset(
    """absl flax h5py jax jaxlib keras markdown_it ml_dtypes namex numpy optree orbax
    packaging pygments rich scipy tensorflow torch""".split()
)
"""What generated code, Keras and its backends import besides the standard library."""


def hides_module(path: Path) -> bool:
    """Tells whether a script of that name could not import what it needs.

    Python looks for modules beside a script first: run as a script, `keras.py` imports
    itself, and `random.py` breaks whatever needs `random`. A file of a package is known
    by its full name, and hides nothing.
    """
    if path.suffix != ".py" or path.stem == "__init__":
        return False
    stem = path.stem
    if stem not in _OF_KERAS and stem not in sys.stdlib_module_names:
        return False
    return not (path.parent / "__init__.py").exists()
