"""Places are exact, however the text is quoted."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.spec import Notation, read
from scaffold.spec.types import CallArgument, Expression, Literal, Mapping, Sequence

from .chains import chains, document, to_flow, to_json, to_yaml, toml_document
from .spans import cut, spans

ARGUMENTS = (
    "8",
    '"relu"',
    "'it is'",
    "[1, 2]",
    "(3,)",
    "units * 2",
    "L2(1e-4)",
    '{"a": 1}',
    '"größer"',
    '"😀"',
    "[]",
    "-1.5",
    "not flag",
)
"""What is written once in the test and once in the file, and has to be found there."""

Quote = Callable[[str], str]


def single(text: str) -> str:
    """Quotes with single quotes."""
    return "'" + text.replace("'", "''") + "'"


def escaped(text: str) -> str:
    """Quotes with double quotes and as few escapes as can be."""
    return json.dumps(text, ensure_ascii=False)


def all_escaped(text: str) -> str:
    """Quotes with double quotes, and writes each character of YAML's as an escape."""
    ways = (r"\x{:02x}", r"\u{:04x}", r"\U{:08x}")
    shown = (
        item if item.isalnum() and item.isascii() else _escape(item, ways)
        for item in text
    )
    return '"' + "".join(shown) + '"'


def _escape(text: str, ways: tuple[str, ...]) -> str:
    number = ord(text)
    return ways[(number > 0xFF) + (number > 0xFFFF)].format(number)


def folded_double(text: str) -> str:
    """Quotes with double quotes, over several lines, some of which end escaped."""
    first, *rest = json.dumps(text, ensure_ascii=False).split(" ")
    ends = ("  \n\n      ".replace("\n\n", "\n"), " \\\n      ", "\\\n      \\ ")
    return first + "".join(ends[at % 3] + item for at, item in enumerate(rest))


def folded(quote: Quote) -> Quote:
    """Quotes over several lines: a line end for each blank."""
    return lambda text: quote(text).replace(" ", "\n        ")


def apart(quote: Quote) -> Quote:
    """Quotes over several lines, with one or two empty ones between them."""
    return lambda text: (
        quote(text)
        .replace(", ", ", \n \n        ", 1)
        .replace(", ", ",\n\n\n      ", 2)
    )


def block(sign: str) -> Quote:
    """Writes a block string, with line ends between its words."""

    def write(text: str) -> str:
        blank = "\n      "
        return f"{sign}{blank}" + re.sub(r" (?!is')", blank, text)

    return write


YAML: dict[str, Quote] = {
    "plain": lambda text: text,
    "plain, folded": lambda text: text.replace(" ", "\n        "),
    "single": single,
    "single, folded": folded(single),
    "double": escaped,
    "plain, with lines apart": apart(lambda text: text),
    "single, with lines apart": apart(single),
    "double, with lines apart": apart(escaped),
    "double, all escaped": all_escaped,
    "double, folded": folded_double,
    "literal": block("|"),
    "literal, stripped": block("|-"),
    "literal, kept": lambda text: block("|+")(text) + "\n\n",
    "literal, indented": lambda text: "|2\n       " + text,
    "folding": block(">"),
    "folding, one line": lambda text: f">- # note\n      {text}\n\n",
    "folding, with lines apart": lambda text: (
        ">\n\n      "
        + text.replace(", ", ",\n\n        ", 1).replace(", ", ",\n      ")
    ),
}


def is_plain(text: str) -> bool:
    """Tells whether a text can stand without quotes in YAML."""
    return not any(sign in text for sign in (": ", " #"))


arguments = st.lists(st.sampled_from(ARGUMENTS), min_size=1, max_size=5)
ends = st.sampled_from(["\n", "\r\n"])
heads = st.sampled_from(["", "# ä 😀 \u2028 \x85\n", "$schema: '😀'\n"])


@pytest.mark.parametrize("how", YAML)
def test_yaml(how: str) -> None:
    """The place of each argument of an entry in YAML is where it stands."""

    @given(arguments, heads, ends, st.booleans())
    @settings(max_examples=60, deadline=None)
    def check(values: list[str], head: str, end: str, has_mark: bool) -> None:
        line = f"name = Dense({', '.join(values)})"
        if how.startswith("plain") and not is_plain(line):
            return
        text = f"{head}inputs: [4]\nlayers:\n  - {YAML[how](line)}\n  - Flatten\n"
        found_there(text.replace("\n", end), "yaml", values, has_mark)

    check()


