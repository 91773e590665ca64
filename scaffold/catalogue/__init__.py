"""What Keras offers, as data: names, arguments, defaults, kinds."""

from scaffold.catalogue.catalogue import Catalogue, CatalogueError, load
from scaffold.catalogue.types import Argument, Example, KerasCallable, Kind, Registry
from scaffold.diagnostics import suggest

__all__ = [
    "Argument",
    "Catalogue",
    "CatalogueError",
    "Example",
    "KerasCallable",
    "Kind",
    "Registry",
    "load",
    "suggest",
]
