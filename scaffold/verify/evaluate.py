"""Values of the IR as Python values and Keras objects."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from scaffold.catalogue import Argument, KerasCallable
from scaffold.ir import fold
from scaffold.ir.types import (
    Bound,
    Collection,
    Graph,
    Imported,
    Object,
    Parameter,
    Value,
)

_MODULES: dict[str, str] = {"schedules": "keras.optimizers.schedules"}


def _unmade(*objects: Any) -> Any:
    """Stand in a scope of plain values, where nothing is made."""
    raise AssertionError(f"an object among plain values: {objects[0]}")


class KerasEvaluator(fold.Evaluator):
    """Works values out in a scope, and makes the Keras objects in them."""

    def __init__(
        self,
        params: Mapping[str, Any],
        block: Callable[[Object, Graph, KerasEvaluator], Any] = _unmade,
        on_layer: Callable[[Object, Any], None] = _unmade,
    ) -> None:
        """Keep what it needs.

        Args:
            params: The params and their values.
            block: Makes a layer of a block, called in a scope.
            on_layer: Is told of every layer that was made, inner ones first.
        """
        super().__init__(params)
        self._block, self._made = block, on_layer

    def param(self, name: str) -> Any:
        """Return the value of a param."""
        return self.params[name]

    def items(self, items: list[Any], value: Collection, argument: Argument) -> Any:
        """Return a list, or a tuple where generated code has one."""
        return tuple(items) if _is_tuple(value, argument) else items

    def within(self, names: Sequence[str], row: Sequence[Value]) -> KerasEvaluator:
        """Return the scope of one turn of a loop, where more names mean something."""
        more = dict(zip(names, map(self.value, row), strict=True))
        return KerasEvaluator({**self.params, **more}, self._block, self._made)

    def inside(
        self, params: Sequence[Parameter], arguments: Sequence[Bound]
    ) -> KerasEvaluator:
        """Return the scope inside of a block, where the code has tuples for lists."""
        defaults = {
            param.name: _frozen(KerasEvaluator({}).value(param.default))
            for param in params
            if param.default is not None
        }
        return KerasEvaluator({**defaults, **self.keywords(arguments)})

    def object(self, layer: Object) -> Any:
        """Make a Keras object, or a layer of a block or of the user's own."""
        target = layer.target
        if isinstance(target, Graph):
            return self._block(layer, target, self)
        assert target is not None
        maker = _imported(target) if isinstance(target, Imported) else exported(target)
        instance = maker(*self.positional(layer), **self.keywords(layer.arguments))
        if isinstance(target, Imported) or target.registry == "layers":
            self._made(layer, instance)
        return instance

    def positional(self, definition: Object) -> list[Any]:
        """Compute the arguments that have no name."""
        return [
            self.value(bound.value) for bound in definition.arguments if not bound.name
        ]

    def keywords(self, arguments: Iterable[Bound]) -> dict[str, Any]:
        """Compute the arguments that have a name."""
        return {
            bound.name: self.value(bound.value, bound.argument or fold.ANY)
            for bound in arguments
            if bound.name
        }


def defaults(params: Sequence[Parameter]) -> Mapping[str, Any]:
    """Return the params that have a default."""
    return KerasEvaluator({}).inside(params, ()).params


def exported(target: KerasCallable) -> Any:
    """Return what Keras exports under a name."""
    module = _MODULES.get(target.registry, f"keras.{target.registry}")
    return getattr(importlib.import_module(module), target.name)


def _imported(target: Imported) -> Any:
    return getattr(importlib.import_module(target.module), target.attribute)


def _is_tuple(collection: Collection, argument: Argument) -> bool:
    """Return whether generated code has a tuple; see `scaffold.styles.values`."""
    if "list" not in argument.kinds and {"shape", "tuple"} & set(argument.kinds):
        return True
    return collection.is_tuple and not argument.name


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
