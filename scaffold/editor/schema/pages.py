"""Which page of keras.io an editor leads to from an argument."""

from __future__ import annotations

from collections import Counter
from functools import cache

from scaffold.catalogue import Argument, Catalogue, KerasCallable, Registry
from scaffold.ir.values import REGISTRIES

_MOST = 0.75
"""Which share of a family has an argument that belongs to the family."""


def page_of(catalogue: Catalogue, target: KerasCallable, argument: Argument) -> str:
    """Return the page on keras.io that says most of an argument.

    For an argument that is an object, that is the page of its family; for one that all
    of the callable's family have, the page of their base class; else the callable's.
    """
    families = [
        family for kind in argument.kinds for family in REGISTRIES.get(kind, ())
    ]
    for family in families:
        if family != "layers" and (page := _base(catalogue, family)[0]):
            return page
    if target.registry not in ("beyond", "methods"):
        page, names = _base(catalogue, target.registry)
        if page and argument.name in names:
            return page
    return target.url


@cache
def _base(catalogue: Catalogue, registry: Registry) -> tuple[str, frozenset[str]]:
    """Return the page of a whole family, and the arguments that most of it have."""
    targets = [catalogue.find(registry, name) for name in catalogue.names(registry)]
    known = [target for target in targets if target is not None]
    pages = {target.url for target in known}
    page = pages.pop() if len(pages) == 1 else ""
    page = next((target.url for target in known if target.abstract), page)
    counted = Counter(
        argument.name for target in known for argument in target.arguments
    )
    shared = [name for name, count in counted.items() if count >= _MOST * len(known)]
    return page, frozenset(shared)
