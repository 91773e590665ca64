"""Methods that are overridden: where they can be, and what they bring along."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from scaffold.cli.main import cli
from scaffold.ir.hooks import METHODS
from scaffold.pipeline import Source, generate, job
from scaffold.styles import BACKENDS
from tests.goldens import CASES, golden

CHAIN = "inputs: [4]\nlayers: [Dense(1)]\n"
GRAPH = "inputs: [4]\nlayers: [ops.square]\noverride: [test_step]\n"
MODULES = {"tensorflow": "tensorflow as tf", "jax": "jax", "torch": "torch"}


def text_of(
    spec: str, *methods: str, style: str = "auto", backend: str = "tensorflow"
) -> str:
    """Generates a spec's source, with methods asked for from outside."""
    source = Source(spec.encode(), "model.yaml", methods=methods)
    result, checked = generate(source, style, backend=backend)
    assert result is not None, checked.diagnostics
    assert result.style == "subclass" or not methods
    return result.text


def new(*arguments: str) -> Result:
    """Runs `new` on a chain that comes from standard input, and writes no file."""
    command = ["new", "-", "-o", "-", *arguments]
    return CliRunner().invoke(cli, command, input=CHAIN)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("method", METHODS)
def test_imports(method: str, backend: str) -> None:
    """A backend is imported by those methods alone that use it, in its place."""
    lines = text_of(CHAIN, method, backend=backend).splitlines()
    imports = [line for line in lines if line.startswith(("import ", "from "))]
    uses = method == "train_step" or (method, backend) == ("test_step", "tensorflow")
    needed = [f"import {MODULES[backend]}"] if uses else []
    assert imports == [*sorted(["import keras", *needed]), "from keras import layers"]


@pytest.mark.parametrize("method", METHODS)
def test_one_at_a_time(method: str) -> None:
    """Just what is asked for is written, once; all else is as without."""
    plain, text = text_of(CHAIN, style="subclass"), text_of(CHAIN, method)
    written = [method for method in METHODS if f"    def {method}(" in text]
    assert written == [method] and text.count(f" {method}(self, ") <= 1
    kept = iter(text.splitlines())
    digest = "# By keras-scaffold"
    wanted = [line for line in plain.splitlines() if not line.startswith(digest)]
    assert all(line in kept for line in wanted)


def test_steps_say_what_they_are_for() -> None:
    """A docstring names the backend, where a body is for one."""
    for backend, name in zip(BACKENDS, ("TensorFlow", "JAX", "PyTorch"), strict=True):
        text = text_of(CHAIN, *METHODS, backend=backend)
        assert text.count(f"with the {name} backend.") == 3


def test_order_and_place_make_no_difference() -> None:
    """The spec and the command line say the same, in any order."""
    before = text_of(CHAIN, *METHODS)
    for within in (0, 1, 5):
        named = ", ".join(METHODS[:within])
        spec = f"{CHAIN}override: [{named}]\n"
        assert text_of(spec, *reversed(METHODS[within:])) == before
    assert text_of(f"{CHAIN}override: [{METHODS[0]}]\n", *METHODS) == before


@pytest.mark.parametrize("style", ["sequential", "functional"])
def test_refused(style: str) -> None:
    """A style without a class names every method, in its place."""
    path = CASES / "beyond" / "row_override.yaml"
    result, checked = generate(Source(path.read_bytes(), path.name), style)
    assert result is None
    places = [
        f"{diagnostic.span.line}:{diagnostic.span.column}"
        for diagnostic in checked.diagnostics
    ]
    assert places == ["13:12", "13:29", "13:43", "13:57", "13:68"]
    assert {diagnostic.code for diagnostic in checked.diagnostics} == {"KS505"}
    assert {diagnostic.help for diagnostic in checked.diagnostics} == {
        "use the subclass style: --style subclass"
    }


def test_no_style_is_named_that_cannot() -> None:
    """What a row cannot have, the functional style could; but not the method."""
    result, checked = generate(Source(GRAPH.encode(), "graph.yaml"), "sequential")
    assert result is None
    assert [diagnostic.code for diagnostic in checked.diagnostics] == ["KS502", "KS505"]
    assert all(
        "--style subclass" in diagnostic.help for diagnostic in checked.diagnostics
    )


def test_styles_explains() -> None:
    """`styles` names what is in the way, and what to choose."""
    spec = f"{CHAIN}override: train_step\n"
    done = CliRunner().invoke(cli, ["styles", "-"], input=spec)
    assert done.stdout == (
        "sequential  no\n"
        "      3:11  KS505  a sequential model has no class that could override "
        "`train_step`\n"
        "functional  no\n"
        "      3:11  KS505  a functional model has no class that could override "
        "`train_step`\n"
        "subclass    yes\n"
        "choose subclass: only a class can express it\n"
    )


def test_command_line() -> None:
    """`--with` takes names with commas between them, and more than once."""
    done = new("--with", "train_step, compute_loss", "--with", "test_step")
    assert done.exit_code == 0
    named = [method for method in METHODS if f"    def {method}(" in done.stdout]
    assert named == ["train_step", "test_step", "compute_loss"]
    assert "import jax" in new("--with", "train_step", "--backend", "jax").stdout


@pytest.mark.parametrize(
    ("items", "code", "message"),
    [
        (["train_stpe"], 1, "KS218]: there is no method `train_stpe` to override"),
        (["train_stpe"], 1, "help: did you mean `train_step`?"),
        (
            ["elsewhere"],
            1,
            "help: use one of `train_step`, `test_step`, `predict_step`",
        ),
        (
            ["test_step", "test_step"],
            1,
            "KS218]: `test_step` is named twice",
        ),
        (["test_step,test_step"], 1, "--> --with"),
        (["test_step", "--style", "functional"], 1, "KS505]: a functional model has"),
        (["test_step", "--style", "functional"], 1, "--> --with"),
        (["test_step,"], 2, "contains an empty name"),
        ([""], 2, "contains an empty name"),
        (["test_step", "--backend", "numpy"], 2, "'numpy' is not one of 'tensorflow'"),
    ],
)
def test_wrong_command_line(items: list[str], code: int, message: str) -> None:
    """What cannot be is said, and nothing is written."""
    first, *rest = items
    more = [f"--with={item}" if item in METHODS else item for item in rest]
    done = new(f"--with={first}", *more)
    assert done.exit_code == code
    assert message in done.stderr and not done.stdout


def test_backends() -> None:
    """What is verified is written for the backend; there is no other than three."""
    source = Source(f"{CHAIN}override: train_step\n".encode(), "model.yaml")
    for backend in BACKENDS:
        result, _ = job(source, backend=backend)
        assert result is not None
        (candidate,) = result.candidates
        assert f"\nimport {MODULES[backend]}\n" in candidate.text
    for stage in (generate, job):
        with pytest.raises(ValueError, match="unknown backend 'numpy'"):
            stage(source, backend="numpy")


def test_the_batch_is_counted_by_an_input_that_is_given() -> None:
    """Of several inputs, one that may be left out does not tell the batch's size."""
    path = CASES / "beyond" / "override_tensors.yaml"
    spec = path.read_text(encoding="utf-8")
    text = golden(path, "subclass").read_text(encoding="utf-8")
    assert 'tf.shape(x["words"])[0]' in text
    optional = text_of(spec.replace("optional: false", "optional: true"))
    assert 'tf.shape(x["price"])[0]' in optional
