"""What a value comes to: with every param at its default, or in a scope."""

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
    """Raised where a value cannot be worked out: it holds a Keras object."""


class ArithmeticFailure(Exception):
    """Raised where arithmetic fails: a division by zero, a number without end."""


ANY = Argument("")
"""An argument of which nothing is known."""

_LARGEST = 2**63


class Evaluator(ABC):
    """Works values out in a scope: with what the params there come to.

    Subclasses say what a param is, and what comes of a Keras object.
    """

    def __init__(self, params: Mapping[str, Any]) -> None:
        """Keep the params and what they come to."""
        self.params = params

    @abstractmethod
    def param(self, name: str) -> Any:
        """Return what a param comes to."""

    @abstractmethod
    def object(self, layer: Object) -> Any:
        """Return what a Keras object is here."""

    @abstractmethod
    def within(self, names: Sequence[str], row: Sequence[Value]) -> Self:
        """Return the scope of one turn of a loop, where more names mean something."""

    @abstractmethod
    def inside(self, params: Sequence[Parameter], arguments: Sequence[Bound]) -> Self:
        """Return the scope inside of a block: its params bound to arguments."""

    def items(self, items: list[Any], value: Collection, argument: Argument) -> Any:
        """Return a list, or what stands for it where an argument takes it."""
        return items

    def value(self, value: Value, argument: Argument = ANY) -> Any:
        """Work a value out.

        Args:
            value: The value.
            argument: What it is an argument for.

        Raises:
            NotConstant: It cannot be known here.
            ArithmeticFailure: Its arithmetic fails; the message says how.
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
                is_settled = bool(left) == (value.operator == "or")
                return left if is_settled else self.value(second)
            case Operation(operator=symbol):
                return compute(symbol, [self.value(part) for part in value.operands])
            case Object():
                return self.object(value)


class Folder(Evaluator):
    """Works out plain values, without Keras; its params are values of the IR."""

    params: Mapping[str, Value]

    def param(self, name: str) -> Any:
        """Return what a param comes to.

        Raises:
            NotConstant: There is none of that name.
        """
        value = self.params.get(name)
        if value is None or isinstance(value, ParamRef):
            raise NotConstant
        return fold(value, {})

    def object(self, layer: Object) -> Any:
        """Refuse: no plain value stands for a Keras object."""
        raise NotConstant

    def within(self, names: Sequence[str], row: Sequence[Value]) -> Folder:
        """Return the scope of one turn of a loop; what is not known is left out."""
        around = {key: self.params[key] for key in self.params if key not in names}
        return Folder(
            around | _come_to(dict(zip(names, row, strict=True)), self.params)
        )

    def inside(self, params: Sequence[Parameter], arguments: Sequence[Bound]) -> Folder:
        """Return the scope inside of a block; what is not known is left out."""
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
        return Folder(_come_to(defaults, {}) | _come_to(bound, self.params))


def fold(value: Value, params: Mapping[str, Value]) -> Any:
    """Work a value out, as Python would.

    Args:
        value: The value.
        params: The defaults of the params.

    Returns:
        A number, string, boolean, `None`, list or dictionary.

    Raises:
        NotConstant: It holds a Keras object, or a param that there is not.
        ArithmeticFailure: Its arithmetic fails; the message says how.
    """
    return Folder(params).value(value)


def folded(value: Value, params: Mapping[str, Value], otherwise: Any = None) -> Any:
    """Work a value out; return something else where that cannot be done."""
    try:
        return fold(value, params)
    except (NotConstant, ArithmeticFailure):
        return otherwise


def scope_of(params: Sequence[Parameter]) -> Mapping[str, Value]:
    """Return what params come to by default; what cannot be said is left out."""
    return Folder({}).inside(params, ()).params


def plain(value: Any, span: Span) -> Value:
    """Make a value of the IR of a Python value, wherever it is from."""
    if isinstance(value, list | tuple):
        return Collection(tuple(plain(item, span) for item in value), span)
    if isinstance(value, dict):
        pairs = [(plain(key, span), plain(item, span)) for key, item in value.items()]
        return Dictionary(tuple(pairs), span)
    return Constant(value, span)


def compute(symbol: str, operands: Iterable[Any]) -> Any:
    """Compute what an operator gives for some operands.

    Raises:
        ArithmeticFailure: It gives nothing; the message says why.
    """
    # In a spec, a list and a tuple are alike.
    values = [_as_list(operand) for operand in operands]
    if symbol in COMPUTING:
        if not all(isinstance(value, int | float) for value in values):
            raise ArithmeticFailure(f"`{symbol}` is for numbers")
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
        raise ArithmeticFailure(f"`{symbol}` does not go with these values") from error


def _come_to(
    values: Mapping[str, Value], scope: Mapping[str, Value]
) -> dict[str, Value]:
    """Return what values come to, as values again; what is not known is left out."""
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
        raise ArithmeticFailure("the result is no real number")
    return float(result) if isinstance(result, float) else int(result)
