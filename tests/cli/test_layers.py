"""`keras-scaffold layers`, as its users see it."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result

from scaffold.catalogue import load
from scaffold.cli.main import cli


def layers(*args: str) -> Result:
    """Run `keras-scaffold layers`."""
    return CliRunner(catch_exceptions=False).invoke(
        cli, ["layers", *args], prog_name="keras-scaffold"
    )


def members(text: str) -> list[str]:
    """Return the lines of a list that are about a layer."""
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_list() -> None:
    """All layers go to stdout, a line each by family, and their number to stderr."""
    done = layers()
    assert done.exit_code == 0
    assert done.stderr == "143 layers and 20 aliases in Keras 3.15.1\n"
    names = [line.split()[0] for line in members(done.stdout)]
    assert sorted(names) == list(load().names("layers"))
    lines = done.stdout.splitlines()
    assert lines[0] == "# core: The layers that most models start with."
    assert lines[1].startswith("Dense                Multiplies features by")
    assert all(line == line.rstrip() and len(line) <= 80 for line in lines)
    headings = [line for line in lines if line.startswith("#")]
    assert lines.count("") == len(headings) - 1 == 17


def test_list_has_all_aliases() -> None:
    """Each alias is in the line of its layer."""
    results = {}
    for line in members(layers().stdout):
        match = re.search(r"\(also (.+)\)\.$", line)
        for alias in match[1].split(", ") if match else ():
            results[alias] = line.split()[0]
    assert results == load().aliases("layers")
    assert len(results) == 20
    assert results["MaxPool2D"] == "MaxPooling2D"


def test_family() -> None:
    """The name of a family lists its layers, as in the list of all."""
    done = layers("merging")
    assert done.exit_code == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[:2] == [
        "# merging: One tensor from several.",
        "Add          Adds tensors, for example around a residual block.",
    ]
    assert len(lines) == 9
    assert done.stdout in layers().stdout


def test_several_families() -> None:
    """A word for several families lists all of them."""
    lines = layers("image").stdout.splitlines()
    headings = [line.split(":")[0] for line in lines if line.startswith("#")]
    assert headings == ["# image", "# augmentation"]
    assert any(line.startswith("Rescaling ") for line in lines)
    assert any(line.startswith("RandomFlip ") for line in lines)


def test_alias_is_its_layer() -> None:
    """An alias shows the page of the layer itself."""
    done = layers("MaxPool2D")
    assert done.exit_code == 0
    first, second, *_ = done.stdout.splitlines()
    assert first == "MaxPooling2D (also MaxPool2D)"
    assert second == "Keeps the maximum of each square. Family: pooling."
    assert done.stdout == layers("MaxPooling2D").stdout


def test_arguments() -> None:
    """A page has each argument with its kinds, default and position."""
    done = layers("Conv2D")
    assert done.exit_code == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[:10] == [
        "Conv2D (also Convolution2D)",
        "Moves filters over an image. Family: convolution.",
        "",
        "  filters               integer; required; by position",
        "  kernel_size           integer or tuple of 2; required; by position",
        "  strides               integer or tuple of 2; (1, 1)",
        '  padding               "valid" or "same"; "valid"',
        '  data_format           "channels_last" or "channels_first" or None; None',
        "  dilation_rate         integer or tuple of 2; (1, 1)",
        "  groups                integer; 1",
    ]
    assert lines[-7:] == [
        "",
        "  Called on one tensor, returns one tensor.",
        "  Line notation:",
        '    - Conv2D(32, 3, padding="same", activation="relu")',
        "  Keyed notation:",
        "    - Conv2D: {filters: 32, kernel_size: 3, padding: same, activation: relu}",
        "  https://keras.io/api/layers/convolution_layers/convolution2d/",
    ]
    conv2d = load().find("layers", "Conv2D")
    assert conv2d is not None
    shown = [line.split()[0] for line in lines[3 : lines.index("", 3)]]
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
    ("name", "example"),
    [
        ("MultiHeadAttention", ["MultiHeadAttention(num_heads=4, key_dim=16) <- x, x"]),
        (
            "MultiHeadAttention",
            ["MultiHeadAttention: {num_heads: 4, key_dim: 16}", "  from: [x, x]"],
        ),
        ("Bidirectional", ["Bidirectional: {layer: {LSTM: {units: 64}}}"]),
        ("LSTMCell", ["RNN(LSTMCell(64))"]),
        ("Flatten", ["Flatten:"]),
        ("LayerNormalization", ["LayerNormalization: {epsilon: 1e-6}"]),
        ("Rescaling", ['Rescaling: {scale: "$(1 / 255)"}']),
        (
            "Pipeline",
            [
                "Pipeline:",
                "    layers:",
                "      - RandomFlip: {mode: horizontal}",
                "      - RandomRotation: {factor: 0.1}",
            ],
        ),
    ],
)
def test_examples(name: str, example: list[str]) -> None:
    """Examples are list items, with more lines if one is not enough."""
    first, *more = example
    text = "\n".join((f"    - {first}", *(f"    {line}" for line in more)))
    assert f"notation:\n{text}\n  " in layers(name).stdout


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("InputLayer", "  Instead: declare the input under `inputs`.\n"),
        ("Lambda", "  Instead: write a layer: `keras-scaffold new layer`.\n"),
        ("Layer", "  Instead: write a layer: `keras-scaffold new layer`.\n"),
    ],
)
def test_layers_that_a_spec_cannot_contain(name: str, instead: str) -> None:
    """A page says why there is no example, and what to write instead."""
    text = layers(name).stdout
    assert "  Cannot be an entry: " in text
    assert instead in text
    assert "notation" not in text


@pytest.mark.parametrize(
    ("typo", "help_"),
    [
        ("Dens", "did you mean `Dense` or `EinsumDense`?"),
        ("conv2d", "did you mean `Conv2D`?"),
        ("MaxPol2D", "`MaxPool2D`"),
        ("Xyzzyqux", "`keras-scaffold layers` lists all layers and families"),
        ("poling", "did you mean `pooling`?"),
        ("recurent", "did you mean `recurrent`?"),
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
