"""Reading of layer specs in YAML, JSON or TOML."""

from scaffold.spec.overrides import override, with_methods
from scaffold.spec.presets import DEFAULT, preset_names, preset_path
from scaffold.spec.reader import SUFFIXES, Notation, ReadResult, read, read_tree
from scaffold.spec.types import Spec

__all__ = [
    "DEFAULT",
    "SUFFIXES",
    "Notation",
    "ReadResult",
    "Spec",
    "override",
    "preset_names",
    "preset_path",
    "read",
    "read_tree",
    "with_methods",
]
