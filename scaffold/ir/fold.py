"""What a value comes to, with every param at its default."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from scaffold.ir.types import (
    Collection,
    Constant,
    Dictionary,
    Operation,
    ParamRef,
    Value,
)


class Unknown(Exception):
    """Raised where a value cannot be worked out: it holds a Keras object."""


class Impossible(Exception):
    """Raised where arithmetic fails: a division by zero, a number without end."""


_LARGEST = 2**63
_OPERATORS: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "is": operator.is_,
    "is not": operator.is_not,
    "in": lambda left, right: left in right,
    "not in": lambda left, right: left not in right,
}
_SIGNS: dict[str, Callable[[Any], Any]] = {
    "+": operator.pos,
    "-": operator.neg,
    "not": operator.not_,
}


def fold(value: Value, params: Mapping[str, Value]) -> Any:
    """Works a value out, as Python would.

    Args:
        value: The value.
        params: The defaults of the params.

    Returns:
        A number, string, boolean, `None`, list or dictionary.

    Raises:
        Unknown: It holds a Keras object, or a param that there is not.
        Impossible: Its arithmetic fails; the message says how.
    """
    match value:
        case Constant():
            return value.value
        case Collection():
            return [fold(item, params) for item in value.items]
        case Dictionary():
            pairs = [(fold(k, params), fold(v, params)) for k, v in value.pairs]
            try:
                return dict(pairs)
            except TypeError as error:
                raise Impossible("a key of a mapping cannot be a list") from error
        case ParamRef(name=name):
            if name not in params or isinstance(params[name], ParamRef):
                raise Unknown
            return fold(params[name], {})
        case Operation(operator="and" | "or", operands=(first, second)):
            left = fold(first, params)
            is_settled = bool(left) == (value.operator == "or")
            return left if is_settled else fold(second, params)
        case Operation():
            return _operate(value, [fold(one, params) for one in value.operands])
    raise Unknown


def _operate(operation: Operation, operands: list[Any]) -> Any:
    sign = operation.operator
    if sign in ("+", "-", "*", "/", "//", "%", "**"):
        if not all(isinstance(one, (int, float)) for one in operands):
            raise Impossible(f"`{sign}` is for numbers")
        if any(abs(one) > _LARGEST for one in operands):
            raise Impossible("the numbers are too large")
    try:
        if len(operands) == 1:
            return _SIGNS[sign](operands[0])
        if sign == "**":
            return _power(*operands)
        return _OPERATORS[sign](*operands)
    except ZeroDivisionError as error:
        raise Impossible("it divides by zero") from error
    except OverflowError as error:
        raise Impossible("the result is too large") from error
    except (ArithmeticError, TypeError, ValueError) as error:
        raise Impossible(f"`{sign}` does not go with these values") from error


def _power(base: float, exponent: float) -> float:
    if abs(exponent) > 64:
        raise Impossible("the exponent is too large")
    result = base**exponent
    if isinstance(result, complex):
        raise Impossible("the result is no real number")
    return float(result) if isinstance(result, float) else int(result)
