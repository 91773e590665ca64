"""What is no spec is a finding at its place, with a way to mend it."""

from __future__ import annotations

import pytest

from scaffold.diagnostics import Diagnostic
from scaffold.spec import Notation, override, read
from scaffold.spec.limits import MOST_FINDINGS

from .spans import cut


def faults(text: str | bytes, notation: Notation = "yaml") -> tuple[Diagnostic, ...]:
    """Reads what is no spec."""
    data = text.encode() if isinstance(text, str) else text
    return read(data, "model", notation).diagnostics


def entry(line: str) -> str:
    """Puts an entry into a spec."""
    return f"inputs: [4]\nlayers:\n  - {line}\n"


LINES = {
    "Dense(": ("KS110", "(", "this `(` is not closed"),
    "Dense(8))": ("KS110", ")", "unmatched `)`"),
    "Dense([8)": ("KS110", ")", "unmatched `)`"),
    "Dense('a": ("KS110", "'", "this string is not closed"),
    "Dense(8,,)": ("KS110", ",", "a value is missing before this `,`"),
    "= Dense(8)": ("KS110", "=", "a name is missing before this `=`"),
    "a = b = Dense(8)": ("KS110", "=", "`=` is not allowed here"),
    "Dense(8) else ReLU": ("KS110", "else", "`else` without `if`"),
    "Dense(8) <- a <- b": ("KS110", "<-", "an entry can have only one `<-`"),
    "Dense(8) <-": ("KS110", "-", "the name of an entry is missing here"),
    "Dense(8) *": ("KS110", "*", "a value is missing after `*`"),
    "Dense(8) * 2 if a": ("KS110", None, "an entry can have only one of `*`, `for`"),
    "8": ("KS107", "8", "an entry must be a string or a mapping, not a number"),
    "2 * Dense(8)": ("KS110", "2 * Dense(8)", "this is not a call of a layer"),
    "Dense(a.b)": ("KS111", "a.b", "a spec cannot contain an attribute"),
    "Dense(*a)": ("KS111", "*a", "a spec cannot contain `*` before a"),
    "Dense(**a)": ("KS111", "a", "a spec cannot contain `**` in a call"),
    "Dense(ä=1, b=b'')": ("KS111", "b''", "a spec cannot contain bytes"),
    "Dense(2j)": ("KS111", "2j", "a spec cannot contain a complex number"),
    "Dense(...)": ("KS111", "...", "a spec cannot contain `...`"),
    "Dense(f'{a}')": ("KS111", "f'{a}'", "a spec cannot contain an f-string"),
    "Dense(a < b < c)": ("KS111", "a < b < c", "a spec cannot contain a chained"),
    "Dense(a is 1)": ("KS111", "a is 1", "a spec cannot contain `is` with a value"),
    "Dense(a == None)": ("KS111", "a == None", "a spec cannot contain `== None`"),
    "Dense(True != a)": ("KS111", "True != a", "a spec cannot contain `!= True`"),
    "'Dense({1: a, 1: b})'": ("KS104", "1", "duplicate key `1`"),
    "Dense('\\ud800')": ("KS111", "'\\ud800'", "a spec cannot contain half of a surr"),
    "keras.Dense(8)": ("KS111", "keras.Dense", "a spec cannot contain the attribute"),
    "Dense(0x10000000000000000)": ("KS105", "0x1", "an integer must fit in 64 bits"),
    "Dense(" + "9" * 5000 + ")": ("KS105", "9", "an integer must fit in 64 bits"),
    "Dense(" + "-" * 100 + "1)": ("KS105", "-", "nested more than 64 levels deep"),
    "Dense(" + "-" * 9999 + "1)": ("KS105", None, "nested more than 64 levels deep"),
    "Dense(" + "(" * 300 + "1" + ")" * 301: ("KS105", None, "nested more than 64"),
    "Dense(" + "1+" * 9999 + "1)": ("KS105", None, "nested more than 64 levels deep"),
    "Dense(" + "a and " * 99 + "a)": ("KS105", "a and", "nested more than 64 levels"),
    "Add <- **a": ("KS111", "a", "a spec cannot contain `**` in a call"),
    "Add <- a) + f(b": ("KS110", ")", "unmatched `)`"),
    "Add <- lstm[-1]": ("KS111", "lstm[-1]", "a spec cannot contain an index"),
    "Dense(8) for a": ("KS110", "a", "`for` must loop over a list of values"),
    "Dense(8) for a, b in [1]": ("KS110", "1", "this item has 1 values for 2 names"),
}


