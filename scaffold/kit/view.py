"""What the templates of a project are told."""

from __future__ import annotations

import math
from typing import NamedTuple

from scaffold.kit.dependencies import SpecDependencies
from scaffold.kit.types import ModelInput, ModelParam, ProjectFacts, Recipe
from scaffold.styles import Backend, Style
from scaffold.styles.types import Docstring

_NEEDS = (
    "click>=8.1",
    "keras>=3.13",
    "matplotlib>=3.9",
    "numpy>=1.26",
    "pandas>=2.2",
    "scikit-learn>=1.5",
    "scipy>=1.13",
)
_BACKENDS: dict[Backend, tuple[str, ...]] = {
    "tensorflow": ("tensorflow>=2.20", "tensorboard>=2.20"),
    "jax": ("jax>=0.10",),
    "torch": ("torch>=2.13",),
}

_EXPORTS = ("onnx>=1.17", "onnxruntime>=1.20", "tf2onnx>=1.17")
_UNTYPED = (
    "keras",
    "matplotlib",
    "onnxruntime",
    "pandas",
    "scipy",
    "sklearn",
    "tf2onnx",
)

_PICTURES = (1, 3, 4)
"""The numbers of channels that files of pictures can have."""


class ProjectView(NamedTuple):
    """A project, as its templates see it.

    Attributes:
        package: The name of its package, and of its command.
        doc: What its model is.
        spec: The file name of its spec.
        style: The style of `model.py`.
        backend: What runs it.
        recipe: What its model is trained on at first.
        facts: What its spec says.
        beside: What lies beside its spec.
        layers: The layers of the user's own, by module and name.
    """

    package: str
    doc: Docstring
    spec: str
    style: Style
    backend: Backend
    recipe: Recipe
    facts: ProjectFacts
    beside: SpecDependencies
    layers: tuple[tuple[str, str], ...] = ()

    @property
    def inputs(self) -> tuple[ModelInput, ...]:
        """The model's inputs."""
        return self.facts.inputs

    @property
    def sources(self) -> tuple[str, ...]:
        """What is the project's own below `src`."""
        return (self.package, *self.beside.sources)

    @property
    def is_single(self) -> bool:
        """Whether the model gives one tensor by itself."""
        return not (self.facts.is_dict or self.facts.is_list)

    @property
    def has_answers(self) -> bool:
        """Whether examples have answers besides what the model is given."""
        return not (self.recipe.is_same or self.recipe.is_series)

    @property
    def has_tables(self) -> bool:
        """Whether a line of a table can say an example."""
        return self.recipe.is_series or all(
            model_input.shape.count(-1) < 2 for model_input in self.inputs
        )

    @property
    def has_numbers(self) -> bool:
        """Whether it takes whole numbers, such as those of words."""
        return any(
            model_input.dtype.startswith(("int", "uint")) for model_input in self.inputs
        )

    @property
    def has_target(self) -> bool:
        """Whether one column of a table is what is to be told."""
        return self.has_tables and self.has_answers and self.is_single

    @property
    def picture(self) -> tuple[int | None, ...]:
        """Height, width and channels of the pictures that it takes; `()` if none."""
        first = self.inputs[0]
        is_picture = len(first.usual) == 3 and None not in first.usual
        if len(self.inputs) > 1 or not is_picture or first.dtype != "float32":
            return ()
        return first.usual if first.usual[2] in _PICTURES else ()

    @property
    def has_classes(self) -> bool:
        """Whether its only output tells one class of an example by its number."""
        is_class = self.is_single and self.facts.kinds[0][1] == "class"
        return is_class and not self.recipe.is_map

    @property
    def params_of_data(self) -> list[tuple[str, str]]:
        """Params that examples decide: each, and the Python expression for it."""
        expressions: dict[str, str] = {}
        for model_input in self.inputs:
            x = "x" if len(self.inputs) == 1 else f'x["{model_input.name}"]'
            for axis, param in model_input.params:
                expressions.setdefault(param, f"examples.{x}.shape[{axis}]")
        known = {param.name for param in self.facts.params}
        if self.recipe.is_series and "horizon" in known:
            expressions["horizon"] = "examples.y.shape[1]"
        classes = [name for name, kind in self.facts.kinds if kind == "class"]
        if "num_classes" in known and len(classes) == 1 and not self.facts.is_list:
            y = "y" if self.is_single else f'y["{classes[0]}"]'
            expressions["num_classes"] = f"int(examples.{y}.max()) + 1"
        return list(expressions.items())

    @property
    def set_params(self) -> dict[str, object]:
        """The params that are set to another value than the spec's."""
        return dict(self.recipe.params)

    @property
    def is_distributed(self) -> bool:
        """Whether training can be spread over devices or processes."""
        return self.backend != "torch"

    @property
    def tells_kinds(self) -> bool:
        """Whether what is read from files depends on what the outputs tell."""
        return self.has_answers or not self.is_single

    @property
    def tells_numbers(self) -> bool:
        """Whether an output tells a number that is no input."""
        kinds = [kind for _, kind in self.facts.kinds]
        return "number" in kinds and not self.recipe.is_same

    @property
    def own_files(self) -> str:
        """What files can be, other than tables, that it is to answer."""
        return "NPZ file or picture" if self.picture else "NPZ file"

    @property
    def dependencies(self) -> tuple[str, ...]:
        """What it needs to run."""
        pictures = ("pillow>=10.3",) if self.picture else ()
        needs = (*_NEEDS, *_BACKENDS[self.backend], *pictures)
        known = {need.partition(">=")[0] for need in needs}
        others = [
            need for need in self.beside.needs if need.partition(">=")[0] not in known
        ]
        return tuple(sorted((*needs, *others)))

    @property
    def export_dependencies(self) -> tuple[str, ...]:
        """What it needs besides, to write a model in all forms."""
        others = () if self.backend == "tensorflow" else _BACKENDS["tensorflow"]
        return tuple(sorted((*_EXPORTS, *others)))

    @property
    def untyped(self) -> list[str]:
        """The packages without types, as strings of TOML."""
        return [
            f'"{name}.*"' for name in sorted({*_UNTYPED, "tensorflow", self.backend})
        ]

    @property
    def modules(self) -> list[str]:
        """The names of the user's own modules and packages."""
        return [name.removesuffix(".py") for name in self.beside.sources]

    @property
    def table_sizes(self) -> str:
        """How many columns an input is made of."""
        usual = self.inputs[0].usual
        if -1 in self.inputs[0].shape or None in usual:
            return "as many as you like"
        return f"{math.prod(size or 1 for size in usual)} of them"

    @property
    def arrays(self) -> str:
        """The arrays of an NPZ file, in words."""
        inputs = (
            [model_input.name for model_input in self.inputs]
            if len(self.inputs) > 1
            else ["x"]
        )
        outputs = (
            [name for name, _ in self.facts.kinds]
            if self.has_answers or self.recipe.is_series
            else []
        )
        names = [f"`{name}`" for name in (*inputs, *outputs)]
        return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))

    @property
    def example_param(self) -> ModelParam | None:
        """A param that examples do not decide, if there is one."""
        decided = dict(self.params_of_data)
        return next(
            (param for param in self.facts.params if param.name not in decided), None
        )
