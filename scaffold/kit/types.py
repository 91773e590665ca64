"""The types that describe a project before its files are rendered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, get_args

Kind = Literal["class", "one_hot", "yes_or_no", "number"]
"""The kind of an output: a class (by number or one-hot), yes or no, or a number."""

Editor = Literal["vscode", "zed", "none"]

EDITORS: tuple[Editor, ...] = get_args(Editor)


class Recipe(NamedTuple):
    """The examples of a preset, and how the model is trained on them.

    Attributes:
        template: The name of their template in `templates/kit/data`.
        examples: Their description, for use in a sentence.
        size: Their number; 0 if unknown.
        shapes: The shape of one example of each input; `()` for those of the spec.
        classes: The number of classes of each output, 0 for an output without classes;
            `()` if unknown.
        epochs: The default number of epochs.
        batch_size: The default batch size.
        params: The params that differ from the defaults in the spec.
        is_series: Whether the examples are windows of time series.
        is_same: Whether the targets are the inputs.
        is_map: Whether the model predicts a class for each pixel.
        is_ordered: Whether only the last examples may be held out, as others have
            parts in common.
    """

    template: str
    examples: str
    size: int = 0
    shapes: tuple[tuple[int, ...], ...] = ()
    classes: tuple[int, ...] = ()
    epochs: int = 20
    batch_size: int = 32
    params: Mapping[str, Any] = {}
    is_series: bool = False
    is_same: bool = False
    is_map: bool = False
    is_ordered: bool = False


class ProjectLayout(NamedTuple):
    """The directories and the modules of a project.

    Attributes:
        package: The name of its package; `""` for the modules of a minimal project.
        root: The directory of the package and of the user's own modules.
        modules: The names at this level that the project uses.
    """

    package: str
    root: str
    modules: frozenset[str]

    @property
    def model(self) -> str:
        """The path of the generated model."""
        return "/".join(filter(None, (self.root, self.package, "model.py")))


MINIMAL = ProjectLayout("", "", frozenset({"model", "train"}))
"""The layout of a minimal project: all files in one directory."""


class ModelInput(NamedTuple):
    """An input of the model.

    Attributes:
        name: Its name.
        shape: The shape of one example; -1 for sizes that the examples determine.
        usual: The shape with the defaults of params; `None` for sizes that vary.
        dtype: Its dtype.
        highest: One more than the largest integer that it accepts; `None` if unknown.
        params: The axes that are params, counted from the batch axis, with their names.
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
        value: Its value: a number, a string, a boolean or a list.
        is_set: Whether the value differs from the default in the spec.
        description: Its description in the spec, on one line.
    """

    name: str
    value: Any
    is_set: bool
    description: str


class ProjectFacts(NamedTuple):
    """The facts about a model that its project depends on.

    Attributes:
        inputs: The inputs of the model.
        kinds: The outputs by name, with their kinds; a single output is `y`.
        is_dict: Whether the output of the model is a dictionary.
        is_list: Whether it is a list.
        logits: The outputs that are logits instead of probabilities.
        is_adapted: Whether the first layer is a normalization adapted to the examples.
        params: The params.
        batch_size: The batch size, if an input fixes it; otherwise 0.
        has_recursion: Whether the model has a `recurse`, which ONNX cannot express.
    """

    inputs: tuple[ModelInput, ...]
    kinds: tuple[tuple[str, Kind], ...]
    is_dict: bool
    is_list: bool
    logits: tuple[str, ...]
    is_adapted: bool
    params: tuple[ModelParam, ...]
    batch_size: int
    has_recursion: bool