@pytest.mark.parametrize("line", LINES)
def test_lines(line: str) -> None:
    """Each fault of an entry is found once, at its place."""
    code, place, message = LINES[line]
    text = entry(line)
    (diagnostic,) = faults(text)
    assert (diagnostic.code, diagnostic.message[: len(message)]) == (code, message)
    piece = cut(text, diagnostic.span)
    assert piece.startswith(place) if place else piece in line
    assert piece != "" and not diagnostic.message.endswith(".")


KEYED = {
    "{}": ("KS112", "{}", "this entry does not name a layer"),
    "{Dense: 8, ReLU: }": ("KS112", "ReLU", "this entry names more than one layer"),
    "{Dense: 8, nme: a}": ("KS106", "nme", "an entry has no key `nme`"),
    "{Dense: 8, name: 3}": ("KS107", "3", "`name` must be a string, not a number"),
    "{Add: , from: {a: []}}": None,
    "{Add: , from: {a: 'b, c'}}": ("KS110", "'b, c'", "this argument must be one name"),
    "{Add: , from: ''}": ("KS110", "''", "the name of an entry is missing here"),
    "{Add: , from: 3}": ("KS107", "3", "`from` must be names of entries, not a number"),
    "{Add: , call: 3}": ("KS107", "3", "`call` must be a mapping of call arguments"),
    "{Add: , from: 'a)(b'}": ("KS110", "a)(b", "this is not a list of names"),
    "{Add: , from: 'a)()('}": ("KS110", "a)", "this is not a list of names"),
    "{reuse: [a]}": ("KS107", "[a]", "`reuse` must be a string, not a list"),
    "{Dense: 8, for: [1]}": ("KS107", "[1]", "`for` must be a mapping of names"),
    "{Dense: 8, for: {a: 1}}": ("KS107", "1", "`a` must be a list, not a number"),
    "{Dense: 8, for: {a: [1], b: []}}": ("KS110", "{a: [1]", "the lists of `for`"),
    "{Dense: 8, if: $a, else: ReLU}": ("KS107", "ReLU", "`else` must be one layer"),
    "{Dense: $8 +}": ("KS110", "+", "a value is missing after `+`"),
    "{Dense: $}": ("KS110", "$", "an expression is missing here"),
}


@pytest.mark.parametrize("line", KEYED)
def test_keyed(line: str) -> None:
    """Each fault of an entry in keyed notation is found once, at its place."""
    text = entry(line)
    if KEYED[line] is None:
        assert faults(text) == ()
        return
    code, place, message = KEYED[line] or ("", "", "")
    (diagnostic,) = faults(text)
    assert (diagnostic.code, diagnostic.message[: len(message)]) == (code, message)
    assert cut(text, diagnostic.span).strip("'").startswith(place.strip("'"))


SECTIONS = {
    "": ("KS108", "the file is empty"),
    "# nothing\n": ("KS108", "the file is empty"),
    "[1]": ("KS107", "a spec must be a mapping of keys, not a list"),
    "inputs: 3\nlayers: []": ("KS107", "`inputs` must be a shape, or a mapping"),
    "inputs: {a: 3}\nlayers: []": ("KS107", "the input `a` must be a shape"),
    "inputs: {a: {}}\nlayers: []": ("KS108", "the input `a` has no shape"),
    "inputs: [1]\nlayers: 3": ("KS107", "`layers` must be a list of entries"),
    "inputs: [1]\nlayers: []\nparams: [a]": ("KS107", "`params` must be a mapping"),
    "inputs: [1]\nlayers: []\nname: [a]": (
        "KS107",
        "`name` must be a string, not a list",
    ),
    "inputs: [1]\nlayers: []\nimports: a": ("KS107", "`imports` must be a mapping"),
    "inputs: [1]\nlayers: []\nimports: {A: 1}": (
        "KS107",
        "the import `A` must be a str",
    ),
    "inputs: [1]\nlayers: []\nimports: {A: b}": ("KS107", "`b` does not name a mo"),
    "inputs: [1]\nlayers: []\ncompile: adam": ("KS107", "`compile` must be a mapping"),
    "inputs: [1]\nlayers: []\noutputs: 3": ("KS107", "`outputs` must be names of ent"),
    "inputs: [1]\nlayers: []\noutputs: 'a, b'": ("KS110", "an output must be the"),
    "inputs: [1]\nlayers: []\noverride: {}": ("KS107", "`override` must be a string"),
    "inputs: [1]\nlayers: []\nblocks: []": ("KS107", "`blocks` must be a mapping"),
    "inputs: [1]\nlayers: []\nblocks: {A: }": ("KS107", "the block `A` must be a map"),
    "inputs: [1]\nlayers: []\nblocks: {A: {}}": ("KS108", "the block `A` requires"),
    "inputs: [1]\nlayers: []\nlayer: []": ("KS106", "a spec has no key `layer`"),
    "inputs: [1]\nlayers: []\nparams: {a: "
    + str(list(range(300)))
    + "}": (
        "KS105",
        "a param's default can have at most 250 values",
    ),
}


