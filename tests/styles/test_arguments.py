"""Arguments are written as a Keras author would write them."""

from __future__ import annotations

import ast
import json

import pytest

from scaffold.pipeline import Source, generate
from tests.styles.sources import function_of, written

SPEC = """
params: {{units: 8, sizes: [3, 5], rate: 0.5}}
inputs: [8, 8, 2]
imports: {{Own: "somewhere:Own"}}
layers:
  - {entry}
  - Conv2D(units, sizes)
  - Dropout(rate)
"""


def on_one_line(text: str, tree: ast.expr) -> str:
    """Gives the text of an expression as it is where lines have no end."""
    segment = ast.get_source_segment(text, tree) or ""
    joined = " ".join(segment.split())
    return joined.replace("( ", "(").replace(", )", ")").replace(" )", ")")


def entry(text: str) -> str:
    """Gives what is written for one entry of a chain."""
    source = written(SPEC.format(entry=json.dumps(text)))
    (rows,) = (
        node.args[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "keras.Sequential"
    )
    assert isinstance(rows, ast.List)
    return on_one_line(source, rows.elts[1])


def section(text: str, method: str = "compile") -> str:
    """Gives the arguments that are written for a section of a spec."""
    extra = {"compile": f"compile: {text}", "fit": f"train: {text}"}[method]
    if method == "fit":
        extra = f"compile: {{loss: mse}}\n{extra}"
    source = written(f"inputs: [1]\nlayers: [Dense(1)]\n{extra}\n")
    (call,) = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == f"model.{method}"
    )
    return ", ".join(
        f"{keyword.arg}={on_one_line(source, keyword.value)}"
        for keyword in call.keywords
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # Leading sizes by position, all else by keyword.
        ("Dense(units=4)", "Dense(4)"),
        ("Dense(4, 'relu')", 'Dense(4, activation="relu")'),
        ("Conv2D(filters=4, kernel_size=3)", "Conv2D(4, 3)"),
        ("Conv2D(4, 3, 2)", "Conv2D(4, 3, strides=2)"),
        ("Reshape((4, -1))", "Reshape((4, -1))"),
        ("Dropout(0.3)", "Dropout(0.3)"),
        ("Embedding(input_dim=9, output_dim=2)", "Embedding(9, 2)"),
        # In the order of the spec; by position only while that is the order of Keras.
        (
            "Dense(use_bias=False, activation='relu', units=4)",
            'Dense(use_bias=False, activation="relu", units=4)',
        ),
        (
            "Conv2D(kernel_size=3, activation='relu', padding='same', filters=4)",
            'Conv2D(kernel_size=3, activation="relu", padding="same", filters=4)',
        ),
        (
            "Conv2D(kernel_size=units, filters=4)",
            "Conv2D(kernel_size=units, filters=4)",
        ),
        (
            "Conv2D(4, padding='same', kernel_size=3)",
            'Conv2D(4, padding="same", kernel_size=3)',
        ),
        ("Dense(4, name='a', use_bias=False)", 'Dense(4, name="a", use_bias=False)'),
        ("Dense(name='a', units=4)", 'Dense(name="a", units=4)'),
    ],
)
def test_order(text: str, wanted: str) -> None:
    """Leading sizes are positional, the rest keywords, all in the order of the spec."""
    assert entry(text) == f"layers.{wanted}"


