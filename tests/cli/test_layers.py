"""`keras-scaffold layers`, as its users see it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from scaffold.catalogue import load
from scaffold.cli.main import cli
from scaffold.pipeline import Source, check


def layers(*args: str) -> Result:
    """Run `keras-scaffold layers`."""
    return CliRunner(catch_exceptions=False).invoke(
        cli, ["layers", *args], prog_name="keras-scaffold"
    )


def example(name: str, begin: str) -> str:
    """Return the example in one of the two notations on a layer's page."""
    lines = [line.strip() for line in layers(name).stdout.splitlines()]
    (result,) = [line for line in lines if line.startswith(begin)]
    return result.removeprefix(begin).strip()


def test_list() -> None:
    """All layers go to stdout, a line each, and their number to stderr."""
    done = layers()
    assert done.exit_code == 0
    assert done.stderr == "143 layers and 20 aliases in Keras 3.15.1\n"
    lines = done.stdout.splitlines()
    assert len(lines) == 143
    names = [line.split()[0] for line in lines]
    assert names == sorted(set(names))
    assert all(line == line.rstrip() for line in lines)


def test_list_has_all_aliases() -> None:
    """Each alias is listed after its layer."""
    results = {}
    for line in layers().stdout.splitlines():
        name, _, others = line.partition(" ")
        for alias in others.strip().removeprefix("also ").split(", "):
            if alias:
                results[alias] = name
    assert results == load().aliases("layers")
    assert len(results) == 20
    assert results["MaxPool2D"] == "MaxPooling2D"


def test_alias_is_its_layer() -> None:
    """An alias shows the page of the layer itself."""
    done = layers("MaxPool2D")
    assert done.exit_code == 0
    assert done.stdout.startswith("MaxPooling2D (also MaxPool2D)\n\n")
    assert done.stdout == layers("MaxPooling2D").stdout


def test_arguments() -> None:
    """A page has each argument with its kinds, default and position."""
    done = layers("Conv2D")
    assert done.exit_code == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[:9] == [
        "Conv2D (also Convolution2D)",
        "",
        "  filters               integer; required; by position",
        "  kernel_size           integer or tuple of 2; required; by position",
        "  strides               integer or tuple of 2; (1, 1)",
        '  padding               "valid" or "same"; "valid"',
        '  data_format           "channels_last" or "channels_first" or None; None',
        "  dilation_rate         integer or tuple of 2; (1, 1)",
        "  groups                integer; 1",
    ]
    assert lines[-5:] == [
        "",
        "  Called on one tensor, returns one tensor.",
        "  Line notation:   Conv2D(2, 3)",
        '  Keyed notation:  Conv2D: {"filters": 2, "kernel_size": 3}',
        "  https://keras.io/api/layers/convolution_layers/convolution2d/",
    ]
    conv2d = load().find("layers", "Conv2D")
    assert conv2d is not None
    shown = [line.split()[0] for line in lines[2 : lines.index("", 2)]]
    assert shown == [argument.name for argument in conv2d.arguments]


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Dense", "Called on one tensor, returns one tensor; passes a mask on."),
        ("Dropout", "Called on one tensor, returns one tensor; behaves differently"),
        ("Add", "Called on a list of tensors, returns one tensor; passes a mask on."),
        ("MultiHeadAttention", "Called on query, value, key"),
        ("InputLayer", "Called on nothing."),
    ],
)
def test_how_it_is_called(name: str, called: str) -> None:
    """A page describes the inputs and outputs of the layer."""
    assert f"\n  {called}" in layers(name).stdout


@pytest.mark.parametrize(
    "name", ["Dense", "Conv2D", "LSTM", "Bidirectional", "Reshape"]
)
def test_examples_are_entries(name: str) -> None:
    """Both notations of a page's example can be entries of a spec."""
    for notation in ("Line notation:", "Keyed notation:"):
        text = f"inputs: [8, 8, 2]\nlayers:\n  - {example(name, notation)}\n"
        diagnostics = check(Source(text.encode(), "model.yaml")).diagnostics
        assert not [
            diagnostic for diagnostic in diagnostics if diagnostic.code < "KS300"
        ], text


@pytest.mark.parametrize(
    ("typo", "help_"),
    [
        ("Dens", "did you mean `Dense` or `EinsumDense`?"),
        ("conv2d", "did you mean `Conv2D`?"),
        ("MaxPol2D", "`MaxPool2D`"),
        ("Xyzzyqux", "`keras-scaffold layers` lists all"),
    ],
)
def test_typo(typo: str, help_: str) -> None:
    """An unknown layer is a finding with a suggestion."""
    done = layers(typo)
    assert done.exit_code == 1
    assert done.stdout == ""
    message = f"error[KS201]: Keras 3.15.1 has no layer `{typo}`\n"
    assert done.stderr.startswith(message)
    assert help_ in done.stderr


@pytest.mark.parametrize("arguments", [("Dense", "Conv2D"), ("--all",)])
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    """A wrong command line is a usage error, not a finding."""
    done = layers(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Usage: keras-scaffold layers [OPTIONS] [NAME]")
