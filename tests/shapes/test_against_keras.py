"""Every shape that is worked out is the one that Keras gives."""

from __future__ import annotations

import pytest

from scaffold.catalogue import load
from scaffold.diagnostics import has_errors
from scaffold.ir.types import Origin
from scaffold.pipeline import Checked, Source, check
from scaffold.pipeline import infer as ask_keras
from scaffold.shapes import infer
from tests.goldens import specs
from tests.shapes import calls

pytestmark = pytest.mark.keras

KNOWN = 0.93
"""This share of the entries in the specs of the tests is known, at least."""

KNOWN_CALLS = 0.95
"""The same of the calls that are made up here, odd ones among them."""


def test_no_shape_is_wrong() -> None:
    """All that is known is so, and most of it is known."""
    sources = [Source(path.read_bytes(), str(path)) for path in specs()]
    made_up = [Source(text.encode(), "calls.yaml") for text in calls.specs()]
    checked = [check(source) for source in (*sources, *made_up)]
    # What Keras refuses as well has no shape, be it theirs or ours.
    errors = [
        each for item in checked for each in item.diagnostics if each.code != "KS402"
    ]
    assert not has_errors(errors), errors
    theirs = ask_keras([(str(at), item) for at, item in enumerate(checked)])
    wrong, counts = [], []
    for pair, inferred in zip(checked, theirs, strict=True):
        result, count = compare(pair, dict(inferred.shapes))
        wrong += result
        counts.append(count)
    assert wrong == []
    for part, least in (
        (counts[: len(sources)], KNOWN),
        (counts[len(sources) :], KNOWN_CALLS),
    ):
        known, total = map(sum, zip(*part, strict=True))
        print(f"{known} of {total} are known")
        assert known >= least * total


def compare(
    checked: Checked, theirs: dict[Origin, str]
) -> tuple[list[str], tuple[int, int]]:
    """Gives what is wrong; and how many shapes are known, of how many.

    What Keras refuses to build has no shape.
    """
    model = checked.model
    assert model is not None
    ours = infer(model, load()).descriptions
    wrong = [
        f"{node.layer.name} in line {node.span.line} gives {theirs[origin]}, not "
        f"{ours[origin]}: {model.path}"
        for graph in model.graphs
        for node in graph.nodes
        if (origin := Origin(graph.origin, node.id)) in ours.keys() & theirs.keys()
        and ours[origin] != theirs[origin]
    ]
    return wrong, (len(ours.keys() & theirs.keys()), len(theirs))
