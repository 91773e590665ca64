"""Faults in the arguments and the inputs of layers."""

from __future__ import annotations

from tests.verify.planted.types import Fault, alike

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
        "[memory_h, memory_c]",
        "[memory_c, memory_h]",
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
        subclass=("self.relu(x)", "self.relu(self.relu(x))"),
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
"""Layers and operations called on other inputs than in the spec."""


MADE = (
    Fault(
        "a layer left out",
        "graph",
        "KS705",
        "- dropped =",
        ("layers.Dropout(rate)(normal)", "normal"),
        ("layers.Dropout(rate)", "layers.Identity()"),
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
            "[Residual(4) for _ in range(depth)]",
            "[Residual(4)] * depth",
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
        self.wide = layers.Dense(3)
""",
            """\
        self.wide = lambda x: layers.Dense(3)(x)
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
"""Layers that are missing, additional, or different from the spec."""


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
        ', activation="softmax"',
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
        "layers.Concatenate()",
        "layers.Concatenate(axis=1)",
    ),
    alike(
        "another size",
        "graph",
        "KS704",
        "- embedded =",
        "layers.Embedding(20, 8,",
        "layers.Embedding(30, 8,",
    ),
    Fault(
        "another dtype",
        "blocks",
        "KS705",
        "- deep =",
        ("deep = layers.Dense(3, ", 'deep = layers.Dense(3, dtype="float64", '),
        ("deep = layers.Dense(3)", 'deep = layers.Dense(3, dtype="float64")'),
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
"""Layers, inputs and params with other values than in the spec."""
