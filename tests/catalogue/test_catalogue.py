"""The catalogue at run time, without Keras."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

from scaffold.catalogue import (
    Argument,
    Catalogue,
    CatalogueError,
    Registry,
    called_on,
    load,
    traits,
)
from scaffold.catalogue.catalogue import BUNDLED, ENVIRONMENT
from scaffold.catalogue.introspect.__main__ import main as introspect
from scaffold.catalogue.records import callable_from, record_of

REGISTRIES: tuple[Registry, ...] = get_args(Registry)
CALLABLES = {"layers": 143, "ops": 335, "activations": 30, "losses": 23, "metrics": 46}


@pytest.fixture(scope="module")
def bundled() -> Catalogue:
    """The newest bundled catalogue."""
    return load(max(BUNDLED.glob("keras-*")))


def argument(bundled: Catalogue, layer: str, name: str) -> Argument:
    """Gives one argument of a layer."""
    results = bundled.find("layers", layer)
    assert results is not None
    return next(argument for argument in results.arguments if argument.name == name)


@pytest.mark.parametrize("registry", CALLABLES)
def test_counts(bundled: Catalogue, registry: Registry) -> None:
    """Each registry has all that Keras exports, once."""
    assert len(bundled.names(registry)) == CALLABLES[registry]


def test_layer_names_and_aliases(bundled: Catalogue) -> None:
    """keras.layers exports 163 layer names: 143 classes and 20 aliases."""
    assert len(bundled.aliases("layers")) == 20
    assert not set(bundled.names("layers")) & set(bundled.aliases("layers"))


def test_an_alias_finds_the_same_callable(bundled: Catalogue) -> None:
    """MaxPool2D is MaxPooling2D."""
    layer = bundled.find("layers", "MaxPool2D")
    assert layer is not None
    assert layer is bundled.find("layers", "MaxPooling2D")
    assert layer.name == "MaxPooling2D"
    assert layer.aliases == ("MaxPool2D",)


def test_unknown_names_and_strings(bundled: Catalogue) -> None:
    """What Keras does not have is None, not an error."""
    assert bundled.find("layers", "Dens") is None
    assert bundled.find("layers", "") is None
    assert bundled.find_string("activations", "nonsense") is None
    assert bundled.find_string("layers", "dense") is None


@pytest.mark.parametrize(
    ("registry", "name", "shape"),
    [
        ("layers", "Dropout", "same"),
        ("layers", "GroupNormalization", "same"),
        ("layers", "Add", "broadcast"),
        ("layers", "Dense", ""),
        ("layers", "Discretization", ""),  # by its `output_mode`
        ("layers", "Pipeline", ""),  # by the layers in it
        ("ops", "sign", "same"),
        ("ops", "maximum", "broadcast"),
        ("ops", "mean", "reduced"),
        ("ops", "squeeze", ""),  # the same where no axis has one item
        ("ops", "view", ""),  # by its `dtype`
        ("activations", "mish", "same"),
        ("activations", "glu", ""),
    ],
)
def test_what_becomes_of_shapes(
    bundled: Catalogue, registry: Registry, name: str, shape: str
) -> None:
    """What gives the shape it takes does so whatever its arguments are."""
    target = bundled.find(registry, name)
    assert target is not None and target.shape == shape


@pytest.mark.parametrize(
    ("registry", "string", "name"),
    [
        ("activations", "relu", "relu"),
        ("activations", "swish", "silu"),
        ("initializers", "he_normal", "HeNormal"),
        ("regularizers", "l2", "L2"),
        ("constraints", "max_norm", "MaxNorm"),
        ("optimizers", "adam", "Adam"),
        ("losses", "mse", "MeanSquaredError"),
        ("losses", "sparse_categorical_crossentropy", "SparseCategoricalCrossentropy"),
        ("losses", "crossentropy", "CategoricalCrossentropy"),
        ("metrics", "mae", "MeanAbsoluteError"),
        ("metrics", "accuracy", "CategoricalAccuracy"),
    ],
)
def test_strings(
    bundled: Catalogue, registry: Registry, string: str, name: str
) -> None:
    """A string finds what Keras makes of it."""
    result = bundled.find_string(registry, string)
    assert result is not None
    assert result.name == name
    assert string in bundled.strings(registry)


@pytest.mark.parametrize(
    ("registry", "name", "string"),
    [
        ("losses", "MeanSquaredError", "mean_squared_error"),
        ("initializers", "HeNormal", "he_normal"),
        ("optimizers", "RMSprop", "rmsprop"),
        ("metrics", "CategoricalAccuracy", "categorical_accuracy"),
    ],
)
def test_the_first_string_is_the_one_to_write(
    bundled: Catalogue, registry: Registry, name: str, string: str
) -> None:
    """Authors write snake_case, and it means the class with its defaults."""
    target = bundled.find(registry, name)
    assert target is not None
    assert target.strings[0] == string


@pytest.mark.parametrize(
    ("layer", "name", "expected"),
    [
        ("Dense", "units", {"required": True, "kinds": ("integer",)}),
        ("Dense", "activation", {"kinds": ("activation",), "nullable": True}),
        ("Dense", "kernel_initializer", {"default": "glorot_uniform"}),
        ("Dense", "activity_regularizer", {"kinds": ("regularizer",)}),
        ("Dropout", "rate", {"kinds": ("float",)}),
        ("Conv1D", "kernel_size", {"kinds": ("integer", "tuple"), "rank": 1}),
        ("Conv2D", "kernel_size", {"kinds": ("integer", "tuple"), "rank": 2}),
        ("Conv2D", "strides", {"default": [1, 1], "rank": 2}),
        ("Conv1D", "padding", {"choices": ("valid", "same", "causal")}),
        ("Conv2D", "padding", {"choices": ("valid", "same")}),
        ("Conv2D", "data_format", {"kinds": ("choice",), "nullable": True}),
        ("ZeroPadding2D", "padding", {"kinds": ("integer", "tuple"), "rank": 2}),
        ("RandomZoom", "height_factor", {"kinds": ("float", "tuple"), "rank": 2}),
        ("LayerNormalization", "axis", {"kinds": ("integer", "list")}),
        ("Reshape", "target_shape", {"kinds": ("shape",)}),
        ("RNN", "cell", {"kinds": ("layer", "layers")}),
        ("Bidirectional", "layer", {"kinds": ("layer",)}),
        ("LSTM", "zero_output_for_mask", {"default": False}),
        ("LSTM", "name", {"kinds": ("string",), "nullable": True}),
        ("LSTM", "dtype", {"kinds": ("dtype",), "nullable": True}),
    ],
)
def test_arguments(
    bundled: Catalogue, layer: str, name: str, expected: dict[str, Any]
) -> None:
    """Arguments have the kinds that trying them out has shown."""
    results = argument(bundled, layer, name)._asdict()
    assert {field: results[field] for field in expected} == expected


@pytest.mark.parametrize(
    ("layer", "positional"),
    [
        ("Activation", 1),
        ("BatchNormalization", 0),
        ("Bidirectional", 1),
        ("Concatenate", 0),
        ("Conv2D", 2),
        ("Dense", 1),
        ("Embedding", 2),
        ("LeakyReLU", 0),
        ("MaxPooling2D", 1),
        ("MultiHeadAttention", 0),
        ("RandomFlip", 1),
        ("Resizing", 2),
        ("Softmax", 0),
        ("ZeroPadding2D", 1),
    ],
)
def test_positional(bundled: Catalogue, layer: str, positional: int) -> None:
    """Sizes are written by position, all else by keyword."""
    result = bundled.find("layers", layer)
    assert result is not None
    assert result.positional == positional


@pytest.mark.parametrize(
    ("layer", "takes", "tensors", "gives"),
    [
        ("Dense", "one", ("inputs",), 1),
        ("Add", "list", ("inputs",), 1),
        ("Attention", "list", ("inputs",), 1),
        ("MultiHeadAttention", "several", ("query", "value", "key"), 1),
        ("GRUCell", "several", ("inputs", "states"), 2),
        ("InputLayer", "none", (), 0),
    ],
)
def test_calls(
    bundled: Catalogue, layer: str, takes: str, tensors: tuple[str, ...], gives: int
) -> None:
    """A layer is called as it was seen to work."""
    result = bundled.find("layers", layer)
    assert result is not None
    assert (result.takes, result.tensors, result.gives) == (takes, tensors, gives)


def test_every_layer_has_an_example_or_a_reason(bundled: Catalogue) -> None:
    """Nothing is left open."""
    for name in bundled.names("layers"):
        layer = bundled.find("layers", name)
        assert layer is not None
        assert (layer.example is None) == bool(layer.unusable), name


@pytest.mark.parametrize("registry", REGISTRIES)
def test_records_keep_everything(bundled: Catalogue, registry: Registry) -> None:
    """What is written and read again is the same."""
    for name in bundled.names(registry):
        target = bundled.find(registry, name)
        assert target is not None
        again = json.loads(json.dumps(record_of(target)))
        assert callable_from(name, registry, again) == target


@pytest.mark.parametrize("registry", REGISTRIES)
def test_every_callable_has_a_page(bundled: Catalogue, registry: Registry) -> None:
    """Pages are on keras.io, and folders end in a slash."""
    for name in bundled.names(registry):
        target = bundled.find(registry, name)
        assert target is not None
        assert target.url.startswith("https://keras.io/api/")
        assert target.url.endswith("/")


def test_reserved_names(bundled: Catalogue) -> None:
    """Attributes of a model that a subclass must leave alone are known."""
    used = {"output", "layers", "metrics", "path", "dtype", "name", "_layers"}
    assert used | {"optimizer", "stop_training"} <= bundled.reserved
    assert not any(name.startswith("__") for name in bundled.reserved)


def test_registries_are_read_when_needed(tmp_path: Path) -> None:
    """A file that nobody asks for need not be there; a callable is made once."""
    (tmp_path / "meta.json").write_text('{"keras": "9.9.9", "reserved": ["path"]}')
    (tmp_path / "ops.json").write_text('{"abs": {"takes": "one"}}')
    catalogue = load(tmp_path)
    assert catalogue.version == "9.9.9"
    assert catalogue.reserved == {"path"}
    assert catalogue.find("ops", "abs") is catalogue.find("ops", "abs")
    with pytest.raises(CatalogueError, match=r"no file .*layers\.json"):
        catalogue.find("layers", "Dense")


def test_environment_names_another_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """KERAS_SCAFFOLD_CATALOGUE wins over the bundled ones, an argument over both."""
    (tmp_path / "meta.json").write_text('{"keras": "9.9.9", "reserved": []}')
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path))
    assert load().version == "9.9.9"
    assert load(max(BUNDLED.glob("keras-*"))).version != "9.9.9"
    monkeypatch.delenv(ENVIRONMENT)
    assert load().version != "9.9.9"


def test_the_newest_bundled_one_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """3.15 is newer than 3.9."""
    for version in ("3.9", "3.15", "3.2"):
        (tmp_path / f"keras-{version}").mkdir()
        meta = tmp_path / f"keras-{version}" / "meta.json"
        meta.write_text(json.dumps({"keras": f"{version}.0", "reserved": []}))
    monkeypatch.setattr("scaffold.catalogue.catalogue.BUNDLED", tmp_path)
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    assert load().version == "3.15.0"


@pytest.mark.parametrize(
    ("meta", "ops", "complaint"),
    [
        (None, None, "no file"),
        ("{", None, "cannot be used"),
        ("[]", None, "not contain a JSON object"),
        ('{"keras": "1"}', None, "cannot be used"),
        ('{"keras": "1", "reserved": 3}', None, "cannot be used"),
        ('{"keras": "1", "reserved": []}', "\xff", "cannot be used"),
        ('{"keras": "1", "reserved": []}', '{"abs": 3}', "cannot be used"),
        ('{"keras": "1", "reserved": []}', '{"abs": {"odd": 1}}', "cannot be used"),
        ('{"keras": "1", "reserved": []}', '{"abs": {"call": []}}', "cannot be used"),
    ],
)
def test_broken_catalogues(
    tmp_path: Path, meta: str | None, ops: str | None, complaint: str
) -> None:
    """A broken catalogue is one readable sentence, with the file's name."""
    if meta is not None:
        (tmp_path / "meta.json").write_text(meta)
    if ops is not None:
        (tmp_path / "ops.json").write_text(ops, encoding="latin-1")
    with pytest.raises(CatalogueError, match=complaint) as caught:
        load(tmp_path).find("ops", "abs")
    assert str(tmp_path) in str(caught.value)