@pytest.mark.parametrize(
    "text",
    [
        "Dense(4, activation=None)",
        "Dense(4, use_bias=True)",
        'Dense(4, kernel_initializer="glorot_uniform")',
        "Dense(4, kernel_initializer=keras.initializers.GlorotUniform(seed=None))",
        "Conv2D(4, 3, strides=1)",
        "Conv2D(4, 3, strides=(1, 1))",
        "MaxPooling2D(2)",
        'MaxPooling2D((2, 2), padding="valid")',
        'LSTM(4, activation="tanh")',
        "BatchNormalization(momentum=0.99, epsilon=0.001)",
        "BatchNormalization(axis=-1)",
        "Dropout(0.0)",
        "MaxPooling2D(sizes)",
    ],
)
def test_defaults_stay(text: str) -> None:
    """An argument that equals the default of Keras is in the code, as written."""
    assert entry(text.replace("keras.initializers.", "")) == f"layers.{text}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # A string where there is one, an object where there are arguments.
        ("Dense(4, kernel_regularizer='l2')", 'Dense(4, kernel_regularizer="l2")'),
        ("Dense(4, kernel_regularizer=L2())", 'Dense(4, kernel_regularizer="l2")'),
        (
            "Dense(4, kernel_regularizer=L2(0.01))",
            "Dense(4, kernel_regularizer=keras.regularizers.L2(0.01))",
        ),
        (
            "Dense(4, kernel_initializer=GlorotUniform())",
            'Dense(4, kernel_initializer="glorot_uniform")',
        ),
        (
            "Dense(4, kernel_initializer='GlorotUniform')",
            'Dense(4, kernel_initializer="glorot_uniform")',
        ),
        (
            "Dense(4, kernel_regularizer=L2(1e-4))",
            "Dense(4, kernel_regularizer=keras.regularizers.L2(1e-4))",
        ),
        (
            "Dense(4, kernel_initializer='HeNormal')",
            'Dense(4, kernel_initializer="he_normal")',
        ),
        (
            "Dense(4, kernel_initializer=HeNormal(seed=1))",
            "Dense(4, kernel_initializer=keras.initializers.HeNormal(seed=1))",
        ),
        (
            "Dense(4, bias_constraint=MaxNorm(3))",
            "Dense(4, bias_constraint=keras.constraints.MaxNorm(3))",
        ),
        # Layers inside of layers are always objects.
        ("Bidirectional(LSTM(4))", "Bidirectional(layers.LSTM(4))"),
        ("TimeDistributed(layer=Dense(4))", "TimeDistributed(layers.Dense(4))"),
        (
            "RNN([LSTMCell(2), GRUCell(3)])",
            "RNN([layers.LSTMCell(2), layers.GRUCell(3)])",
        ),
    ],
)
def test_objects(text: str, wanted: str) -> None:
    """An object is its string, unless it has arguments of its own."""
    assert entry(text) == f"layers.{wanted}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Conv2D(4, [3, 5])", "Conv2D(4, (3, 5))"),
        ("Conv2D(4, (3, 5))", "Conv2D(4, (3, 5))"),
        ("Conv2D(4, 3)", "Conv2D(4, 3)"),
        ("Conv2D(4, [3, units])", "Conv2D(4, (3, units))"),
        ("Conv2D(4, sizes)", "Conv2D(4, sizes)"),
        ("Reshape([4])", "Reshape((4,))"),
        ("Reshape([])", "Reshape(())"),
        ("Permute([2, 1, 3])", "Permute((2, 1, 3))"),
        ("ZeroPadding2D([[1, 2], [3, 4]])", "ZeroPadding2D(((1, 2), (3, 4)))"),
        # What Keras has as a list stays one.
        (
            "TextVectorization(vocabulary=['a', 'b'])",
            'TextVectorization(vocabulary=["a", "b"])',
        ),
        # Nothing is known of a layer of the user's own.
        ("Own([1, 2], size=[[5]])", "Own([1, 2], size=[[5]])"),
    ],
)
def test_lists_and_tuples(text: str, wanted: str) -> None:
    """A list is a tuple where Keras's own code has tuples; a number stays one."""
    assert entry(text) in (f"layers.{wanted}", wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0.5", "0.5"),
        ("0.01", "0.01"),
        ("0.001", "0.001"),
        ("0.50", "0.50"),
        ("1e-4", "1e-4"),
        ("0.00025", "0.00025"),
        ("1E-3", "1e-3"),
        ("1e+5", "1e5"),
        ("1e05", "1e05"),
        (".5", "0.5"),
        ("-.5", "-0.5"),
        ("1.", "1.0"),
        ("2.E+0_3", "2.0e0_3"),
        ("10_000", "10_000"),
        ("0XfF", "0xFF"),
        ("0B1_0", "0b1_0"),
        ("0O17", "0o17"),
        ("- 1", "-1"),
        ("+1", "+1"),
        ("+ .5", "+0.5"),
        ("-+1", "-1"),
        ("-(-1)", "1"),
        ("- 0xff", "-0xFF"),
        ("00", "00"),
        ("0.0", "0.0"),
        ("-0.0", "-0.0"),
        ("1e999", 'float("inf")'),
        ("-1e999", 'float("-inf")'),
        ("18446744073709551615", "18446744073709551615"),
        (f"0.{'1' * 60}", "0.1111111111111111"),
        ("True", "True"),
        ("[.5, (1., -2)]", "[0.5, (1.0, -2)]"),
        ("{1: 1E3}", "{1: 1e3}"),
        ("units*2.50", "units * 2.50"),
        ("2**-1_0", "2**-1_0"),
        ("(-2)**2", "(-2) ** 2"),
        ("1e6", "1e6"),
        ("100.0", "100.0"),
        ("-0.5", "-0.5"),
        ("units", "units"),
        ("units*2", "units * 2"),
        ("(units+1)*2", "(units + 1) * 2"),
        ("units+1*2", "units + 1 * 2"),
        ("-(units+1)", "-(units + 1)"),
        ("units//2**2", "units // 2**2"),
        ("2-(units-1)", "2 - (units - 1)"),
    ],
)
def test_numbers(text: str, wanted: str) -> None:
    """Numbers are spelled as in the spec, as far as Black keeps that."""
    assert entry(f"Own({text})") == f"Own({wanted})"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{optimizer: Adam}", 'optimizer="adam"'),
        ("{optimizer: sgd, loss: mse}", 'optimizer="sgd", loss="mse"'),
        ("{loss: mse, optimizer: sgd}", 'loss="mse", optimizer="sgd"'),
        (
            "{optimizer: SGD(learning_rate=0.01)}",
            "optimizer=keras.optimizers.SGD(learning_rate=0.01)",
        ),
        # Keras refuses an integer, so the point is added.
        (
            "{optimizer: SGD(learning_rate=1)}",
            "optimizer=keras.optimizers.SGD(learning_rate=1.0)",
        ),
        (
            "{optimizer: SGD(learning_rate=1_000_000)}",
            "optimizer=keras.optimizers.SGD(learning_rate=1_000_000.0)",
        ),
        (
            "{optimizer: SGD(learning_rate=0x10)}",
            "optimizer=keras.optimizers.SGD(learning_rate=16.0)",
        ),
        (
            "{optimizer: SGD(learning_rate=0.1)}",
            "optimizer=keras.optimizers.SGD(learning_rate=0.1)",
        ),
        (
            "{optimizer: {SGD: {momentum: 0.9, learning_rate: 0.1}}}",
            "optimizer=keras.optimizers.SGD(momentum=0.9, learning_rate=0.1)",
        ),
        ("{loss: MeanSquaredError()}", 'loss="mean_squared_error"'),
        (
            "{loss: Huber(delta=2.0)}",
            "loss=keras.losses.Huber(delta=2.0)",
        ),
        ("{metrics: [accuracy]}", 'metrics=["accuracy"]'),
        ("{metrics: accuracy}", 'metrics=["accuracy"]'),
        ("{metrics: mse}", 'metrics=["mse"]'),
        # As a string it would have another name in the logs.
        (
            "{metrics: [MeanSquaredError()]}",
            "metrics=[keras.metrics.MeanSquaredError()]",
        ),
        ("{loss: mse, run_eagerly: false}", 'loss="mse", run_eagerly=False'),
    ],
)
def test_compile(text: str, wanted: str) -> None:
    """What `compile` takes is written by the same rules, all by keyword."""
    assert section(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{epochs: 1, verbose: auto}", 'epochs=1, verbose="auto"'),
        ("{verbose: 0, epochs: 3}", "verbose=0, epochs=3"),
        ("{batch_size: 2, epochs: 3}", "batch_size=2, epochs=3"),
        ("{callbacks: TerminateOnNaN}", "callbacks=[keras.callbacks.TerminateOnNaN()]"),
        (
            "{callbacks: [EarlyStopping(monitor='loss')]}",
            'callbacks=[keras.callbacks.EarlyStopping(monitor="loss")]',
        ),
    ],
)
def test_fit(text: str, wanted: str) -> None:
    """What `fit` takes is written by the same rules, all by keyword."""
    data = text.replace("{", "{x: [1, 2], y: [3, 4], ", 1)
    assert section(data, "fit") == wanted


