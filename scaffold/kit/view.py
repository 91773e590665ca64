"""The values that the templates of a project use."""

from __future__ import annotations

from typing import NamedTuple

from scaffold.kit.dependencies import SpecDependencies
from scaffold.kit.example_text import describe_columns, describe_example, numbers_text
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
"""The supported numbers of channels in picture files."""


class ProjectView(NamedTuple):
    """A project, as its templates use it.

    Attributes:
        package: The name of its package and of its command.
        doc: The description of its model.
        spec: The file name of its spec.
        style: The style of `model.py`.
        backend: The backend of Keras.
        recipe: The initial training data.
        facts: The facts from its spec.
        beside: The files that its spec depends on.
        layers: The user's own layers, by module and name.
        has_hooks: Whether its spec overrides methods of Keras.
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
    has_hooks: bool = False

    @property
    def inputs(self) -> tuple[ModelInput, ...]:
        """The model's inputs."""
        return self.facts.inputs

    @property
    def sources(self) -> tuple[str, ...]:
        """The modules and packages of the project in `src`."""
        return (self.package, *self.beside.sources)

    @property
    def is_single(self) -> bool:
        """Whether the model returns one tensor that is not in a dictionary or list."""
        return not (self.facts.is_dict or self.facts.is_list)

    @property
    def has_answers(self) -> bool:
        """Whether examples have targets besides the inputs."""
        return not (self.recipe.is_same or self.recipe.is_series)

    @property
    def has_tables(self) -> bool:
        """Whether a line of a table can contain an example."""
        return self.recipe.is_series or all(
            model_input.shape.count(-1) < 2 for model_input in self.inputs
        )

    @property
    def has_numbers(self) -> bool:
        """Whether an input contains integers, such as tokens."""
        return any(
            model_input.dtype.startswith(("int", "uint")) for model_input in self.inputs
        )

    @property
    def has_target(self) -> bool:
        """Whether the target is one column of a table."""
        return self.has_tables and self.has_answers and self.is_single

    @property
    def picture(self) -> tuple[int | None, ...]:
        """Height, width and channels of its input; `()` if that is not a picture."""
        first = self.inputs[0]
        is_picture = len(first.usual) == 3 and None not in first.usual
        if len(self.inputs) > 1 or not is_picture or first.dtype != "float32":
            return ()
        return first.usual if first.usual[2] in _PICTURES else ()

    @property
    def has_classes(self) -> bool:
        """Whether its only output is one class of an example, by number."""
        is_class = self.is_single and self.facts.kinds[0][1] == "class"
        return is_class and not self.recipe.is_map

    @property
    def params_of_data(self) -> list[tuple[str, str]]:
        """The params that the examples determine, with their Python expressions."""
        return list(self.sizes_of_data("examples.").items())

    def sizes_of_data(self, prefix: str) -> dict[str, str]:
        """Return the params that the examples determine, as Python expressions.

        Args:
            prefix: The text before the inputs `x` and the targets `y`.
        """
        expressions: dict[str, str] = {}
        for model_input in self.inputs:
            x = "x" if len(self.inputs) == 1 else f'x["{model_input.name}"]'
            for axis, param in model_input.params:
                expressions.setdefault(param, f"{prefix}{x}.shape[{axis}]")
        known = {param.name for param in self.facts.params}
        if self.recipe.is_series and "horizon" in known:
            expressions["horizon"] = f"{prefix}y.shape[1]"
        classes = [name for name, kind in self.facts.kinds if kind == "class"]
        if "num_classes" in known and len(classes) == 1 and not self.facts.is_list:
            y = "y" if self.is_single else f'y["{classes[0]}"]'
            expressions["num_classes"] = f"int({prefix}{y}.max()) + 1"
        return expressions

    @property
    def set_params(self) -> dict[str, object]:
        """The params that are set to another value than the default in the spec."""
        return dict(self.recipe.params)

    @property
    def method_options(self) -> str:
        """The options of `keras-scaffold new` for overridden methods."""
        if not self.has_hooks:
            return ""
        uses_strategies = self.backend == "tensorflow"
        return " --distributed" if uses_strategies else f" --backend {self.backend}"

    @property
    def is_distributed(self) -> bool:
        """Whether training can be distributed over devices or processes."""
        return self.backend != "torch"

    @property
    def tells_kinds(self) -> bool:
        """Whether reading of files depends on the kinds of the outputs."""
        return self.has_answers or not self.is_single

    @property
    def tells_numbers(self) -> bool:
        """Whether an output is a number that is not an input."""
        kinds = [kind for _, kind in self.facts.kinds]
        return "number" in kinds and not self.recipe.is_same

    @property
    def own_files(self) -> str:
        """The supported files other than tables, with an article."""
        return "an NPZ file or a picture" if self.picture else "an NPZ file"

    @property
    def dependencies(self) -> tuple[str, ...]:
        """The packages that it needs to run, as requirements."""
        pictures = ("pillow>=10.3",) if self.picture else ()
        needs = (*_NEEDS, *_BACKENDS[self.backend], *pictures)
        known = {need.partition(">=")[0] for need in needs}
        others = [
            need for need in self.beside.needs if need.partition(">=")[0] not in known
        ]
        return tuple(sorted((*needs, *others)))

    @property
    def script_dependencies(self) -> tuple[str, ...]:
        """The packages that a minimal project needs, as requirements."""
        used = {"keras", "numpy"}
        if "scikit-learn" in self.recipe.examples:
            used.add("scikit-learn")
        needs = [need for need in _NEEDS if need.partition(">=")[0] in used]
        return tuple(sorted((*needs, _BACKENDS[self.backend][0], *self.beside.needs)))

    @property
    def export_dependencies(self) -> tuple[str, ...]:
        """The further packages that it needs to export all formats."""
        others = () if self.backend == "tensorflow" else _BACKENDS["tensorflow"]
        return tuple(sorted((*_EXPORTS, *others)))

    @property
    def untyped(self) -> list[str]:
        """The packages without type hints, as TOML strings."""
        return [
            f'"{name}.*"' for name in sorted({*_UNTYPED, "tensorflow", self.backend})
        ]

    @property
    def modules(self) -> list[str]:
        """The names of the user's own modules and packages."""
        return [name.removesuffix(".py") for name in self.beside.sources]

    @property
    def has_strings(self) -> bool:
        """Whether an input contains strings."""
        return any(model_input.dtype == "string" for model_input in self.inputs)

    @property
    def picture_size(self) -> str:
        """The size to which pictures are resized, in a sentence."""
        size = f"{self.picture[0]}x{self.picture[1]} pixels"
        trained = "the size that the model was trained with"
        if -1 not in self.inputs[0].shape:
            return f"They are resized to {size}"
        if not self.has_classes:
            return f"They are resized to {trained}"
        return f"`train` resizes them to {size}, and `predict` to {trained}"

    @property
    def example(self) -> str:
        """The inputs and targets of one of the initial examples, in a sentence."""
        return describe_example(self.facts, self.recipe)

    @property
    def table_columns(self) -> str:
        """The columns of a table that contain the inputs, in words."""
        return describe_columns(self.inputs)

    @property
    def cells(self) -> str:
        """What these columns contain: numbers, integers or texts."""
        return numbers_text(self.inputs)

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
        """A param that the examples do not determine, or `None`."""
        determined = dict(self.params_of_data)
        return next(
            (param for param in self.facts.params if param.name not in determined), None
        )
