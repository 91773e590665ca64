"""What a project is, before it is files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, get_args

Kind = Literal["class", "one_hot", "yes_or_no", "number"]
"""What an output tells: a class (by its number, or by a row with a single 1), yes or
no, or a number."""

Editor = Literal["vscode", "zed", "none"]

EDITORS: tuple[Editor, ...] = get_args(Editor)


class Recipe(NamedTuple):
    """What is known of a preset's examples, besides what its spec says.

    Attributes:
        template: What makes them, in `templates/kit/data`.
        examples: What they are, to be said in a sentence.
        epochs: How often the model looks at all of them, at most.
        batch_size: How many it looks at together.
        params: Params of the spec that suit them, other than the defaults.
        is_series: Whether they are windows of time series.
        is_same: Whether the model is to give what it was given.
        is_map: Whether it tells something of each pixel.
    """

    template: str
    examples: str
    epochs: int = 20
    batch_size: int = 32
    params: Mapping[str, Any] = {}
    is_series: bool = False
    is_same: bool = False
    is_map: bool = False


class ModelInput(NamedTuple):
    """An input of the model.

    Attributes:
        name: Its name.
        shape: The shape of one example; -1 for sizes that examples decide.
        usual: The same with the params' defaults; `None` for sizes that vary.
        dtype: Its dtype.
        highest: One more than the largest integer that it takes; `None` if that is not
            known.
        params: The axes that are a param, counted from the batch axis on, and which.
    """

    name: str
    shape: tuple[int, ...]
    usual: tuple[int | None, ...]
    dtype: str
    highest: int | None
    params: tuple[tuple[int, str], ...]


class ModelParam(NamedTuple):
    """A param of the spec.

    Attributes:
        name: Its name.
        value: What it is set to: a number, a string, a boolean or a list.
        is_set: Whether that is another value than the spec's default.
    """

    name: str
    value: Any
    is_set: bool


class ProjectFacts(NamedTuple):
    """What the spec says that a project has to know.

    Attributes:
        inputs: The model's inputs.
        kinds: The outputs by name, and what each tells; one output is `y`.
        is_dict: Whether the model gives a dictionary.
        is_list: Whether it gives a list.
        logits: The outputs that give logits instead of probabilities.
        is_adapted: Whether it begins with a normalization that looks at the examples.
        params: The params.
    """

    inputs: tuple[ModelInput, ...]
    kinds: tuple[tuple[str, Kind], ...]
    is_dict: bool
    is_list: bool
    logits: tuple[str, ...]
    is_adapted: bool
    params: tuple[ModelParam, ...]