@pytest.mark.parametrize("text", SECTIONS)
def test_sections(text: str) -> None:
    """Each fault of a section is found once, and says how to mend it."""
    code, message = SECTIONS[text]
    (diagnostic,) = faults(text)
    assert (diagnostic.code, diagnostic.message[: len(message)]) == (code, message)
    assert diagnostic.help
    assert diagnostic.span.line >= 1


JSON = {
    "": ("KS108", "the file is empty", 1, 1),
    "{": ("KS103", "expected a key in double quotes, found the end of the file", 1, 2),
    '{"a" 1}': ("KS103", "expected `:`, found `1`", 1, 6),
    '{"a": 1,}': ("KS103", "expected a key in double quotes, found `}`", 1, 9),
    "[1,\n ]": ("KS103", "expected a value, found `]`", 2, 2),
    "[1 2]": ("KS103", "expected `,` or `]`, found `2`", 1, 4),
    "[1}": ("KS103", "expected `,` or `]`, found `}`", 1, 3),
    "[] []": ("KS103", "expected the end of the file, found `[`", 1, 4),
    "['a']": ("KS103", "expected a value, found `'`", 1, 2),
    "# a": ("KS103", "expected a value, found `#`", 1, 1),
    "{a: 1}": ("KS103", "expected a key in double quotes, found `a`", 1, 2),
    "[True]": ("KS103", "expected a value, found `True`", 1, 2),
    "[NaN]": ("KS103", "expected a value, found `NaN`", 1, 2),
    "[01]": ("KS103", "expected `,` or `]`, found `1`", 1, 3),
    "[1.]": ("KS103", "expected `,` or `]`, found `.`", 1, 3),
    "[\xa01]": ("KS103", "expected a value, found `\\xa0`", 1, 2),
    '["a': ("KS103", "this string is not closed", 1, 2),
    '["a\n"]': ("KS103", "this string is not closed", 1, 2),
    '["a\tb"]': ("KS103", "the character `\\t` is not allowed in a JSON", 1, 4),
    '["a\0b"]': ("KS103", "the character `\\x00` is not allowed in a JSON", 1, 4),
    '["\\q"]': ("KS103", "`\\q` is not a valid JSON", 1, 3),
    '["\\u12"]': ("KS103", "`\\u` is not a valid JSON", 1, 3),
    '["\\ud800"]': ("KS103", "the escape `\\ud800` is half of a surrogate", 1, 2),
    '{"a": 1, "a": 2}': ("KS104", "duplicate key `a`", 1, 10),
    "[18446744073709551616]": ("KS105", "an integer must fit in 64 bits", 1, 2),
    "[" * 70: ("KS105", "nested more than 64 levels deep", 1, 65),
}


@pytest.mark.parametrize("text", JSON)
def test_json(text: str) -> None:
    """What is not JSON is told in JSON's terms, at its place."""
    (diagnostic,) = faults(text, "json")
    code, message, line, column = JSON[text]
    assert (diagnostic.code, diagnostic.message[: len(message)]) == (code, message)
    assert (diagnostic.span.line, diagnostic.span.column) == (line, column)


TOML = {
    "a = 1\na = 2\n": ("KS104", "duplicate key `a`", 2),
    "[a]\nb = 1\n[a]\n": ("KS104", "duplicate key `a`", 3),
    "a = {b = 1, b = 2}": ("KS104", "duplicate key `b`", 1),
    "a = \n": ("KS103", "`a` has no value", 1),
    "\na = 'b\n": ("KS103", "", 2),
    "a = 18446744073709551616": ("KS105", "an integer must fit in 64 bits", 1),
    "b=1\na = " + "9" * 5000: ("KS105", "an integer must fit in 64 bits", 0),
    ".".join(["a"] * 70) + " = 1": ("KS105", "nested more than 64 levels deep", 1),
    "\na = " + "[" * 70: ("KS105", "nested more than 64 levels deep", 2),
    "a = " + "{b=" * 70: ("KS105", "nested more than 64 levels deep", 1),
}


@pytest.mark.parametrize("text", TOML)
def test_toml(text: str) -> None:
    """What is not TOML is told by the line."""
    (diagnostic,) = faults(text, "toml")
    code, message, line = TOML[text]
    assert (diagnostic.code, diagnostic.message[: len(message)]) == (code, message)
    assert diagnostic.span.line == line


