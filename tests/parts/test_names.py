"""Names and params of parts: which are refused, and that all others work."""

from __future__ import annotations

import ast
import builtins
import json
import keyword
import math
import string
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.catalogue import load
from scaffold.cli.commands.new import PARTS as COMMANDS
from scaffold.diagnostics import Diagnostic
from scaffold.output import is_untouched
from scaffold.parts import KINDS, module_name
from scaffold.pipeline import GeneratedPart, generate_part
from scaffold.render.formatting import format_source


def found_in(
    kind: str, name: str, *params: tuple[str, str], module: str = ""
) -> tuple[Diagnostic, ...]:
    """Return the findings of a part, empty if it is generated."""
    part, result = generate_part(kind, name, params, module)
    assert (part is None) == bool(result)
    return result


def check_text(text: str) -> ast.Module:
    """Check the properties of every generated file."""
    tree = ast.parse(text)
    assert is_untouched(text)
    assert format_source(text) == text
    assert max(map(len, text.splitlines())) <= 88
    return tree


def defaults_of(part: GeneratedPart) -> dict[str, Any]:
    """Read the defaults of a part's arguments from its source."""
    (nodes,) = (
        node
        for node in ast.walk(ast.parse(part.text))
        if isinstance(node, ast.FunctionDef) and node.name == "__init__"
    )
    names = [argument.arg for argument in nodes.args.args[1:]]
    values = [_evaluated(default) for default in nodes.args.defaults]
    return dict(zip(names, values, strict=True))


def _evaluated(tree: ast.expr) -> Any:
    return eval(compile(ast.Expression(tree), "", "eval"), {"float": float})


def test_the_command_knows_every_kind() -> None:
    """The parts of `new` are the kinds, in the same order."""
    assert list(COMMANDS) == list(KINDS)
    with pytest.raises(ValueError, match="optimizer"):
        generate_part("optimizer", "Mine")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["MeanGap", "mean_gap"])
def test_both_spellings_of_a_name(kind: str, name: str) -> None:
    """Both produce the same class in the same module."""
    part, _ = generate_part(kind, name, (), "mean_gap")
    assert part is not None and part.name == "MeanGap"
    other, _ = generate_part(kind, "MeanGap", (), "mean_gap")
    assert part == other and module_name(name) == "mean_gap"
    assert f"class MeanGap(keras.{KINDS[kind].base.split('.')[1]}." in part.text
    assert "from mean_gap import MeanGap\n" in part.tests


@pytest.mark.parametrize(
    ("name", "code", "text"),
    [
        ("my-layer", "KS208", "write `my_layer`"),
        ("", "KS208", "is empty"),
        ("2D", "KS208", "is not an identifier"),
        ("Größe", "KS208", "is not an identifier"),
        ("class", "KS208", "is a Python keyword"),
        ("x" * 61, "KS208", "has 61 characters"),
        ("meanGap", "KS208", "write `MeanGap`"),
        ("Mean_Gap", "KS208", "write `MeanGap`"),
        ("MEAN_GAP", "KS208", "neither in CamelCase nor snake_case"),
        ("_gap", "KS208", "is not an identifier"),
        ("Dense", "KS211", "`keras.layers.Dense`; such as `MyDense`"),
        ("dense", "KS211", "`keras.layers.Dense`; such as `my_dense`"),
        ("MaxPool2D", "KS211", "`keras.layers.MaxPool2D`"),
        ("Adam", "KS211", "`keras.optimizers.Adam`"),
        ("exponential_decay", "KS211", "keras.optimizers.schedules.ExponentialDecay"),
        ("Sequential", "KS211", "`keras.Sequential`"),
        ("print", "KS211", "the Python built-in `print`"),
        ("ValueError", "KS211", "`ValueError`"),
        ("Sorted", "KS211", "`sorted`"),
        ("none", "KS211", "`None`"),
        ("Import", "KS211", "the Python keyword `import`"),
    ],
)
@pytest.mark.parametrize("kind", ["layer", "callback"])
def test_names_that_are_refused(kind: str, name: str, code: str, text: str) -> None:
    """One finding describes the error in the name, and suggests a better one."""
    (finding,) = found_in(kind, name)
    assert finding.code == code
    for piece in text.split("; "):
        assert piece in f"{finding.message}; {finding.help}"
    assert finding.span.path == (name or "NAME")


def test_names_that_pytest_would_take() -> None:
    """Names that start with `Test` are refused only with tests."""
    assert found_in("loss", "TestLoss") == ()
    (finding,) = found_in("loss", "TestLoss", module="test_loss")
    assert finding.code == "KS208" and "pytest" in finding.message


def test_all_builtins_and_layers_are_refused() -> None:
    """All of them are refused."""
    for name in dir(builtins):
        if name.isidentifier() and not name.startswith("_"):
            assert found_in("metric", name), name
    for name in load().names("layers"):
        assert found_in("layer", name), name
    for name in keyword.kwlist:
        assert found_in("layer", name), name


@settings(max_examples=40)
@given(
    st.sampled_from(sorted(KINDS)),
    st.text(max_size=70) | st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,64}", fullmatch=True),
)
def test_any_name(kind: str, name: str) -> None:
    """It is refused with help, or the generated files are valid."""
    module = module_name(name)
    part, diagnostics = generate_part(kind, name, (), module)
    if part is None:
        assert {finding.code for finding in diagnostics} <= {"KS208", "KS211"}
        assert all(finding.help for finding in diagnostics)
        return
    check_text(part.text)
    check_text(part.tests)
    assert module.isidentifier() and module.islower() and len(module) <= 120


NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,34}", fullmatch=True) | st.sampled_from(
    ["units", "activation", "use_bias", "delta", "tolerance", "verbose", "name", "l"]
    + ["kernel", "total", "params", "keras", "self", "def", "reduction", "rate"]
)
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.sampled_from(string.printable + "äß→\"'\\{}%"), max_size=120)
)
VALUES = PLAIN | st.lists(PLAIN, max_size=4)


@settings(max_examples=40)
@given(
    st.sampled_from(sorted(KINDS)),
    st.dictionaries(NAMES, VALUES, min_size=1, max_size=4),
)
def test_any_params(kind: str, params: dict[str, Any]) -> None:
    """Each is the default of an argument, or is refused."""
    # A string that begins with `$` is an expression; `$$` is a literal one.
    escaped = json.dumps(params).replace('"$', '"$$')
    texts = [(name, json.dumps(value)) for name, value in json.loads(escaped).items()]
    part, diagnostics = generate_part(kind, "SomePart", texts, "some_part")
    if part is None:
        codes = {finding.code for finding in diagnostics}
        assert codes <= {"KS204", "KS205", "KS208", "KS211", "KS215"}
        assert all(
            diagnostic.span.path.startswith("-p ") and diagnostic.help
            for diagnostic in diagnostics
        )
        return
    check_text(part.text)
    check_text(part.tests)
    defaults = defaults_of(part)
    for name, value in params.items():
        wanted = tuple(value) if isinstance(value, list) else value
        assert defaults[name] == wanted and type(defaults[name]) is type(wanted)
        if kind != "callback":
            assert f'"{name}": ' in part.text


@pytest.mark.parametrize(
    ("text", "default"),
    [
        ("32", 32),
        ("1e-3", 0.001),
        ("no", "no"),
        ("true", True),
        ("null", None),
        ("[1, [2, x]]", (1, (2, "x"))),
        ("$(2 * 3)", 6),
        ("$-1", -1),
        (".inf", math.inf),
    ],
)
def test_values_are_yaml(text: str, default: object) -> None:
    """As with `-p`: YAML 1.2, and arithmetic after `$`."""
    part, result = generate_part("layer", "SomePart", [("value", text)], "some_part")
    assert part is not None, result
    assert defaults_of(part) == {"value": default}


@pytest.mark.parametrize(
    ("kind", "name", "text", "code", "message"),
    [
        (
            "layer",
            "units",
            "many",
            "KS204",
            "must be an integer, not the string 'many'",
        ),
        ("layer", "units", "null", "KS204", "must be an integer, not `None`"),
        ("layer", "units", "0", "KS215", "must be at least 1, not 0"),
        ("layer", "activation", "rellu", "KS205", 'did you mean "relu"?'),
        ("layer", "activation", "glu", "KS205", "halves the last axis"),
        ("layer", "activation", "threshold", "KS205", "requires arguments"),
        ("layer", "use_bias", "1", "KS204", "must be a boolean"),
        ("loss", "delta", "0", "KS215", "must be greater than 0, not 0"),
        ("loss", "delta", ".nan", "KS215", "must be greater than 0, not nan"),
        ("metric", "tolerance", "-0.5", "KS215", "must be at least 0, not -0.5"),
        ("callback", "verbose", "loud", "KS204", "not the string 'loud'"),
        ("layer", "value", "", "KS103", "has no value"),
        ("layer", "value", "[", "KS103", ""),
        ("layer", "value", "{a: 1}", "KS216", "cannot be a mapping"),
        ("layer", "value", "$L2(0.1)", "KS216", "cannot be `L2`"),
        ("layer", "value", "$units", "KS209", "uses `units`"),
        ("layer", "value", "$(1 // 0)", "KS213", "cannot be evaluated"),
        ("layer", "Units", "3", "KS208", "write `units`"),
        ("layer", "l", "3", "KS208", "looks like a 1"),
        ("layer", "kernel", "3", "KS211", "such as `kernel_value`"),
        ("layer", "trainable", "true", "KS211", "hides a name"),
        ("loss", "reduction", "sum", "KS211", "hides a name"),
        ("metric", "count", "0", "KS211", "hides a name"),
        ("callback", "model", "x", "KS211", "hides a name"),
    ],
)
def test_params_that_are_refused(
    kind: str, name: str, text: str, code: str, message: str
) -> None:
    """One finding describes the error."""
    (finding,) = found_in(kind, "SomePart", (name, text))
    assert finding.code == code
    assert message in f"{finding.message}; {finding.help}"


def test_all_findings_come_at_once() -> None:
    """Findings of the name and of each param are reported together."""
    results = found_in("layer", "Dense", ("units", "0"), ("def", "1"), ("a", "["))
    assert [diagnostic.code for diagnostic in results] == [
        "KS211",
        "KS215",
        "KS208",
        "KS103",
    ]


def test_the_last_value_of_a_param_counts() -> None:
    """As with `-p` for a spec."""
    part, _ = generate_part("layer", "SomePart", [("units", "3"), ("units", "4")])
    assert part is not None and defaults_of(part) == {"units": 4}
    assert part.tests == ""


def test_names_of_the_standard_library() -> None:
    """A class may have the name of a module; `plan` refuses the file."""
    assert "random" in sys.stdlib_module_names
    assert found_in("layer", "Random") == ()
