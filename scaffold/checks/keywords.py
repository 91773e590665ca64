"""Unknown keywords, and the arguments that they probably mean."""

from __future__ import annotations

from scaffold.catalogue import KerasCallable
from scaffold.diagnostics import suggest
from scaffold.ir.types import Graph


def meant(keyword: str, target: KerasCallable | Graph) -> str:
    """Return the argument that an unknown keyword probably means, or `""`."""
    from scaffold.catalogue.foreign_arguments import ARGUMENTS

    known = [argument.name for argument in target.arguments]
    if is_needless(keyword):
        return ""
    names = ARGUMENTS.get(keyword) or ARGUMENTS.get(keyword.lower(), ())
    for name in names:
        if name in known:
            return name
    near = suggest(keyword, known)
    return near[0] if near else ""


def is_needless(keyword: str) -> bool:
    """Return whether a keyword sets the input shape, which Keras 3 infers."""
    from scaffold.catalogue.foreign_arguments import SHAPES

    return keyword in SHAPES
