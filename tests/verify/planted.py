"""Faults to plant in generated files, and what is to be said of each.

One more fault is one more entry of `FAULTS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

CHAIN = """
name: chain
params: {units: 6}
inputs: [4]
layers:
  - first = Dense(units)
  - BatchNormalization
  - Activation("tanh")
  - last = Dense(3, activation="softmax")
"""

GRAPH = """
name: graph
params: {units: 8, rate: 0.3}
inputs:
  left: [6]
  right: [6]
  words: {shape: [null], dtype: int32}
layers:
  - encoder = Dense(units, "relu", kernel_initializer=HeNormal(seed=1)) <- left
  - other = reuse(encoder) <- right
  - gap = Subtract() <- encoder, other
  - side = Dense(units, kernel_regularizer=L2(1e-3)) <- right
  - normal = BatchNormalization() <- side
  - dropped = Dropout(rate) <- normal
  - embedded = Embedding(20, 8, mask_zero=True) <- words
  - memory = LSTM(8, return_state=True) <- embedded
  - second = LSTM(8) <- embedded, initial_state=[memory[1], memory[2]]
  - joined = Concatenate() <- gap, dropped, second
  - scaled = ops.multiply(2.0) <- joined
  - score = Dense(1) <- scaled
  - label = Dense(3, activation="softmax") <- joined
outputs: {score: score, label: label}
"""

BLOCKS = """
name: blocks
params: {depth: 2}
inputs: [8, 8, 3]
blocks:
  Residual:
    params: {filters: 4, rate: 0.2}
    layers:
      - first = Conv2D(filters, 3, padding="same", activation="relu")
      - BatchNormalization
      - last = Conv2D(filters, 3, padding="same")
      - Add() <- last, inputs
      - ReLU
      - Dropout(rate)
layers:
  - stem = Conv2D(4, 3, strides=2, padding="same")
  - body = Residual(4) * depth
  - tail = Residual(4, rate=0.5)
  - pooled = GlobalAveragePooling2D() <- tail
  - wide = Dense(3) <- pooled
  - deep = Dense(3) <- pooled
outputs: [wide, deep]
"""

MASKED = """
name: masked
inputs: {words: {shape: [null], dtype: int32}}
layers:
  - embedding = Embedding(20, 8, mask_zero=True)
  - dropout = Dropout(0.1)
  - twice = Concatenate() <- dropout, embedding
  - LSTM(4)
  - Dense(2)
compile: {loss: mse, optimizer: SGD(clipnorm=2.0)}
"""

SPECS = {"chain": CHAIN, "graph": GRAPH, "blocks": BLOCKS, "masked": MASKED}

Edit = tuple[str, str]
"""What is replaced, once, and what is put there."""


class Fault(NamedTuple):
    """A fault.

    Attributes:
        name: What it is.
        spec: The spec in whose code it is planted.
        code: What it is to be reported as.
        place: A piece of the line that it is to be reported at: a line of the spec, or
            of the code where it begins with `>`.
        graph: How it is planted in the functional style.
        subclass: How it is planted in the subclass style.
        row: How it is planted in the sequential style.
    """

    name: str
    spec: str
    code: str
    place: str
    graph: Edit | None = None
    subclass: Edit | None = None
    row: Edit | None = None

    def edits(self) -> Iterator[tuple[str, Edit]]:
        """Gives the styles that it is planted in, and how."""
        for style, edit in (
            ("functional", self.graph),
            ("subclass", self.subclass),
            ("sequential", self.row),
        ):
            if edit is not None:
                yield style, edit


def alike(name: str, spec: str, code: str, place: str, old: str, new: str) -> Fault:
    """Makes a fault that is planted alike in a function and in a class."""
    return Fault(name, spec, code, place, (old, new), (old, new))


CALLED_ON = (
    Fault(
        "swapped inputs of a difference",
        "graph",
        "KS706",
        "- gap =",
        ("([encoder_output, other])", "([other, encoder_output])"),
        ("([encoder, other])", "([other, encoder])"),
    ),
    alike(
        "swapped inputs of a concatenation",
        "graph",
        "KS706",
        "- joined =",
        "([gap, dropped, second])",
        "([dropped, gap, second])",
    ),
    alike(
        "states in another order",
        "graph",
        "KS706",
        "- second =",
        "[memory[1], memory[2]]",
        "[memory[2], memory[1]]",
    ),
    Fault(
        "a shared layer called on one input twice",
        "graph",
        "KS706",
        "- other = reuse",
        ("encoder(right)", "encoder(left)"),
        ('self.encoder(inputs["right"])', 'self.encoder(inputs["left"])'),
    ),
    alike(
        "a shortcut from the wrong tensor",
        "blocks",
        "KS706",
        "- Add()",
        "([last, inputs])",
        "([last, x])",
    ),
    Fault(
        "a layer called twice",
        "blocks",
        "KS706",
        "- ReLU",
        subclass=("self.re_lu(x)", "self.re_lu(self.re_lu(x))"),
    ),
    Fault(
        "a layer that is not called",
        "graph",
        "KS706",
        "- dropped =",
        subclass=("self.dropped(x, training=training)", "x"),
    ),
    Fault(
        "layers in another order",
        "chain",
        "KS706",
        "- BatchNormalization",
        subclass=(
            """\
        x = self.batch_normalization(x, training=training)
        x = self.activation(x)