@pytest.mark.parametrize("quote", [escaped, json.dumps])
def test_json(quote: Quote) -> None:
    """The place of each argument of an entry in JSON is where it stands."""

    @given(arguments, ends, st.sampled_from(["", "\t", "  "]))
    @settings(max_examples=60, deadline=None)
    def check(values: list[str], end: str, tab: str) -> None:
        line = quote(f"name = Dense({', '.join(values)})")
        text = '{"description": "\u2028 😀", \n"inputs": [4], "layers":[\n'
        found_there(
            (text + f'{tab}"ReLU",{tab}{line}]}}').replace("\n", end),
            "json",
            values,
        )

    check()


@pytest.mark.parametrize("quote", [escaped, lambda text: f"'{text}'"])
def test_toml(quote: Quote) -> None:
    """The place of each argument of an entry in TOML is where it stands."""

    @given(arguments, ends)
    @settings(max_examples=60, deadline=None)
    def check(values: list[str], end: str) -> None:
        line = f"name = Dense({', '.join(values)})"
        if quote is not escaped and "'" in line:
            return
        text = f"# 😀\ninputs = [4]\nlayers = ['ReLU', # ]\n\t{quote(line)}]\n"
        found_there(text.replace("\n", end), "toml", values)

    check()


def found_there(
    text: str, notation: Notation, wanted: list[str], has_mark: bool = False
) -> None:
    """Finds the arguments of the one named entry at their places in the text."""
    data = b"\xef\xbb\xbf" * has_mark + text.encode()
    reading = read(data, "model", notation)
    assert reading.diagnostics == (), text
    assert reading.spec is not None
    entry = next(layer for layer in reading.spec.layers if layer.name)
    assert entry.name_span is not None
    assert shown(cut(text, entry.name_span)) == "name"
    assert shown(cut(text, entry.call.name_span)) == "Dense"
    texts = [shown(cut(text, argument.value.span)) for argument in entry.call.arguments]
    assert texts == [item.replace(" ", "") for item in wanted]
    for span in spans(reading.spec):
        cut(text, span)


def shown(piece: str) -> str:
    """Undoes quoting in a piece of a file, and takes blanks out."""
    bare = re.sub(r"\\(?=\s)|\s", "", piece).replace("''", "'")
    if "\\" not in bare:
        return bare
    # Python reads all escapes of JSON and YAML that the tests write.
    halves = bare.encode("ascii", "backslashreplace").decode("unicode_escape")
    joined = halves.encode("utf-16", "surrogatepass").decode("utf-16")
    return joined.replace(" ", "")


