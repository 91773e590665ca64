"""Faults in how a model is built, saved and loaded."""

from __future__ import annotations

from tests.verify.planted.types import Fault, alike

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
        "deep = layers.Dense(3",
        "deep = layers.Dense(-3",
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
"""Classes that cannot be created from their configurations."""
