"""Values of the IR as Python values and Keras objects."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from scaffold.catalogue import Argument, KerasCallable
from scaffold.ir.fold import fold
from scaffold.ir.types import (
    Bound,
    Collection,
    Constant,
    Dictionary,
    Graph,
    Imported,
    Object,
    Operation,
    Parameter,
    ParamRef,
    Value,
)

_ANY = Argument("")
_MODULES: dict[str, str] = {"schedules": "keras.optimizers.schedules"}


class Evaluator:
    """Works values out in a scope: with what the params there come to."""

    def __init__(
        self,
        params: Mapping[str, Any],
        block: Callable[[Object, Graph, Evaluator], Any],
        made: Callable[[Object, Any], None],
    ) -> None:
        """Keeps what it needs.

        Args:
            params: The params and their values.
            block: Makes a layer of a block, called in a scope.
            made: Is told of every layer that was made, inner ones first.
        """
        self.params = params
        self._block, self._made = block, made

    def within(self, names: Iterable[str], row: Iterable[Value]) -> Evaluator:
        """Gives the scope of one turn of a loop, where more names mean something."""
        more = dict(zip(names, map(self.value, row), strict=True))
        return Evaluator({**self.params, **more}, self._block, self._made)

    def value(self, found: Value, argument: Argument = _ANY) -> Any:
        """Works a value out, and makes the Keras objects in it.

        Raises:
            Impossible: Its arithmetic fails.
            Exception: Keras does not make an object.
        """
        match found:
            case Constant():
                return found.value
            case Collection():
                items = [self.value(item, argument) for item in found.items]
                return tuple(items) if _is_tuple(found, argument) else items
            case Dictionary():
                return {
                    self.value(key): self.value(value, argument)
                    for key, value in found.pairs
                }
            case ParamRef():
                return self.params[found.name]
            case Operation(operator="and" | "or", operands=(first, second)):
                left = self.value(first)
                is_settled = bool(left) == (found.operator == "or")
                return left if is_settled else self.value(second)
            case Operation():
                operands = tuple(
                    _constant(self.value(one), found) for one in found.operands
                )
                return fold(found._replace(operands=operands), {})
            case Object():
                return self.object(found)

    def object(self, found: Object, **more: Any) -> Any:
        """Makes a Keras object, or a layer of a block or of the user's own.

        Args:
            found: What to make.
            **more: Arguments besides its own.
        """
        target = found.target
        if isinstance(target, Graph):
            return self._block(found, target, self)
        assert target is not None
        maker = _imported(target) if isinstance(target, Imported) else exported(target)
        made = maker(*self.positional(found), **self.keywords(found.arguments), **more)
        if isinstance(target, Imported) or target.registry == "layers":
            self._made(found, made)
        return made

    def positional(self, found: Object) -> list[Any]:
        """Works out the arguments that have no name."""
        return [self.value(one.value) for one in found.arguments if not one.name]

    def keywords(self, arguments: Iterable[Bound]) -> dict[str, Any]:
        """Works out the arguments that have a name."""
        return {
            one.name: self.value(one.value, one.argument or _ANY)
            for one in arguments
            if one.name
        }


def defaults(params: Iterable[Parameter], scope: Evaluator) -> dict[str, Any]:
    """Gives the params that have a default; lists are tuples, as in the code."""
    return {
        param.name: _frozen(scope.value(param.default))
        for param in params
        if param.default is not None
    }


def exported(target: KerasCallable) -> Any:
    """Gives what Keras exports under a name."""
    module = _MODULES.get(target.registry, f"keras.{target.registry}")
    return getattr(importlib.import_module(module), target.name)


def _imported(target: Imported) -> Any:
    return getattr(importlib.import_module(target.module), target.attribute)


def _is_tuple(found: Collection, argument: Argument) -> bool:
    """Tells whether generated code has a tuple; see `scaffold.styles.values`."""
    if "list" not in argument.kinds and {"shape", "tuple"} & set(argument.kinds):
        return True
    return found.is_tuple and not argument.name


def _constant(value: Any, where: Operation) -> Value:
    """Wraps a Python value, for arithmetic to work on it."""
    if isinstance(value, list | tuple):
        return Collection(tuple(_constant(one, where) for one in value), where.span)
    return Constant(value, where.span)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
