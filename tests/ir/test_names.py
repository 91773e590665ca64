"""Names: as Keras gives them, as Python takes them, each once."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.ir.names import Namespace, camel_case, is_free, snake_case

words = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,12}", fullmatch=True)
SNAKE = {
    "Dense": "dense",
    "Conv2D": "conv2d",
    "MaxPooling2D": "max_pooling2d",
    "GlobalAveragePooling1D": "global_average_pooling1d",
    "PReLU": "p_re_lu",
    "LSTM": "lstm",
    "ConvLSTM2D": "conv_lstm2d",
    "WideDeep": "wide_deep",
    "wide_deep": "wide_deep",
    "RMSprop": "rm_sprop",
}


@pytest.mark.parametrize(("name", "wanted"), SNAKE.items())
def test_snake_case(name: str, wanted: str) -> None:
    """A class's name gives the name that Keras gives its first instance."""
    assert snake_case(name) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("wide_deep", "WideDeep"),
        ("WideDeep", "WideDeep"),
        ("a__b_", "AB"),
        ("x9", "X9"),
        ("none", "NoneModel"),
        ("true", "TrueModel"),
        ("False", "FalseModel"),
    ],
)
def test_camel_case(name: str, wanted: str) -> None:
    """A model's name gives its class's name, which no keyword is."""
    assert camel_case(name) == wanted


@given(words)
def test_class_names_are_names(name: str) -> None:
    """Whatever a model is called, its class has a name without underscores."""
    result = camel_case(name)
    assert result.isidentifier() and not keyword.iskeyword(result)
    assert result[0].isupper() and "_" not in result
    assert snake_case(result).isidentifier()


@given(st.lists(words | st.sampled_from(["a", "a_1", "class", "match"]), max_size=30))
def test_no_name_is_given_twice(wanted: list[str]) -> None:
    """Names that are wanted again are numbered, and none is a keyword."""
    space = Namespace("taken")
    values = [space.take(name) for name in [*wanted, "taken"]]
    assert len(set(values)) == len(values)
    assert "taken" not in values
    assert all(is_free(name) and name in space for name in values)
    first = [at for at, name in enumerate(wanted) if name not in wanted[:at]]
    if first and is_free(wanted[0]):
        assert wanted[0] == values[0] or wanted[0] == "taken"


def test_many_names_of_one_kind_are_cheap() -> None:
    """Ten thousand layers of one class are named in no time, in order."""
    space = Namespace()
    names = [space.take("dense") for _ in range(10_000)]
    assert names[:3] == ["dense", "dense_1", "dense_2"]
    assert names[-1] == "dense_9999"
