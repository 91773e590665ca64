"""The texts of a project state what its data module returns."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import pytest

from scaffold.kit import ProjectRequest, files, furnish
from scaffold.kit.facts import facts_of
from scaffold.kit.recipes import PLAIN, RECIPES
from scaffold.kit.types import ProjectFacts
from scaffold.output import plan, write
from scaffold.pipeline import Source
from scaffold.spec import preset_names, preset_path

pytestmark = pytest.mark.slow


READ = ("README.md", "config.toml", "pyproject.toml")
MODULES = ("__init__", "data", "splits")


def only_read(*args: Any, **options: Any) -> Iterator[tuple[str, str]]:
    """List only the files that these tests read: rendering takes most of their time."""
    for path, template in files.templates_of(*args, **options):
        if path in READ or Path(path).stem in MODULES:
            yield path, template


class Project(NamedTuple):
    """A project, and its minimal form.

    Attributes:
        preset: Its preset.
        root: Its directory.
        minimal: The directory of its minimal form.
        data: Its module `data`.
        facts: The facts of its spec.
    """

    preset: str
    root: Path
    minimal: Path
    data: ModuleType
    facts: ProjectFacts


@pytest.fixture(scope="module", params=preset_names())
def project(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Project]:
    """Create both projects of a preset, and import the data module."""
    preset = request.param
    path = preset_path(preset)
    assert path is not None
    source = Source(path.read_bytes(), path.name)
    root = tmp_path_factory.mktemp("stated")
    package = f"states_{preset}"[:30]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scaffold.kit.project.templates_of", only_read)
        for name, is_minimal in ((package, False), ("small", True)):
            wanted = ProjectRequest(root / name, source, preset, is_minimal=is_minimal)
            targets, checked = furnish(wanted)
            assert targets is not None and checked.model is not None
            assert not write(plan(targets))
    facts = facts_of(checked.model, RECIPES.get(preset, PLAIN))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERAS_BACKEND", "tensorflow")  # which the package would set
        patch.setenv("TF_CPP_MIN_LOG_LEVEL", "2")
        patch.syspath_prepend(root / package / "src")
        data = import_module(f"{package}.data")
        yield Project(preset, root / package, root / "small", data, facts)
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]


def by_name(arrays: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Return arrays by name."""
    return arrays if isinstance(arrays, dict) else {names[0]: arrays}


def text_of(path: Path) -> str:
    """Read a text on one line."""
    return " ".join(path.read_text().split())


def test_recipe(project: Project) -> None:
    """Size, shapes, dtypes, classes and params of a recipe are those of its data."""
    examples = project.data.load()
    facts, recipe = project.facts, RECIPES.get(project.preset)
    x = by_name(examples.x, tuple(item.name for item in facts.inputs))
    y = by_name(examples.y, tuple(name for name, _ in facts.kinds))
    if recipe is None:  # the examples are in the spec
        assert project.preset == "linear_regression"
        assert examples.x.ravel().tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
        assert examples.y.tolist() == [11, 22, 33, 44, 53, 66, 77, 87, 95]
        return
    assert {len(array) for array in (*x.values(), *y.values())} == {recipe.size}
    assert tuple(array.shape[1:] for array in x.values()) == recipe.shapes
    for model_input in facts.inputs:
        array = x[model_input.name]
        assert array.dtype == model_input.dtype
        if model_input.highest is not None:
            assert array.max() == model_input.highest - 1
        for size, known in zip(model_input.shape, array.shape[1:], strict=True):
            assert size in (-1, known)
    for (name, kind), count in zip(
        facts.kinds, recipe.classes or (0,) * len(facts.kinds), strict=True
    ):
        assert (count > 0) == (kind == "class")
        if kind == "class":
            assert np.unique(y[name]).tolist() == list(range(count))
        if kind == "yes_or_no":
            assert np.unique(y[name]).tolist() == [0, 1]
    if examples.columns:
        assert len(examples.columns) == x[facts.inputs[0].name].shape[1]
    assert (examples.x is examples.y) == recipe.is_same


def test_readme(project: Project) -> None:
    """Each README names the source, the number and the form of the examples."""
    examples = project.data.load()
    source = Path(str(project.data.__file__)).read_text()
    size = len(next(iter(by_name(examples.y, ("y",)).values())))
    arrays = [*by_name(examples.x, ("x",)).items()]
    for path in (project.root / "README.md", project.minimal / "README.md"):
        first = text_of(path).partition("It is trained on ")[2].partition(". ")[0]
        assert f"{size:,} " in first
        is_real = "from scikit-learn" in first
        assert is_real == ("sklearn.datasets" in source)
        assert is_real + ("generated" in first) + ("of `model.yaml`" in first) == 1
        for name, array in arrays:
            shape = array.shape[1:]
            assert f"`{name}` ({array.dtype}, shape {shape})" in text_of(path)
    requirements = (project.minimal / "requirements.txt").read_text()
    assert ("scikit-learn" in requirements) == ("sklearn" in source)


def test_docstrings(project: Project) -> None:
    """The shapes and numbers in the docstring of `load` are those of the arrays."""
    examples = project.data.load()
    arrays = [
        *by_name(examples.x, ("x",)).values(),
        *by_name(examples.y, ("y",)).values(),
    ]
    shapes = {array.shape for array in arrays}
    doc = " ".join(str(project.data.load.__doc__).split())
    stated = re.findall(r"(\w+) of shape \(([\w, ]*)\)", doc)
    for dtype, text in stated:
        sizes = [
            int(size) if size.isdecimal() else getattr(project.data, size)
            for size in filter(None, text.replace(" ", "").split(","))
        ]
        assert tuple(sizes) in shapes
        assert dtype in {str(a.dtype) for a in arrays if a.shape == tuple(sizes)}
    if project.preset in RECIPES:
        assert len({text for _, text in stated}) == len(shapes)


def test_other_texts(project: Project) -> None:
    """Both projects describe the same data; pyproject.toml describes the model."""
    settings = tomllib.loads((project.root / "pyproject.toml").read_text())
    description = settings["project"]["description"]
    assert f"# {project.root.name} {description}" in text_of(project.root / "README.md")
    params = tomllib.loads((project.root / "config.toml").read_text())["params"]
    assert params == dict(RECIPES.get(project.preset, PLAIN).params)
    calls = [
        node
        for node in ast.walk(ast.parse((project.minimal / "train.py").read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("build_model", "compile_model")
    ]
    passed = {
        keyword.arg: ast.unparse(keyword.value)
        for call in calls
        for keyword in call.keywords
    }
    known = {param.name for param in project.facts.params}
    assert set(passed) <= known
    assert {name: repr(value) for name, value in params.items()}.items() <= set(
        passed.items()
    )