def test_params_are_in_the_order_of_the_spec() -> None:
    """Parameters stand as in the spec; lists are tuples, that nothing can change."""
    spec = """
params: {second: 2, first: [3, 5], none: null, flag: true, name_: "it's"}
inputs: [8, 8, 1]
layers:
  - Own(name_)
  - Conv2D(second, first, activation=none, use_bias=flag)
imports: {Own: "somewhere:Own"}
"""
    for style in ("sequential", "functional", "subclass"):
        function = function_of(written(spec, style), "build_model")
        assert ast.unparse(function.args) == (
            'second=2, first=(3, 5), none=None, flag=True, name_="it\'s"'
        )


def test_list_defaults_are_tuples_all_the_way() -> None:
    """A list in a default list is a tuple as well; nothing in it can be changed."""
    spec = """
params: {padding: [[1, 2], [3, 4]]}
inputs: [8, 8, 1]
layers: [ZeroPadding2D(padding)]
"""
    text = written(spec)
    assert "def build_model(padding=((1, 2), (3, 4))) -> keras.Model:" in text


def test_a_default_from_the_command_line_is_spelled_as_there() -> None:
    """`-p` keeps the spelling of its number, also in the docstring."""
    source = Source(b"params: {lr: 1}\ninputs: [4]\nlayers: [Dropout(lr)]\n", "m")
    source = source._replace(params=(("lr", "0.10"),))
    result, _ = generate(source, "functional")
    assert result is not None
    assert "def build_model(lr=0.10)" in result.text
    assert (
        "lr: float, the `rate` of the `Dropout` layer. Defaults to 0.10." in result.text
    )


def test_inline_data_is_spelled_as_in_the_spec() -> None:
    """The numbers of inline data keep their spelling."""
    spec = "inputs: [1]\nlayers: [Dense(1)]\ncompile: {loss: mse}\n"
    text = written(spec + "train: {x: [[1e-3], [.50]], y: [0.001, 2.]}\n")
    assert "x = np.array([[1e-3], [0.50]], dtype=" in text
    assert "y = np.array([0.001, 2.0])" in text
