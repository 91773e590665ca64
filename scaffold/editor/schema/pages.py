"""The page on keras.io that an editor links for an argument."""

from __future__ import annotations

from collections import Counter
from functools import cache

from scaffold.catalogue import Argument, Catalogue, KerasCallable, Registry
from scaffold.ir.values import REGISTRIES

_SHARED = 0.75
"""The share of a family that must have an argument for it to be a family argument."""


def page_of(catalogue: Catalogue, target: KerasCallable, argument: Argument) -> str:
    """Return the page on keras.io that documents an argument best.

    For an argument that is an object, this is the page of the family of the object; for
    an argument that most of the callable's family have, the page of the base class;
    otherwise, the page of the callable.
    """
    families = [
        family for kind in argument.kinds for family in REGISTRIES.get(kind, ())
    ]
    for family in families:
        if family != "layers" and (page := _base(catalogue, family)[0]):
            return page
    if target.registry not in ("extensions", "methods"):
        page, names = _base(catalogue, target.registry)
        if page and argument.name in names:
            return page
    return target.url


@cache
def _base(catalogue: Catalogue, registry: Registry) -> tuple[str, frozenset[str]]:
    """Return the page of a family, and the arguments that most of its members have."""
    targets = [catalogue.find(registry, name) for name in catalogue.names(registry)]
    known = [target for target in targets if target is not None]
    pages = {target.url for target in known}
    page = pages.pop() if len(pages) == 1 else ""
    page = next((target.url for target in known if target.abstract), page)
    counted = Counter(
        argument.name for target in known for argument in target.arguments
    )
    shared = [name for name, count in counted.items() if count >= _SHARED * len(known)]
    return page, frozenset(shared)
