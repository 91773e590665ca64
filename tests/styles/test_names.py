"""Names of models, classes, layers, attributes and variables."""

from __future__ import annotations

import textwrap

import pytest

from scaffold.pipeline import Source, generate
from tests.styles.sources import body, evaluated, written


def layers_of(entries: str, inputs: str = "[4]", more: str = "") -> list[str]:
    """Gives the statements that make layers in the subclass style."""
    spec = f"inputs: {inputs}\nlayers:\n{textwrap.indent(entries, '  ')}\n{more}"
    lines = body(written(spec, "subclass"), "__init__").splitlines()
    assert lines[0] == "super().__init__(**kwargs)" or more
    return [line for line in lines if "layers." in line]


@pytest.mark.parametrize(
    ("text", "name", "class_"),
    [
        ("wide_deep", "wide_deep", "WideDeep"),
        ("WideDeep", "wide_deep", "WideDeep"),
        ("wideDeep", "wide_deep", "WideDeep"),
        ("net", "net", "Net"),
        ("Net2", "net2", "Net2"),
        ("resnet_50", "resnet_50", "Resnet50"),
        ("a_b_c", "a_b_c", "ABC"),
    ],
)
def test_model(text: str, name: str, class_: str) -> None:
    """The class is CamelCase, the Keras name and the file snake_case."""
    spec = f"name: {text}\ninputs: [4]\nlayers: [Dense(1)]\n"
    for style in ("sequential", "functional", "subclass"):
        result, _ = generate(Source(spec.encode(), "other.yaml"), style)
        assert result is not None
        assert result.name == name
        assert f'name="{name}")' in " ".join(result.text.split()) or (
            f'name="{name}", )' in " ".join(result.text.split())
        )
        assert f'"""Build the `{name}` model.' in result.text
    assert result is not None
    package = f'@keras.saving.register_keras_serializable(package="{name}")'
    assert f"{package}\nclass {class_}(keras.Model):\n" in result.text
    assert body(result.text, "build_model") == (
        f'model = {class_}(name="{name}")\nmodel.build((None, 4))\nreturn model\n'
    )


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("digits.yaml", "digits"),
        ("some/where/WideDeep.toml", "wide_deep"),
    ],
)
def test_model_without_a_name(path: str, name: str) -> None:
    """Without a name, the model is called like its file."""
    text = "inputs: [4]\nlayers: [Dense(1)]\n"
    if path.endswith("toml"):
        text = 'inputs = [4]\nlayers = ["Dense(1)"]\n'
    result, _ = generate(Source(text.encode(), path), "subclass")
    assert result is not None
    assert result.name == name


def test_names_of_keras_are_not_said() -> None:
    """Layers without a name have Keras's own, counted by class; it is not passed."""
    entries = """
- Conv2D(2, 3)
- Conv2D(2, 3)
- MaxPooling2D
- PReLU
- Conv2D(2, 3)
- Flatten
"""
    assert layers_of(entries, "[8, 8, 1]") == [
        "self.conv2d = layers.Conv2D(2, 3)",
        "self.conv2d_1 = layers.Conv2D(2, 3)",
        "self.max_pooling2d = layers.MaxPooling2D()",
        "self.prelu = layers.PReLU()",
        "self.conv2d_2 = layers.Conv2D(2, 3)",
        "self.flatten = layers.Flatten()",
    ]


@pytest.mark.parametrize(
    "entries",
    [
        '- hidden = Dense(3)\n- Dense(2, name="out")',
        "- {Dense: 3, name: hidden}\n- {Dense: {units: 2, name: out}}",
    ],
)
def test_names_that_are_given(entries: str) -> None:
    """Both are attributes; only the argument `name` is passed to Keras."""
    assert layers_of(entries) == [
        "self.hidden = layers.Dense(3)",
        'self.out = layers.Dense(2, name="out")',
    ]