""",
            """\
        x = self.activation(x)
        x = self.batch_normalization(x, training=training)
""",
        ),
        row=(
            'layers.BatchNormalization(),\n            layers.Activation("tanh")',
            'layers.Activation("tanh"),\n            layers.BatchNormalization()',
        ),
    ),
    alike(
        "an operation left out",
        "graph",
        "KS706",
        "- scaled =",
        "ops.multiply(joined, 2.0)",
        "joined",
    ),
    alike(
        "another constant of an operation",
        "graph",
        "KS706",
        "- scaled =",
        "ops.multiply(joined, 2.0)",
        "ops.multiply(joined, 3.0)",
    ),
    alike(
        "another operation",
        "graph",
        "KS706",
        "- scaled =",
        "ops.multiply(joined, 2.0)",
        "ops.add(joined, 2.0)",
    ),
)
"""Layers and operations called on something else than the spec says."""

MADE = (
    Fault(
        "a layer left out",
        "graph",
        "KS705",
        "- dropped =",
        ('layers.Dropout(rate, name="dropped")(x)', "x"),
        ('layers.Dropout(rate, name="dropped")', "layers.Identity()"),
    ),
    Fault(
        "a layer left out of a row",
        "chain",
        "KS705",
        "- Activation",
        row=('            layers.Activation("tanh"),\n', ""),
    ),
    Fault(
        "an activation left out of a block",
        "blocks",
        "KS705",
        "- ReLU",
        ("layers.ReLU()(x)", "x"),
    ),
    alike(
        "another class",
        "blocks",
        "KS705",
        "- ReLU",
        "layers.ReLU()",
        "layers.Softmax()",
    ),
    Fault(
        "a layer too many",
        "masked",
        "KS705",
        "- dropout =",
        ("(embedding)\n", "(layers.Dropout(0.1)(embedding))\n"),
    ),
    Fault(
        "a layer of nobody's",
        "blocks",
        "KS705",
        ">return keras.Model(",
        ("[wide, deep]", "[wide, layers.ReLU()(deep)]"),
    ),
    alike(
        "another count",
        "blocks",
        "KS705",
        "- body =",
        "range(depth)",
        "range(depth + 1)",
    ),
    Fault(
        "weights not shared",
        "graph",
        "KS705",
        "- other = reuse",
        ("encoder(right)", 'layers.Dense(units, activation="relu")(right)'),
    ),
    Fault(
        "a block shared",
        "blocks",
        "KS705",
        "- body =",
        subclass=(
            '[Residual(name=f"body_{i}") for i in range(depth)]',
            '[Residual(name="body_0")] * depth',
        ),
    ),
    Fault(
        "one layer in the place of two",
        "blocks",
        "KS703",
        "- deep =",
        subclass=("self.deep(pooled)", "self.wide(pooled)"),
    ),
    Fault(
        "a layer made in every call",
        "blocks",
        "KS703",
        "- wide =",
        subclass=("self.wide(pooled)", "layers.Dense(3)(pooled)"),
    ),
    Fault(
        "a layer made in the call alone",
        "blocks",
        "KS705",
        "- wide =",
        subclass=(
            """\
        self.wide = layers.Dense(3, name="wide")
""",
            """\
        self.wide = lambda x: layers.Dense(3, name="wide")(x)
