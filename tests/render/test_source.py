"""Python text of a syntax tree gives the tree back."""

from __future__ import annotations

import ast
import io
import math
import tokenize
from unicodedata import east_asian_width

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scaffold.render.source import arguments, source
from scaffold.styles.syntax import call, constant, dotted, name, sequence

BINARY = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
UNARY = (ast.USub, ast.UAdd, ast.Not)
COMPARE = (
    *(ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE),
    *(ast.In, ast.NotIn, ast.Is, ast.IsNot),
)

strings = st.one_of(
    st.text(max_size=20),
    st.text(min_size=60, max_size=300),
    st.sampled_from(["'" * 70, "\\" * 70, '"""', "{{ x }}", "\0", "\ud800", "ｗ" * 40]),
)
constants = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), strings
).map(constant)
names = st.sampled_from(["x", "units", "self.dense_1", "keras.regularizers"]).map(
    dotted
)
SLICES = st.builds(ast.Slice, st.none() | constants, st.none() | constants)


def deeper(trees: st.SearchStrategy[ast.expr]) -> st.SearchStrategy[ast.expr]:
    """Gives every kind of expression that the styles make, one level deeper."""
    lists = st.lists(trees, max_size=3)
    keywords = lists.map(
        lambda values: [ast.keyword(f"a{at}", item) for at, item in enumerate(values)]
    )
    return st.one_of(
        st.builds(ast.Call, names | trees, lists, keywords),
        st.builds(sequence, lists, as_tuple=st.booleans()),
        st.lists(st.tuples(trees, trees), max_size=3).map(
            lambda pairs: ast.Dict([k for k, _ in pairs], [v for _, v in pairs])
        ),
        st.builds(
            ast.BinOp, trees, st.sampled_from(BINARY).map(lambda op: op()), trees
        ),
        st.builds(ast.UnaryOp, st.sampled_from(UNARY).map(lambda op: op()), trees),
        st.tuples(trees, st.sampled_from(COMPARE), trees).map(
            lambda parts: ast.Compare(parts[0], [parts[1]()], [parts[2]])
        ),
        st.tuples(st.sampled_from((ast.And, ast.Or)), trees, trees).map(
            lambda parts: ast.BoolOp(parts[0](), list(parts[1:]))
        ),
        st.tuples(names, trees).map(
            lambda parts: ast.Attribute(
                ast.Call(parts[0], [parts[1]], []), "reshape", ast.Load()
            )
        ),
        st.builds(ast.Subscript, trees, trees | SLICES, st.just(ast.Load())),
        st.tuples(trees, st.lists(SLICES | constants, min_size=2, max_size=3)).map(
            lambda parts: ast.Subscript(
                parts[0], ast.Tuple(parts[1], ast.Load()), ast.Load()
            )
        ),
    )


trees = st.recursive(constants | names, deeper, max_leaves=15)


class Signs(ast.NodeTransformer):
    """Writes negative numbers as Python reads them: a sign and a number."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """Takes the sign off."""
        value = node.value
        if isinstance(value, (int, float)) and math.copysign(1, value) < 0:
            return ast.UnaryOp(ast.USub(), ast.Constant(-value))
        return node


def dumped(tree: ast.AST) -> str:
    """Writes a tree down, with what Python itself would have read."""
    return ast.dump(Signs().visit(tree))


@given(trees)
@example(ast.BinOp(constant(-2), ast.Pow(), constant(-2.5)))
@example(ast.Subscript(name("x"), ast.Tuple([constant(1)], ast.Load()), ast.Load()))
def test_the_text_gives_the_tree_back(tree: ast.expr) -> None:
    """Whatever a style makes is read back as it was made."""
    text = source(tree)
    assert "\n" not in text
    text.encode()
    assert dumped(ast.parse(text, mode="eval").body) == dumped(tree)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_are_exact_and_short(value: float) -> None:
    """A float is read back to the bit, and is never longer than Python's own."""
    text = source(ast.Constant(value))
    assert ast.literal_eval(text) == value
    assert math.copysign(1, ast.literal_eval(text)) == math.copysign(1, value)
    assert type(ast.literal_eval(text)) is float
    assert len(text) <= len(repr(value))


FLOATS = {
    0.0: "0.0",
    1.0: "1.0",
    100.0: "100.0",
    10000.0: "10000.0",
    1e5: "1e5",
    123456.0: "123456.0",
    1e6: "1e6",
    2.5e6: "2.5e6",
    1e16: "1e16",
    1e22: "1e22",
    1.7976931348623157e308: "1.7976931348623157e308",
    0.5: "0.5",
    0.05: "0.05",
    0.001: "1e-3",
    -0.001: "-1e-3",
    0.0015: "0.0015",
    0.00025: "2.5e-4",
    0.00012345: "1.2345e-4",
    0.0001: "1e-4",
    1e-5: "1e-5",
    5e-324: "5e-324",
    -1.5e-7: "-1.5e-7",
    0.1 + 0.2: "0.30000000000000004",
}


@pytest.mark.parametrize(("value", "text"), FLOATS.items())
def test_floats_look_as_authors_write_them(value: float, text: str) -> None:
    """Learning rates and epsilons have exponents, and other numbers have none."""
    assert source(ast.Constant(value)) == text


def test_what_has_no_literal_is_a_call() -> None:
    """Infinities and NaN, which have no literal, are never written as names."""
    for value in (math.inf, -math.inf, math.nan):
        assert source(constant(value)) == f"float('{value}')"
        with pytest.raises(TypeError, match="has no literal"):
            source(ast.Constant(value))


@given(st.text(min_size=50, max_size=300))
def test_long_strings_are_cut(text: str) -> None:
    """No piece of a string is wider than a line of nested code has room for."""
    written = source(constant(text))
    assert ast.literal_eval(written) == text
    for token in tokenize.generate_tokens(io.StringIO(written).readline):
        wide = sum(east_asian_width(item) in "WF" for item in token.string)
        assert len(token.string) + wide <= 88 - 12


def test_unknown_expressions_are_refused() -> None:
    """An expression that no style makes is a mistake of ours, and said to be."""
    for text in ("lambda: 1", "a < b < c", "f'{a + 1}'", "f'{{'", "a[::2]", "{a}"):
        with pytest.raises((TypeError, KeyError)):
            source(ast.parse(text, mode="eval").body)


def test_keyword_arguments() -> None:
    """Keyword arguments stand as they do inside of a call."""
    result = call("f", epochs=constant(3), verbose=constant(0))
    assert arguments(result.keywords) == "epochs=3, verbose=0"


@pytest.mark.parametrize("text", ["a b", "", "class", "a=1, b", "a.b", "x\n", "1a"])
def test_nothing_but_a_name_is_written_as_one(text: str) -> None:
    """Whatever the checks let pass, no text can stand where a name has to be."""
    for tree in (
        ast.Name(text, ast.Load()),
        ast.Attribute(name("x"), text, ast.Load()),
        ast.Call(name("f"), [], [ast.keyword(text, constant(1))]),
    ):
        with pytest.raises(ValueError, match="is not a valid name"):
            source(tree)
