"""The file a user writes: a layer spec, in YAML, JSON or TOML."""

from scaffold.spec.reader import Notation, Reading, read
from scaffold.spec.types import Spec

__all__ = ["Notation", "Reading", "Spec", "read"]
