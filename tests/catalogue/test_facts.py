"""Facts that no introspection tells, held against the bundled catalogue."""

from __future__ import annotations

import pytest

from scaffold.catalogue import Catalogue, Registry, load
from scaffold.catalogue.facts import activations, layers, losses, shapes
from scaffold.shapes.rules import NUMBERED_RULES, RULES
from scaffold.shapes.rules.ops import OPS
from tests.catalogue.facts import unknown_names


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Give the bundled catalogue."""
    return load()


def test_keras_has_all_that_facts_name(catalogue: Catalogue) -> None:
    """A name that Keras has no more would be a fact about nothing."""
    assert unknown_names(catalogue) == []


def test_a_fact_about_nothing_is_told(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its place and its name are said."""
    monkeypatch.setattr(layers, "CELLS", frozenset(("LSTMCell", "ElmanCell")))
    assert unknown_names(catalogue) == ["layers.CELLS: ElmanCell"]


@pytest.mark.parametrize(
    "registry, strings",
    [
        ("activations", activations.PROBABILITIES),
        ("activations", activations.UNBOUNDED),
        ("activations", (activations.LINEAR, activations.HALVES)),
        ("activations", tuple(activations.LAYERS.values())),
        ("losses", losses.BINARY_STRINGS),
        ("losses", losses.CATEGORICAL_STRINGS),
        ("losses", losses.SPARSE_STRINGS),
        ("losses", (losses.ABSOLUTE_ERROR, losses.SQUARED_ERROR, losses.HINGE_STRING)),
        ("metrics", losses.ACCURACIES),
        ("metrics", tuple(losses.OTHER_TARGETS.values())),
    ],
)
def test_keras_takes_the_strings(
    registry: Registry, strings: tuple[str, ...], catalogue: Catalogue
) -> None:
    """Each is one for a spec to write."""
    for string in strings:
        assert catalogue.find_string(registry, string) is not None, string


def test_each_shape_rule_is_there_and_in_use() -> None:
    """What layers and functions follow is what there are rules for."""
    assert {rule for rule, *_ in shapes.LAYERS.values()} == {*RULES, *NUMBERED_RULES}
    assert {
        rule for rule, *numbers in shapes.LAYERS.values() if numbers
    } == NUMBERED_RULES.keys()
    assert set(shapes.OPS.values()) == OPS.keys()


def test_layers_with_masks_are_those_that_keras_says(catalogue: Catalogue) -> None:
    """What uses a mask in its sums uses it in Keras; what makes one makes it there."""
    for name in layers.MASK_USERS | layers.MASK_MAKERS:
        layer = catalogue.find("layers", name)
        wanted = "makes" if name in layers.MASK_MAKERS else "uses"
        assert layer is not None and layer.masks == wanted, name