""",
        ),
    ),
    alike(
        "another name",
        "graph",
        "KS705",
        "- side =",
        'name="side"',
        'name="aside"',
    ),
)
"""Layers that are missing, too many, or others than the spec says."""

ARGUMENTS = (
    alike(
        "another activation",
        "graph",
        "KS705",
        "- label =",
        '"softmax"',
        '"sigmoid"',
    ),
    alike(
        "an activation left out",
        "graph",
        "KS705",
        "- label =",
        'activation="softmax", ',
        "",
    ),
    Fault(
        "an activation left out of a row",
        "chain",
        "KS705",
        "- last =",
        row=(', activation="softmax"', ""),
    ),
    alike(
        "another padding",
        "blocks",
        "KS705",
        "- stem =",
        'strides=2, padding="same"',
        'strides=2, padding="valid"',
    ),
    alike(
        "another regularizer",
        "graph",
        "KS705",
        "- side =",
        "L2(1e-3)",
        "L1(1e-3)",
    ),
    alike(
        "another strength of a regularizer",
        "graph",
        "KS705",
        "- side =",
        "L2(1e-3)",
        "L2(1e-2)",
    ),
    alike(
        "another initializer",
        "graph",
        "KS705",
        "- encoder =",
        "HeNormal",
        "HeUniform",
    ),
    alike("another seed", "graph", "KS705", "- encoder =", "seed=1", "seed=2"),
    alike(
        "another rate in one use of a block",
        "blocks",
        "KS705",
        "- Dropout(rate)",
        "rate=0.5",
        "rate=0.4",
    ),
    alike(
        "another axis of a merge",
        "masked",
        "KS705",
        "- twice =",
        'layers.Concatenate(name="twice")',
        'layers.Concatenate(axis=1, name="twice")',
    ),
    alike(
        "another size",
        "graph",
        "KS704",
        "- embedded =",
        "layers.Embedding(20, 8,",
        "layers.Embedding(30, 8,",
    ),
    alike(
        "another dtype",
        "blocks",
        "KS705",
        "- deep =",
        'layers.Dense(3, name="deep")',
        'layers.Dense(3, dtype="float64", name="deep")',
    ),
    alike(
        "another dtype of an input",
        "graph",
        "KS705",
        "words:",
        'dtype="int32"',
        'dtype="float32"',
    ),
    Fault(
        "another shape of an input",
        "blocks",
        "KS705",
        "inputs: [8, 8, 3]",
        ("shape=(8, 8, 3)", "shape=(8, 8, 4)"),
        ("(None, 8, 8, 3)", "(None, 8, 8, 4)"),
    ),
    alike(
        "another default of a param",
        "graph",
        "KS704",
        "- encoder =",
        "def build_model(units=8",
        "def build_model(units=9",
    ),
    alike(
        "another default of a rate",
        "graph",
        "KS711",
        "params: {units: 8, rate: 0.3}",
        "rate=0.3) -> keras.Model",
        "rate=0.2) -> keras.Model",
    ),
    Fault(
        "another default of a class",
        "graph",
        "KS711",
        "params: {units: 8, rate: 0.3}",
        subclass=("def __init__(self, units=8", "def __init__(self, units=7"),
    ),
    alike(
        "another default of a block",
        "blocks",
        "KS711",
        "params: {filters: 4, rate: 0.2}",
        "rate=0.2",
        "rate=0.3",
    ),
)
"""Layers, inputs and params with other values than the spec says."""

MASKS = (
    alike(
        "a mask not made",
        "graph",
        "KS712",
        "- memory =",
        ", mask_zero=True",
        "",
    ),
    Fault(
        "a mask lost in arithmetic",
        "graph",
        "KS712",
        "- memory =",
        ('name="embedded")(words)', 'name="embedded")(words) * 1.0'),
        ('self.embedded(inputs["words"])', 'self.embedded(inputs["words"]) * 1.0'),
    ),
    Fault(
        "a mask lost in an operation",
        "masked",
        "KS712",
        "- LSTM(4)",
        (
            'layers.Concatenate(name="twice")(',
            "(lambda both: keras.ops.concatenate(both, axis=-1))(",
        ),
        ("self.twice(", "(lambda both: keras.ops.concatenate(both, axis=-1))("),
    ),
)
"""Masks that do not arrive."""

TRAINING = (
    Fault(
        "training not taken",
        "chain",
        "KS708",
        "- BatchNormalization",
        subclass=(
            """\
    def call(self, inputs, training=None):
        x = self.first(inputs)
        x = self.batch_normalization(x, training=training)
""",
            """\
    def call(self, inputs):
        x = self.first(inputs)
        x = self.batch_normalization(x)
