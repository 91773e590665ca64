"""Did-you-mean."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.catalogue import load, suggest

CATALOGUE = load()
LAYERS = (*CATALOGUE.names("layers"), *CATALOGUE.aliases("layers"))


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("conv2d", "Conv2D"),
        ("Conv2d", "Conv2D"),
        ("dense_layer", "Dense"),
        ("DenseLayer", "Dense"),
        ("Dence", "Dense"),
        ("desne", "Dense"),
        ("MaxPool", "MaxPool1D"),
        ("Convolution", "Convolution1D"),
        ("lsmt", "LSTM"),
        ("relu", "ReLU"),
        ("batch_norm", "BatchNormalization"),
        ("multihead_attention", "MultiHeadAttention"),
        ("GlobalAvgPooling2D", "GlobalAvgPool2D"),
    ],
)
def test_the_best_comes_first(word: str, first: str) -> None:
    """Slips, other cases and halves of names lead to the layer that was meant."""
    assert suggest(word, LAYERS)[0] == first


@pytest.mark.parametrize("word", ["", "_", "qqqqqq", "Zebra", "ü", "  "])
def test_nothing_is_near(word: str) -> None:
    """A word that is like no other gets no suggestion."""
    assert suggest(word, LAYERS) == ()


def test_strings() -> None:
    """It works as well for strings that stand for objects."""
    losses = CATALOGUE.strings("losses")
    assert "sparse_categorical_crossentropy" in suggest("sparse_crossentropy", losses)
    assert suggest("mean_square_error", losses)[0] == "mean_squared_error"


def test_any_iterable_and_no_candidates() -> None:
    """Candidates may come from a generator, or not at all."""
    assert suggest("dens", (name for name in ("Dense", "Dot"))) == ("Dense",)
    assert suggest("dense", ()) == ()


def test_a_very_long_word_takes_no_time() -> None:
    """The time is bounded by the candidates, not by the word."""
    candidates = [f"candidate_{number}" for number in range(400)]
    begun = time.process_time()
    suggest("candidat" * 100_000, candidates)
    assert time.process_time() - begun < 0.5


@given(st.text(max_size=30), st.lists(st.text(max_size=12), max_size=12))
def test_properties(word: str, candidates: list[str]) -> None:
    """At most three, all of them candidates, none twice, always the same."""
    results = suggest(word, candidates)
    assert len(results) <= 3
    assert len(set(results)) == len(results)
    assert set(results) <= set(candidates)
    assert results == suggest(word, reversed(candidates))


@given(st.sampled_from(LAYERS))
def test_case_and_underscores_do_not_matter(name: str) -> None:
    """A name in other letters finds itself."""
    assert suggest(name.lower(), LAYERS)[0] == name
    assert suggest("_".join(name.upper()), LAYERS)[0] == name