@given(chains(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_every_place_lies_in_the_file(chain: object, keyed: bool) -> None:
    """No place of any notation lies beyond its line or the file."""
    data = document(chain, keyed=keyed)  # type: ignore[arg-type]  # drawn from chains
    written: tuple[tuple[str, Notation], ...] = (
        (to_yaml(data), "yaml"),
        (to_flow(data), "yaml"),
        (to_json(data), "json"),
        (toml_document(data), "toml"),
    )
    for text, notation in written:
        reading = read(text.encode(), "model", notation)
        assert reading.spec is not None
        for span in spans(reading.spec):
            cut(text, span)


TOML = """\
# A spec as one would write it.
name = "model"
inputs = [4]

layers = [
  "Dense(units, activation='relu')",  # "Dense(2)"
  'Dense(units)',
  {Dense = {units = "$units", kernel_regularizer = {L2 = 0.5}}, name = "last"},
]

[params]
units = 8
"quoted key" = 1
sizes = [
  1,
  2]

[train]
epochs = 3
x.y = 1
"""


def test_toml_has_lines() -> None:
    """Keys, headers, values and strings of a TOML file are found on their lines."""
    reading = read(TOML.encode(), "model.toml")
    spec = reading.spec
    assert spec is not None and spec.compile is None and spec.train is not None
    assert cut(TOML, spec.name_span) == '"model"'
    assert [cut(TOML, param.span) for param in spec.params] == [
        "units",
        '"quoted key"',
        "sizes",
    ]
    assert [value_of(param.default) for param in spec.params] == [
        "8",
        "1",
        "[\n  1,\n  2]",
    ]
    assert cut(TOML, spec.layers_span) == "layers"
    last = spec.layers[2]
    assert (last.name_span or spec.span).line == 8
    assert [cut(TOML, argument.span) for argument in last.call.arguments] == [
        "units",
        "kernel_regularizer",
    ]
    assert [value_of(argument.value) for argument in last.call.arguments] == [
        "units",
        "L2",
    ]
    assert [cut(TOML, argument.span) for argument in spec.train.arguments] == [
        "epochs",
        "x",
    ]
    assert [argument.span.line for argument in spec.train.arguments] == [19, 20]


def value_of(diagnostic: Expression | None) -> str:
    """Cuts an expression out of the TOML file."""
    assert diagnostic is not None
    return cut(TOML, diagnostic.span)


def test_toml_tables_of_lists() -> None:
    """Each table of a list is found by its own header."""
    text = "inputs = [1]\n\n[[layers]]\nDense.units = 1\n\n[[layers]]\nDense = 2\n"
    text += "[compile]\nloss = 'mse'\n[compile.optimizer.Adam]\nlearning_rate = 1\n"
    spec = read(text.encode(), "model.toml").spec
    assert spec is not None and spec.compile is not None
    assert [layer.span.line for layer in spec.layers] == [4, 7]
    assert [layer.call.arguments[0].span.line for layer in spec.layers] == [4, 7]
    loss, optimizer = spec.compile.arguments
    assert (loss.span.line, optimizer.span.line) == (9, 10)
    assert cut(text, optimizer.value.span) == "Adam"


def test_keyed_arguments_have_places() -> None:
    """Keys and values of keyed notation are found, expressions to the character."""
    text = "inputs: [4]\nlayers:\n  - Dense: {units: $(ä * 2), a: [1, {b: '$ c'}]}\n"
    spec = read(text.encode(), "model.yaml").spec
    assert spec is not None
    units, a = spec.layers[0].call.arguments
    assert (cut(text, units.span), cut(text, units.value.span)) == ("units", "ä * 2")
    assert isinstance(a.value, Sequence)
    assert [cut(text, item.span) for item in a.value.items] == ["1", "{b: '$ c'}"]
    assert isinstance(a.value.items[1], Mapping)
    assert cut(text, a.value.items[1].pairs[0][1].span) == "c"
    assert isinstance(a, CallArgument) and isinstance(a.value.items[0], Literal)


def test_places_in_a_long_string_are_cheap() -> None:
    """A string of 20,000 arguments in escapes takes no second to go through."""
    numbers = ", ".join(["1"] * 20_000)
    text = f'inputs: [4]\nlayers:\n  - "Foo(\\x31, [{numbers}])"\n'
    spec = read(text.encode(), "model.yaml").spec
    assert spec is not None
    values = spec.layers[0].call.arguments[1].value
    assert isinstance(values, Sequence)
    assert cut(text, values.items[-1].span) == "1"
    assert values.items[-1].span.end_column == len(text.splitlines()[2]) - 2


@pytest.mark.parametrize("line_break", ["\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize(
    "line",
    [
        "  - Dense(1)  # a{}b",
        "  # a{}",
        "  - Dense(1, name='a{}b')",
        "  - \"Dense(1, name='a{}b')\"",
        "  - {{Dense: {{units: 1, name: 'a{}b'}}}}",
    ],
)
def test_no_line_ends_where_yaml_has_none(line: str, line_break: str) -> None:
    """What ended a line in YAML 1.1 is a character like any other in YAML 1.2."""
    text = f"inputs: [4]\nlayers:\n{line.format(line_break)}\n  - Dense(last)\n"
    spec, _, diagnostics, *_ = read(text.encode(), "m.yaml")
    assert spec is not None and diagnostics == ()
    (units,) = spec.layers[-1].call.arguments
    assert (units.value.span.line, cut(text, units.value.span)) == (4, "last")
    assert (repr(f"a{line_break}b") in repr(spec)) == ("name" in line)
