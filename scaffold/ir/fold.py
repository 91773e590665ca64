"""Evaluation of values, with the default of every param or in a scope."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Self

from scaffold.catalogue import Argument
from scaffold.diagnostics import Span
from scaffold.ir.types import (
    Bound,
    Collection,
    Constant,
    Dictionary,
    Object,
    Operation,
    Parameter,
    ParamRef,
    Value,
)
from scaffold.spec.operators import BINARY, COMPUTING, PREFIX


class NotConstant(Exception):
    """Raised if a value is not known, such as that of a Keras object."""


class ArithmeticFailure(Exception):
    """Raised if arithmetic fails, such as a division by zero."""


ANY = Argument("")
"""An argument about which nothing is known."""

_LARGEST = 2**63


class Evaluator(ABC):
    """Evaluates values in a scope, which holds the values of its params.

    Subclasses define how params and Keras objects are evaluated.
    """

    def __init__(self, params: Mapping[str, Any]) -> None:
        """Store the params and their values."""
        self.params = params

    @abstractmethod
    def param(self, name: str) -> Any:
        """Return the value of a param."""

    @abstractmethod
    def object(self, layer: Object) -> Any:
        """Evaluate a Keras object."""

    @abstractmethod
    def within(self, names: Sequence[str], row: Sequence[Value]) -> Self:
        """Return the scope of one iteration of a loop, with the loop's names."""

    @abstractmethod
    def inside(self, params: Sequence[Parameter], arguments: Sequence[Bound]) -> Self:
        """Return the scope inside a block: its params bound to the arguments."""

    def items(self, items: list[Any], value: Collection, argument: Argument) -> Any:
        """Return the value of a list for an argument."""
        return items

    def value(self, value: Value, argument: Argument = ANY) -> Any:
        """Evaluate a value.

        Args:
            value: The value.
            argument: The argument that the value is for.

        Raises:
            NotConstant: The value is not known.
            ArithmeticFailure: The arithmetic fails; the message tells why.
        """
        match value:
            case Constant():
                return value.value
            case Collection():
                items = [self.value(item, argument) for item in value.items]
                return self.items(items, value, argument)
            case Dictionary():
                pairs = [
                    (self.value(key), self.value(item, argument))
                    for key, item in value.pairs
                ]
                try:
                    return dict(pairs)
                except TypeError as error:
                    raise ArithmeticFailure(
                        "a key of a mapping cannot be a list"
                    ) from error
            case ParamRef(name=name):
                return self.param(name)
            case Operation(operator="and" | "or", operands=(first, second)):
                left = self.value(first)
                is_decided = bool(left) == (value.operator == "or")
                return left if is_decided else self.value(second)
            case Operation(operator=symbol):
                return compute(symbol, [self.value(part) for part in value.operands])
            case Object():
                return self.object(value)


class Folder(Evaluator):
    """Evaluates plain values without Keras; the params are values of the IR."""

    params: Mapping[str, Value]

    def param(self, name: str) -> Any:
        """Return the value of a param.

        Raises:
            NotConstant: The param is not known.
        """
        value = self.params.get(name)
        if value is None or isinstance(value, ParamRef):
            raise NotConstant
        return fold(value, {})

    def object(self, layer: Object) -> Any:
        """Raise `NotConstant`: a Keras object has no plain value."""
        raise NotConstant

    def within(self, names: Sequence[str], row: Sequence[Value]) -> Folder:
        """Return the scope of one iteration of a loop, without unknown values."""
        around = {key: self.params[key] for key in self.params if key not in names}
        return Folder(
            around | _evaluated(dict(zip(names, row, strict=True)), self.params)
        )

    def inside(self, params: Sequence[Parameter], arguments: Sequence[Bound]) -> Folder:
        """Return the scope inside a block, without unknown values."""
        names = {param.name for param in params}
        bound = {
            argument.name: argument.value
            for argument in arguments
            if argument.name in names
        }
        defaults = {
            param.name: param.default
            for param in params
            if param.default is not None and param.name not in bound
        }
        return Folder(_evaluated(defaults, {}) | _evaluated(bound, self.params))


def fold(value: Value, params: Mapping[str, Value]) -> Any:
    """Evaluate a value as Python does.

    Args:
        value: The value.
        params: The defaults of the params.

    Returns:
        A number, string, boolean, `None`, list or dictionary.

    Raises:
        NotConstant: The value contains a Keras object or an unknown param.
        ArithmeticFailure: The arithmetic fails; the message tells why.
    """
    return Folder(params).value(value)


def folded(value: Value, params: Mapping[str, Value], otherwise: Any = None) -> Any:
    """Evaluate a value; return `otherwise` if that is not possible."""
    try:
        return fold(value, params)
    except (NotConstant, ArithmeticFailure):
        return otherwise


def scope_of(params: Sequence[Parameter]) -> Mapping[str, Value]:
    """Return the default values of params, without unknown values."""
    return Folder({}).inside(params, ()).params


def plain(value: Any, span: Span) -> Value:
    """Convert a Python value to a value of the IR."""
    if isinstance(value, list | tuple):
        return Collection(tuple(plain(item, span) for item in value), span)
    if isinstance(value, dict):
        pairs = [(plain(key, span), plain(item, span)) for key, item in value.items()]
        return Dictionary(tuple(pairs), span)
    return Constant(value, span)


def compute(symbol: str, operands: Iterable[Any]) -> Any:
    """Apply an operator to operands.

    Raises:
        ArithmeticFailure: There is no result; the message tells why.
    """
    # A spec does not distinguish lists and tuples.
    values = [_as_list(operand) for operand in operands]
    if symbol in COMPUTING:
        if not all(isinstance(value, int | float) for value in values):
            raise ArithmeticFailure(f"`{symbol}` requires numbers")
        if any(abs(value) > _LARGEST for value in values):
            raise ArithmeticFailure("the numbers are too large")
    try:
        if len(values) == 1:
            return PREFIX[symbol].function(values[0])
        if symbol == "**":
            return _power(*values)
        return BINARY[symbol].function(*values)
    except ZeroDivisionError as error:
        raise ArithmeticFailure("it divides by zero") from error
    except OverflowError as error:
        raise ArithmeticFailure("the result is too large") from error
    except (ArithmeticError, TypeError, ValueError) as error:
        raise ArithmeticFailure(f"`{symbol}` does not support these values") from error


def _evaluated(
    values: Mapping[str, Value], scope: Mapping[str, Value]
) -> dict[str, Value]:
    """Evaluate values, and return them as IR values, without unknown ones."""
    result = {}
    for name, value in values.items():
        with suppress(NotConstant, ArithmeticFailure):
            result[name] = plain(fold(value, scope), value.span)
    return result


def _as_list(value: Any) -> Any:
    return [_as_list(item) for item in value] if isinstance(value, tuple) else value


def _power(base: float, exponent: float) -> float:
    if abs(exponent) > 64:
        raise ArithmeticFailure("the exponent is too large")
    result = base**exponent
    if isinstance(result, complex):
        raise ArithmeticFailure("the result is not a real number")
    return float(result) if isinstance(result, float) else int(result)
