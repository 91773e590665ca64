"""Networks as their authors would write them: one model in each style, which learns."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from scaffold.pipeline import Source, generate
from tests.goldens import CASES
from tests.run.creation import by_kind, created, described
from tests.run.modules import (
    assert_same_output,
    batch_for,
    leaves,
    load_module,
    source_of,
)

SPECS = sorted((CASES / "architectures").glob("*.yaml"))
CHAINS = {"vgg16"}
LARGE = {"resnet50", "vgg16", "mobilenet_v2"}
"""Networks that Keras ships: see `test_applications.py`."""
SMALL = [spec for spec in SPECS if spec.stem not in LARGE]


class Made:
    """A model in one style, with its module and its layers."""

    def __init__(self, path: Path, style: str, directory: Path) -> None:
        text = source_of(path.read_text(encoding="utf-8"), style, path.name)
        self.module: Any = load_module(text, directory)
        self.model, self.layers = created(self.module.build_model)


@pytest.fixture(
    scope="module", params=[pytest.param(item, id=item.stem) for item in SMALL]
)
def models(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Made]:
    """A network in each style that can say it: graphs, all of them."""
    directory = tmp_path_factory.mktemp(request.param.stem)
    styles = ("functional", "subclass")
    return {style: Made(request.param, style, directory) for style in styles}


@pytest.mark.parametrize("path", [pytest.param(spec, id=spec.stem) for spec in SPECS])
def test_style_is_right_for_the_network(path: Path) -> None:
    """A graph is refused as a row of layers, with the place of all in its way."""
    source = Source(path.read_bytes(), path.name)
    chosen, _ = generate(source, "auto")
    refused, checked = generate(source, "sequential")
    assert chosen is not None
    assert chosen.style == ("sequential" if path.stem in CHAINS else "functional")
    if path.stem in CHAINS:
        assert refused is not None
        return
    assert refused is None
    assert checked.diagnostics and {
        diagnostic.code for diagnostic in checked.diagnostics
    } == {"KS502"}
    places = [
        (diagnostic.span.line, diagnostic.span.column)
        for diagnostic in checked.diagnostics
    ]
    assert len(set(places)) == len(places)
    lines = path.read_text(encoding="utf-8").splitlines()
    for line, column in places:
        assert line > 1 and lines[line - 1][column - 1 :].strip()


def test_summary_is_complete(models: dict[str, Made]) -> None:
    """Before any training, every layer has its shape and its weights."""
    for style, value in models.items():
        printed = io.StringIO()
        value.model.summary(
            print_fn=lambda text, out=printed, **_: out.write(text),
            line_length=200,
            expand_nested=True,
        )
        assert "?" not in printed.getvalue(), style
        assert "unbuilt" not in printed.getvalue(), style
        assert all(layer.built for layer in value.layers), style


def test_is_one_model_in_all_styles(models: dict[str, Made], tmp_path: Path) -> None:
    """With the same weights the styles give the same, also when saved and loaded."""
    first, second = models.values()
    batch = batch_for(first.model)
    assert second.model.count_params() == first.model.count_params()
    copy_weights(first.layers, second.layers)
    assert_same_output(first.model, second.model, batch)
    for style, value in models.items():
        value.model.save(tmp_path / f"{style}.keras")
        again = keras.models.load_model(tmp_path / f"{style}.keras")
        saved, loaded = (
            leaves(m.predict(batch, verbose=0)) for m in (value.model, again)
        )
        for ours, theirs in zip(saved, loaded, strict=True):
            assert np.array_equal(ours, theirs), style


@pytest.mark.parametrize(
    ("name", "style"), [("two_tower", "subclass"), ("wide_and_deep", "functional")]
)
def test_learns_its_own_data(
    name: str, style: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What has data in its spec runs as a script, and does better than by chance.

    The styles are one model, see above, and all write alike what trains it.
    """
    path = CASES / "architectures" / f"{name}.yaml"
    keras.utils.set_random_seed(0)
    Made(path, style, tmp_path).module.main()
    lines = capsys.readouterr().out.splitlines()
    results = (line for line in lines if not line.startswith("epoch "))
    printed = dict(line.split(": ") for line in results)
    assert float(printed["loss"]) < 0.5


def copy_weights(source: list[Any], target: list[Any]) -> None:
    """Gives layers the weights of others: of a kind, of a turn, and of one config."""
    ours, theirs = by_kind(source), by_kind(target)
    assert ours.keys() == theirs.keys()
    for kind, alike in ours.items():
        # Attention creates its dropout when it is built, which a class does later.
        ordered = sorted(alike, key=lambda layer: repr(described(layer)))
        others = sorted(theirs[kind], key=lambda layer: repr(described(layer)))
        for pair, other in zip(ordered, others, strict=True):
            assert described(pair) == described(other)
            other.set_weights(pair.get_weights())