""",
        ),
    ),
    Fault(
        "training not handed on",
        "blocks",
        "KS708",
        "- BatchNormalization",
        subclass=(
            "self.batch_normalization(x, training=training)",
            "self.batch_normalization(x, training=False)",
        ),
    ),
    Fault(
        "a layer that is always in training",
        "graph",
        "KS706",
        "- normal =",
        subclass=(
            "self.normal(x, training=training)",
            "self.normal(x, training=True)",
        ),
    ),
    alike(
        "a gradient stopped",
        "blocks",
        "KS708",
        "- last =",
        "([last, inputs])",
        "([keras.ops.stop_gradient(last), inputs])",
    ),
    alike(
        "a loss that is no number",
        "masked",
        "KS708",
        "compile:",
        'loss="mse"',
        "loss=lambda wanted, given: (given - wanted) / 0.0",
    ),
    alike(
        "a loss that there is not",
        "masked",
        "KS708",
        "compile:",
        'loss="mse"',
        'loss="msee"',
    ),
    Fault(
        "a dtype taken for granted",
        "chain",
        "KS709",
        ">assert",
        subclass=(
            "        x = self.first(inputs)\n",
            "        x = self.first(inputs)\n"
            '        assert keras.backend.standardize_dtype(x.dtype) == "float32"\n',
        ),
    ),
)
"""Models that do not train as they should."""

OUTPUTS = (
    alike(
        "keys of the outputs in another order",
        "graph",
        "KS706",
        "outputs:",
        '{"score": score, "label": label}',
        '{"label": label, "score": score}',
    ),
    alike(
        "outputs in another order",
        "blocks",
        "KS706",
        "outputs:",
        "[wide, deep]",
        "[deep, wide]",
    ),
    Fault(
        "an output in the place of another",
        "blocks",
        "KS706",
        "outputs:",
        subclass=("[wide, deep]", "[wide, wide]"),
    ),
    Fault(
        "an output that nothing gives any more",
        "blocks",
        "KS705",
        "- deep =",
        ("[wide, deep]", "[wide, wide]"),
    ),
    alike(
        "outputs that are no numbers",
        "blocks",
        "KS707",
        "name: blocks",
        "[wide, deep]",
        "[wide, deep / 0.0]",
    ),
)
"""Models that give something else."""

BUILDING = (
    Fault(
        "no `build`",
        "graph",
        "KS703",
        "name: graph",
        subclass=("def build(self, ", "def make(self, "),
    ),
    Fault(
        "a `build` that only says so",
        "masked",
        "KS703",
        "name: masked",
        subclass=("self.call(keras.Input(", "(keras.Input("),
    ),
    Fault(
        "a block's `build` that only says so",
        "blocks",
        "KS711",
        "Residual:",
        subclass=("self.call(keras.Input(", "(keras.Input("),
    ),
    alike(
        "a value that Keras refuses",
        "blocks",
        "KS702",
        "- deep =",
        'layers.Dense(3, name="deep")',
        'layers.Dense(-3, name="deep")',
    ),
    alike(
        "a layer that there is not",
        "blocks",
        "KS702",
        "- pooled =",
        "layers.GlobalAveragePooling2D(",
        "layers.GlobalAveragePool2d(",
    ),
    Fault(
        "no model",
        "chain",
        "KS702",
        ">def build_model",
        subclass=("    return model\n", ""),
    ),
    Fault(
        "an exit",
        "chain",
        "KS701",
        ">raise SystemExit",
        ("import keras\n", "import keras\n\nraise SystemExit(3)\n"),
    ),
    Fault(
        "no `build_model`",
        "chain",
        "KS701",
        ">",
        ("def build_model(", "def make_model("),
    ),
    Fault(
        "no Python",
        "chain",
        "KS701",
        ">def build_model((",
        ("def build_model(", "def build_model(("),
    ),
)
"""Models that are not built."""

CONFIGS = (
    Fault(
        "a key forgotten",
        "graph",
        "KS711",
        "params: {units: 8",
        subclass=('"units": self.units, ', ""),
    ),
    Fault(
        "a default in the place of a value",
        "graph",
        "KS711",
        "params: {units: 8",
        subclass=('"units": self.units', '"units": 8'),
    ),
    Fault(
        "a default in the place of a block's value",
        "blocks",
        "KS711",
        "params: {filters: 4, rate: 0.2}",
        subclass=('"rate": self.rate', '"rate": 0.2'),
    ),
    Fault(
        "an argument that is not kept",
        "blocks",
        "KS711",
        "params: {filters: 4, rate: 0.2}",
        subclass=("self.rate = rate", "self.rate = 0.2"),
    ),
    Fault(
        "a key too many",
        "blocks",
        "KS711",
        "name: blocks",
        subclass=('"depth": self.depth', '"depth": self.depth, "width": 3'),
    ),
    Fault(
        "a key that the constructor does not take",
        "blocks",
        "KS710",
        ">super().__init__(**kwargs)",
        subclass=('"depth": self.depth', '"depth": self.depth, "width": 3'),
    ),
    Fault(
        "none of the base's keys",
        "blocks",
        "KS711",
        "name: blocks",
        subclass=('{**super().get_config(), "depth"', '{"depth"'),
    ),
    Fault(
        "a block that is not registered",
        "blocks",
        "KS711",
        "Residual:",
        subclass=(
            '@keras.saving.register_keras_serializable(package="blocks")\n'
            "class Residual",
            "class Residual",
        ),
    ),
    Fault(
        "a model that is not registered",
        "chain",
        "KS710",
        ">",
        subclass=('@keras.saving.register_keras_serializable(package="chain")\n', ""),
    ),
)
"""Classes that cannot be made again."""

FAULTS: tuple[Fault, ...] = (
    *CALLED_ON,
    *MADE,
    *ARGUMENTS,
    *MASKS,
    *TRAINING,
    *OUTPUTS,
    *BUILDING,
    *CONFIGS,
)
