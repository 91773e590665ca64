"""A value is worked out as Python would, or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.catalogue import load
from scaffold.diagnostics import Refused, Span
from scaffold.ir.fold import ArithmeticFailure, NotConstant, fold
from scaffold.ir.types import Value
from scaffold.ir.values import Resolver
from scaffold.spec.expression import parse

RESOLVER = Resolver(load(), ("n", "rate"))
PARAMS = {"n": 3, "rate": 0.5}


def value(text: str) -> Value:
    """Reads and resolves an expression."""
    return RESOLVER.value(parse(text, lambda start, length: Span("model", 1, start)))


def folded(text: str) -> Any:
    """Works an expression out, with params that are 3 and 0.5."""
    return fold(
        value(text), {name: value(repr(param)) for name, param in PARAMS.items()}
    )


atoms = st.sampled_from(
    [
        "n",
        "rate",
        "0",
        "1",
        "2.5",
        "-0.0",
        "7",
        "True",
        "None",
        "'a'",
        "[1, 2]",
        "1e308",
    ]
)
OPERATORS = (
    *("+", "-", "*", "/", "//", "%", "**", "==", "!=", "<", "<=", ">", ">="),
    *("in", "not in", "and", "or"),
)
texts = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(OPERATORS), inner).map(
            lambda parts: f"({' '.join(parts)})"
        ),
        st.tuples(st.sampled_from(["-", "+", "not "]), inner).map(
            lambda parts: f"({''.join(parts)})"
        ),
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    ),
    max_leaves=6,
)


@given(texts)
def test_what_is_worked_out_is_right(text: str) -> None:
    """Python gives the same value, and the same kind of value."""
    try:
        result = folded(text)
    except (ArithmeticFailure, Refused):
        return
    wanted = eval(text, dict(PARAMS))
    assert repr(result) == repr(wanted)


@given(texts)
def test_arithmetic_that_python_does_is_done(text: str) -> None:
    """What is refused fails in Python too, or is no arithmetic with numbers."""
    try:
        folded(text)
    except Refused:
        # Such as `== None`, which no spec holds.
        return
    except ArithmeticFailure as failure:
        if "requires numbers" in str(failure) or "too large" in str(failure):
            return
        if str(failure) == "the result is not a real number":
            return
        with pytest.raises((ArithmeticError, TypeError, ValueError)):
            eval(text, dict(PARAMS))


@pytest.mark.parametrize(
    "text",
    ["1 / 0", "1 % 0", "2 ** 65", "(-8) ** 0.5", "'a' * 3", "[1] + [2]", "{[1]: 2}"]
    + ["2 ** 64 * 2 ** 64", "9 ** 64 + 1", "1e308 ** 2", "1 < 'a'", "1 in 2"],
)
def test_what_cannot_be_worked_out(text: str) -> None:
    """No result takes long, or is larger than any argument."""
    with pytest.raises(ArithmeticFailure):
        folded(text)


@pytest.mark.parametrize("text", ["L2(1)", "[L2(1)]", "unknown", "unknown + 1"])
def test_what_is_no_data(text: str) -> None:
    """Keras objects and params that there are not have no value."""
    with pytest.raises(NotConstant):
        folded(text)
