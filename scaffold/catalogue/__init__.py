"""The API of Keras as data: names, arguments, defaults, kinds."""

from scaffold.catalogue.calling import called_on, traits
from scaffold.catalogue.catalogue import Catalogue, CatalogueError, load
from scaffold.catalogue.types import (
    OBJECT_REGISTRIES,
    Argument,
    Example,
    KerasCallable,
    Kind,
    Registry,
)
from scaffold.diagnostics import suggest

__all__ = [
    "OBJECT_REGISTRIES",
    "Argument",
    "Catalogue",
    "CatalogueError",
    "Example",
    "KerasCallable",
    "Kind",
    "Registry",
    "called_on",
    "load",
    "suggest",
    "traits",
]
