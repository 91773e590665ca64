"""Evaluates values of the IR to Python values and Keras objects."""

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


def _unexpected(*objects: Any) -> Any:
    """Raise an error: a scope of plain values creates no objects."""
    raise AssertionError(f"an object among plain values: {objects[0]}")


class KerasEvaluator(fold.Evaluator):
    """Evaluates values in a scope, and creates the Keras objects in them."""

    def __init__(
        self,
        params: Mapping[str, Any],
        block: Callable[[Object, Graph, KerasEvaluator], Any] = _unexpected,
        on_layer: Callable[[Object, Any], None] = _unexpected,
    ) -> None:
        """Store the scope and the callbacks.

        Args:
            params: The params and their values.
            block: Creates a layer from a block that is called in a scope.
            on_layer: Called with every layer that is created, inner layers first.
        """
        super().__init__(params)
        self._block, self._on_layer = block, on_layer

    def param(self, name: str) -> Any:
        """Return the value of a param."""
        return self.params[name]

    def items(self, items: list[Any], value: Collection, argument: Argument) -> Any:
        """Return a tuple where generated code has a tuple, or else a list."""
        return tuple(items) if _is_tuple(value, argument) else items

    def within(self, names: Sequence[str], row: Sequence[Value]) -> KerasEvaluator:
        """Return the scope of one iteration of a loop, with the names of the loop."""
        loop_values = dict(zip(names, map(self.value, row), strict=True))
        return KerasEvaluator(
            {**self.params, **loop_values}, self._block, self._on_layer
        )

    def inside(
        self, params: Sequence[Parameter], arguments: Sequence[Bound]
    ) -> KerasEvaluator:
        """Return the scope inside a block; defaults have tuples instead of lists."""
        defaults = {
            param.name: _frozen(KerasEvaluator({}).value(param.default))
            for param in params
            if param.default is not None
        }
        return KerasEvaluator({**defaults, **self.keywords(arguments)})

    def object(self, layer: Object) -> Any:
        """Create a Keras object, a layer from a block, or an own layer of the user."""
        target = layer.target
        if isinstance(target, Graph):
            return self._block(layer, target, self)
        assert target is not None
        factory = (
            _imported(target) if isinstance(target, Imported) else exported(target)
        )
        instance = factory(*self.positional(layer), **self.keywords(layer.arguments))
        if isinstance(target, Imported) or target.registry == "layers":
            self._on_layer(layer, instance)
        return instance

    def positional(self, definition: Object) -> list[Any]:
        """Return the values of the positional arguments."""
        return [
            self.value(bound.value) for bound in definition.arguments if not bound.name
        ]

    def keywords(self, arguments: Iterable[Bound]) -> dict[str, Any]:
        """Return the values of the keyword arguments."""
        return {
            bound.name: self.value(bound.value, bound.argument or fold.ANY)
            for bound in arguments
            if bound.name
        }


def defaults(params: Sequence[Parameter]) -> Mapping[str, Any]:
    """Return the defaults of the params that have one."""
    return KerasEvaluator({}).inside(params, ()).params


def exported(target: KerasCallable) -> Any:
    """Return the class or function that Keras exports for a callable."""
    module = _MODULES.get(target.registry, f"keras.{target.registry}")
    return getattr(importlib.import_module(module), target.name)


def _imported(target: Imported) -> Any:
    return getattr(importlib.import_module(target.module), target.attribute)


def _is_tuple(collection: Collection, argument: Argument) -> bool:
    """Return whether generated code has a tuple here; see `scaffold.styles.values`."""
    if "list" not in argument.kinds and {"shape", "tuple"} & set(argument.kinds):
        return True
    return collection.is_tuple and not argument.name


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