YAML = {
    "a: b: c": ("KS103", "YAML reads the `: ` in this line", 1, 5),
    "a: [1": ("KS103", "this `[` is not closed", 1, 4),
    "a: 1\na: 2": ("KS104", "duplicate key `a`", 2, 1),
    "1.5: 2": ("KS103", "a key must be a string", 1, 1),
    "a: *b": ("KS103", "there is no anchor `&b` before this alias", 1, 4),
    "a: &a [*a]": ("KS103", "there is no anchor `&a` before this alias", 1, 8),
    "a: !!python/object:os.system {}": (
        "KS103",
        "a spec does not support the tag",
        1,
        4,
    ),
    "a: 1\n---\nb: 2": ("KS103", "a spec must be one YAML document", 2, 1),
    "a: \0": ("KS103", "the character `\\x00` is not allowed in YAML", 1, 4),
    "\u200ba: 1\nb: \x07": ("KS103", "the character `\\x07` is not allowed", 2, 4),
    "a: 0x1" + "0" * 16: ("KS105", "an integer must fit in 64 bits", 1, 4),
    "a: " + "9" * 5000: ("KS105", "an integer must fit in 64 bits", 1, 4),
    "[" * 70: ("KS105", "nested more than 64 levels deep", 1, 65),
    "a: !!int 3": (
        "KS103",
        "a spec does not support the tag `tag:yaml.org,2002:int`",
        1,
        4,
    ),
}


@pytest.mark.parametrize("text", YAML)
def test_yaml(text: str) -> None:
    """What is not YAML is told at its place."""
    (diagnostic,) = faults(text)
    code, message, line, column = YAML[text]
    assert (diagnostic.code, diagnostic.message[: len(message)]) == (code, message)
    assert (diagnostic.span.line, diagnostic.span.column) == (line, column)


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"a: 1\n\xff", 2, 1),
        ("ä: 1".encode("latin-1"), 1, 1),
        (b"\xef\xbb\xbf\xc3", 1, 1),
    ],
)
def test_not_utf8(data: bytes, line: int, column: int) -> None:
    """Bytes that are no UTF-8 are found at their place."""
    (diagnostic,) = faults(data)
    assert (diagnostic.code, diagnostic.span.line, diagnostic.span.column) == (
        "KS102",
        line,
        column,
    )


def test_all_faults_at_once() -> None:
    """The reading goes on after a fault, in each section."""
    text = (
        "nme: a\nparams: {a: $(, b: 1}\ninputs: {x: 3}\nlayers: [Dense(, 3, ReLU]\n"
        "compile: {optimizer: $1 +}\noutputs: 3\n"
    )
    assert [diagnostic.code for diagnostic in faults(text)] == [
        *("KS106", "KS110", "KS107", "KS110", "KS107", "KS107", "KS110")
    ]


def test_findings_have_an_end() -> None:
    """A file with a hundred thousand faults is not gone through to its end."""
    keys = "".join(f"k{number}: 1\n" for number in range(30_000))
    assert len(faults(keys)) == MOST_FINDINGS
    assert len(faults("layers:\n  - {" + ", ".join(keys.split("\n")[:-1]) + "}")) < 600


def test_long_names_are_cut_in_messages() -> None:
    """No message repeats a megabyte."""
    text = f"inputs: [1]\nlayers: []\n{'x' * 1000}: 1\n"
    assert len(faults(text)[0].message) < 100


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "KS103"),
        ("[", "KS103"),
        ("\udcff", "KS103"),
        ("$(", "KS110"),
        (str([0] * 300), "KS105"),
        ("9" * 30, "KS105"),
    ],
)
def test_params_from_outside(value: str, code: str) -> None:
    """A param set from outside that cannot be read is a finding, too."""
    spec = read(b"params: {a: 1}\ninputs: [1]\nlayers: [Dense(a)]", "model").spec
    assert spec is not None
    same, (diagnostic,) = override(spec, [("a", value)])
    assert diagnostic.code == code
    assert diagnostic.span.path.startswith(f"-p a={value}"[:50])
    assert len(diagnostic.span.path) <= 60
    assert same == spec


def test_arguments_that_are_not_indented() -> None:
    """The commonest slip in YAML is told from a key that nobody knows."""
    (slip,) = faults("inputs: [4]\nlayers:\n  - Dense:\n    units: 3\n")
    (other,) = faults("inputs: [4]\nlayers:\n  - Dense: 8\n    units: 3\n")
    (unknown,) = faults("inputs: [4]\nlayers:\n  - Dense: 8\n    nmae: x\n")
    assert slip.help == "indent it further than `Dense`"
    assert other.help == "write `Dense(8, units=3)`"
    assert unknown.help == "did you mean `name`?"
