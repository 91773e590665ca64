"""What a project has to know of its spec is found in it."""

from __future__ import annotations

import pytest

from scaffold.kit.facts import facts_of
from scaffold.kit.recipes import PLAIN, RECIPES
from scaffold.kit.types import ProjectFacts
from scaffold.pipeline import Source, check
from scaffold.spec import preset_names, preset_path

pytestmark = pytest.mark.usefixtures("no_shapes")


def facts(text: str) -> ProjectFacts:
    """Finds the facts of a spec."""
    checked = check(Source(text.encode(), "model.yaml"))
    assert checked.model is not None and not checked.diagnostics, checked.diagnostics
    return facts_of(checked.model, PLAIN)


def with_loss(loss: str) -> str:
    """Gives a spec with a loss."""
    return f"inputs: [4]\nlayers: [Dense(3)]\ncompile: {{loss: {loss}}}"


def test_every_preset_has_a_recipe() -> None:
    """A preset has examples in its spec, or a recipe for them, but not both."""
    for name in preset_names():
        path = preset_path(name)
        assert path is not None
        checked = check(Source(path.read_bytes(), path.name))
        assert checked.model is not None
        assert (name in RECIPES) != (checked.model.train is not None), name


@pytest.mark.parametrize(
    ("loss", "kind", "is_logits"),
    [
        ("sparse_categorical_crossentropy", "class", False),
        ("SparseCategoricalCrossentropy(from_logits=True)", "class", True),
        ("categorical_crossentropy", "one_hot", False),
        ("CategoricalFocalCrossentropy", "one_hot", False),
        ("binary_crossentropy", "yes_or_no", False),
        ("bce", "yes_or_no", False),
        ("BinaryCrossentropy(from_logits=True)", "yes_or_no", True),
        ("BinaryCrossentropy(from_logits=False)", "yes_or_no", False),
        ("mse", "number", False),
        ("Huber(delta=2.0)", "number", False),
    ],
)
def test_kind(loss: str, kind: str, is_logits: bool) -> None:
    """The loss says what the output tells."""
    result = facts(with_loss(loss))
    assert result.kinds == (("y", kind),)
    assert result.logits == (("y",) if is_logits else ())


OUTPUTS = """
inputs: [4]
layers:
  - first = Dense(3)
  - second = Dense(1) <- first
outputs: {outputs}
compile: {{loss: {loss}}}
"""


def test_several_outputs() -> None:
    """Outputs have a kind each, by their names or by their places."""
    named = facts(
        OUTPUTS.format(
            outputs="{kind: first, amount: second}",
            loss="{amount: mse, kind: sparse_categorical_crossentropy}",
        )
    )
    assert named.kinds == (("kind", "class"), ("amount", "number"))
    assert named.is_dict and not named.is_list
    listed = facts(OUTPUTS.format(outputs="[first, second]", loss="[bce, mse]"))
    assert listed.kinds == (("y_0", "yes_or_no"), ("y_1", "number"))
    assert listed.is_list and not listed.is_dict


INPUTS = """
params: {size: 8, words: 50}
inputs:
  picture: [$size, $size, 3]
  text: {shape: [null], dtype: int32}
  rest: [$words]
layers:
  - Embedding(words + 1, 4) <- text
  - seen = GlobalAveragePooling1D
  - flat = Flatten() <- picture
  - Concatenate() <- seen, rest, flat
compile: {loss: mse}
"""


def test_inputs() -> None:
    """Sizes, dtypes, the params that sizes are, and the largest integers are found."""
    picture, text, rest = facts(INPUTS).inputs
    assert (picture.shape, picture.usual) == ((-1, -1, 3), (8, 8, 3))
    assert picture.params == ((1, "size"), (2, "size"))
    assert (text.shape, text.usual, text.dtype) == ((-1,), (None,), "int32")
    assert (text.highest, picture.highest) == (51, None)
    assert (rest.shape, rest.usual, rest.params) == ((-1,), (50,), ((1, "words"),))


@pytest.mark.parametrize(
    ("layers", "adapted"),
    [
        ("[Normalization, Dense(1)]", True),
        ("[scale = Normalization(), Dense(1)]", True),
        ("['Normalization(name=\"scale\")', Dense(1)]", True),
        ("[Dense(4), Normalization, Dense(1)]", False),
        ("['Normalization(mean=0.0, variance=1.0)', Dense(1)]", False),
    ],
)
def test_adapted(layers: str, adapted: bool) -> None:
    """A normalization of the input looks at the examples first; no other does."""
    text = f"inputs: [4]\nlayers: {layers}\ncompile: {{loss: mse}}"
    assert facts(text).is_adapted == adapted


def test_params() -> None:
    """Params have the values that TOML can say."""
    text = "params: {a: 1, b: 1e-3, c: relu, d: true, e: [1, 1]}\ninputs: [4]\n"
    text += "layers:\n  - Dense(a, activation=c, use_bias=d)\n"
    text += "  - Reshape(e)\n  - Dropout(b)\ncompile: {loss: mse}\n"
    result = {param.name: param.value for param in facts(text).params}
    assert result == {"a": 1, "b": 1e-3, "c": "relu", "d": True, "e": [1, 1]}