def test_an_unknown_registry() -> None:
    """A slip of our own is told apart from a missing file."""
    wrong: Any = "../meta"
    with pytest.raises(CatalogueError, match="no family"):
        load().names(wrong)


def test_importing_it_is_light() -> None:
    """The catalogue's package brings in nothing that takes time."""
    heavy = {"keras", "tensorflow", "numpy", "dataclasses", "difflib", "inspect"}
    code = (
        "import sys; import scaffold.catalogue as c; "
        "c.load().find('layers', 'Dense'); "
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    command = [sys.executable, "-S", "-c", code]
    root = Path(__file__).parents[2]
    shown = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("family", "name", "text"),
    [
        ("layers", "Add", "a list of tensors, returns one tensor; passes a mask on"),
        ("layers", "InputLayer", "nothing"),
        ("layers", "Embedding", "one tensor, returns one tensor; makes a mask"),
        ("ops", "zeros", "nothing, returns one tensor"),
        (
            "layers",
            "MultiHeadAttention",
            "`query`, `value`, `key`, returns one tensor; behaves differently in "
            "training; "
            "uses a mask",
        ),
    ],
)
def test_calling(bundled: Catalogue, family: Registry, name: str, text: str) -> None:
    """What something is called on, and what that does, is said in words."""
    target = bundled.find(family, name)
    assert target is not None
    assert "; ".join((called_on(target, quote="`"), *traits(target))) == text


def test_introspection_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without SciPy, two objects of Keras would look unusable."""
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.setattr(sys, "argv", ["introspect", "-o", "never"])
    with pytest.raises(SystemExit) as leaving:
        introspect()
    assert leaving.value.code == 2
    assert "SciPy is missing" in capsys.readouterr().err