@pytest.mark.parametrize(
    "name",
    ["output", "input", "metrics", "loss", "layers", "weights", "call", "fit", "dtype"],
)
def test_attributes_of_every_model(name: str) -> None:
    """A name that every model has as an attribute stays the layer's alone."""
    text = written(f"inputs: [4]\nlayers:\n  - {name} = Dense(1)\n", "subclass")
    assert body(text, "__init__").splitlines()[1:] == [
        f"self.{name}_layer = layers.Dense(1)"
    ]
    assert body(text, "call") == f"return self.{name}_layer(inputs)\n"


def test_attribute_that_is_taken() -> None:
    """The attribute in its place gives way to a layer of that very name."""
    entries = "- output = Dense(1)\n- output_layer = Dense(2)\n"
    assert layers_of(entries) == [
        "self.output_layer = layers.Dense(1)",
        "self.output_layer_1 = layers.Dense(2)",
    ]


def test_attribute_of_a_param() -> None:
    """A param's attribute is its own: a layer that is called alike has another."""
    entries = "- Dropout(dropout)\n- Dense(1)"
    assert layers_of(entries, more="params: {dropout: 0.5}") == [
        "self.dropout_layer = layers.Dropout(dropout)",
        "self.dense = layers.Dense(1)",
    ]


def test_given_name_like_one_of_keras() -> None:
    """Where a given name is one that Keras would give, all names are said."""
    entries = '- Dense(1)\n- Dense(2, name="dense")\n- Dense(3)'
    layers = layers_of(entries)
    names = [line.split('name="')[1].rstrip('")') for line in layers]
    assert names[1] == "dense"
    assert len(set(names)) == 3
    assert [line.split(" ")[0] for line in layers] == [f"self.{name}" for name in names]


FREE = "keras layers ops self inputs outputs x training model super".split()
"""Names that the code itself uses, and that are no keyword of Python."""


@pytest.mark.parametrize("name", [*FREE, "Left"])
def test_variables_of_inputs(name: str) -> None:
    """Whatever an input is called, each variable holds one thing."""
    spec = f"""
inputs: {{{name}: [4], left: [4]}}
layers:
  - one = Dense(4) <- {name}
  - two = ops.relu() <- one
  - Add() <- two, {name}, left
"""
    text = written(spec, "functional")
    first, other = f"Input({name})", "Input(left)"
    assert evaluated(text) == (
        f"{{{name!r}: {first}, 'left': {other}}} -> "
        f"Add()([relu(Dense(4)({first})), {first}, {other}])"
    )


@pytest.mark.parametrize("name", [item for item in FREE if item != "inputs"])
def test_variables_of_layers(name: str) -> None:
    """Whatever a layer that is used twice is called, each variable holds one thing."""
    spec = f"""
inputs: [4]
layers:
  - Dense(4, name="{name}")
  - middle = ops.relu()
  - again = reuse({name})
  - Add() <- {name}, again
"""
    text = written(spec, "functional")
    result = f"Dense(4, name='{name}')"
    once = f"{result}(Input(None))"
    assert evaluated(text) == (
        f"Input(None) -> Add()([{once}, {result}(relu({once}))])"
    )


def test_variables_that_differ_in_capitals_only() -> None:
    """Variables are in small letters, and two names do not become one."""
    spec = """
inputs: {A: [4], a: [4]}
layers:
  - B = Dense(4, name="B") <- A
  - b = Dense(4, name="b") <- a
  - c = Dense(4, name="c") <- B
  - Add() <- A, a, B, b, c
"""
    text = written(spec, "functional")
    ours, theirs = ("Dense(4, name='B')(Input(A))", "Dense(4, name='b')(Input(a))")
    assert evaluated(text) == (
        "{'A': Input(A), 'a': Input(a)} -> "
        f"Add()([Input(A), Input(a), {ours}, {theirs}, Dense(4, name='c')({ours})])"
    )
