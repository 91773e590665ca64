"""Faults in masks, in training, and in outputs."""

from __future__ import annotations

from tests.verify.planted.types import Fault, alike

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
        ("mask_zero=True)(words)", "mask_zero=True)(words) * 1.0"),
        ('self.embedded(inputs["words"])', 'self.embedded(inputs["words"]) * 1.0'),
    ),
    Fault(
        "a mask lost in an operation",
        "masked",
        "KS712",
        "- LSTM(4)",
        (
            "layers.Concatenate()(",
            "(lambda both: keras.ops.concatenate(both, axis=-1))(",
        ),
        ("self.twice(", "(lambda both: keras.ops.concatenate(both, axis=-1))("),
    ),
)
"""Masks that do not reach a layer."""


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
"""Models that train incorrectly."""


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
"""Models with different outputs."""
