"""The families of layers, and the line and the example of each layer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scaffold.catalogue import Catalogue, load
from scaffold.catalogue.catalogue import BUNDLED
from scaffold.catalogue.families import (
    OTHER,
    SITE,
    Description,
    by_family,
    description_of,
    families,
    families_named,
    family_of,
)
from scaffold.cli.layer_pages import family_lines, page
from scaffold.diagnostics import report
from scaffold.pipeline import Source, check, generate
from tests.catalogue.facts import undescribed, unknown_names
from tests.catalogue.layer_examples import (
    CATALOGUE,
    layers,
    layers_in_specs,
    spec_of,
)

ELSEWHERE = {
    "SpectralNormalization": "numerical, among the preprocessing of features",
    "STFTSpectrogram": "not in the list of pages, so it has that of preprocessing",
    "Wrapper": "not in the list of pages, so it has that of core layers",
}
"""Layers that keras.io lists in another family, and where."""


def test_each_layer_has_a_line_and_an_example() -> None:
    """The file of families has all layers of the catalogue, once, and no others."""
    listed = [name for family in families() for name in family.layers]
    assert sorted(listed) == sorted(CATALOGUE.names("layers"))
    assert undescribed(CATALOGUE) == []
    for layer in layers():
        description = description_of(layer)
        assert description.about.endswith("."), layer.name
        assert description.about[0].isupper(), layer.name
        assert bool(description.example) != bool(description.instead), layer.name
        assert not description.instead or layer.unusable, layer.name


def test_no_line_is_used_twice() -> None:
    """Each line tells its layer from all others."""
    lines = [description_of(layer).about for layer in layers()]
    lines += [family.about for family in families()]
    assert len(lines) == len(set(lines))


def test_families_are_those_of_keras_io() -> None:
    """The page of a layer is in a folder of its family, with known exceptions."""
    elsewhere = {
        layer.name
        for layer in layers()
        if not any(
            layer.url.startswith(f"{SITE}{page}/") for page in family_of(layer).pages
        )
    }
    assert elsewhere == set(ELSEWHERE)


def test_list_fits_a_terminal() -> None:
    """No line of the list or of a page is wider than 80 columns."""
    lines = [line for group in by_family(CATALOGUE) for line in family_lines(*group)]
    assert len(lines) == 143 + len(families())
    for layer in layers():
        lines += page(layer, CATALOGUE)
    # A name of 44 letters does not fit into a line with its aliases and its page.
    too_wide = [line for line in lines if len(line) > 80 and SITE not in line]
    assert not too_wide


def test_examples_are_specs_without_findings() -> None:
    """Each example is clean in a small spec, warnings included, in both notations."""
    faults = []
    for layer in layers_in_specs():
        for is_keyed in (False, True):
            text = spec_of([layer], is_keyed=is_keyed)
            findings = check(Source(text.encode(), "a.yaml")).diagnostics
            faults += [
                report([finding], "text", {"a.yaml": text}) for finding in findings
            ]
    assert not faults, "\n".join(faults)


def test_both_notations_are_one_model() -> None:
    """Both notations of the examples generate the same code."""
    line, keyed = (
        generate(
            Source(spec_of(layers_in_specs(), is_keyed=is_keyed).encode(), "a.yaml"),
            "subclass",
        )[0]
        for is_keyed in (False, True)
    )
    assert line is not None and keyed is not None
    assert line.text == keyed.text


def test_the_example_has_the_layer() -> None:
    """An example calls its own layer, if only inside another."""
    for layer in layers_in_specs():
        assert f"{layer.name}(" in description_of(layer).example


def test_layers_without_example_are_refused() -> None:
    """The layers that have no example are those that `check` refuses."""
    others = [layer for layer in layers() if not description_of(layer).example]
    for layer in others:
        arguments = ", ".join("1" for item in layer.arguments if item.required)
        text = f"inputs: [4]\nlayers:\n  - {layer.name}({arguments})\n"
        codes = {
            finding.code
            for finding in check(Source(text.encode(), "a.yaml")).diagnostics
        }
        assert codes & {"KS212", "KS303"}, layer.name
    assert len(others) + len(layers_in_specs()) == 143


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("pooling", ["pooling"]),
        ("Pooling", ["pooling"]),
        ("pooling layers", ["pooling"]),
        ("rnn", ["recurrent"]),
        ("image", ["image", "augmentation"]),
        ("image_augmentation", ["augmentation"]),
        (
            "preprocessing",
            ["numerical", "categorical", "text", "image", "augmentation", "audio"],
        ),
        ("Dense", []),
        ("", []),
    ],
)
def test_words_for_families(word: str, names: list[str]) -> None:
    """A family has several names, and some names are those of several families."""
    assert [family.name for family in families_named(word)] == names


def test_no_word_is_a_layer() -> None:
    """The name of a family is never that of a layer, in the same case."""
    words = {word for family in families() for word in (family.name, *family.words)}
    assert all(word.islower() for word in words)
    assert not words & {*CATALOGUE.names("layers"), *CATALOGUE.aliases("layers")}


def newer(directory: Path) -> Catalogue:
    """Makes a catalogue with new layers, and without some known ones."""
    bundled = max(BUNDLED.glob("keras-*"))
    for path in bundled.glob("*.json"):
        (directory / path.name).write_bytes(path.read_bytes())
    records = json.loads((bundled / "layers.json").read_text(encoding="utf-8"))
    del records["MaxPooling1D"]
    pooled = {**records["MaxPooling2D"], "aliases": ["SumPool2D"]}
    records["SumPooling2D"] = pooled
    records["Mystery"] = {**records["Dense"], "url": "https://keras.io/api/layers/new/"}
    records["Bare"] = {"url": ""}
    (directory / "layers.json").write_text(json.dumps(records), encoding="utf-8")
    return load(directory)


def test_new_layers_of_keras_are_listed(tmp_path: Path) -> None:
    """A layer without a line is listed last in the family of its page, or in none."""
    catalogue = newer(tmp_path)
    groups = {
        family.name: [layer.name for layer in members]
        for family, members in by_family(catalogue)
    }
    assert groups["pooling"][0] == "MaxPooling2D"
    assert groups["pooling"][-1] == "SumPooling2D"
    assert groups[OTHER.name] == ["Bare", "Mystery"]
    assert sum(map(len, groups.values())) == 145
    lines = [line for group in by_family(catalogue) for line in family_lines(*group)]
    assert "SumPooling2D              (also SumPool2D)" in lines
    assert lines[-2:] == ["Bare", "Mystery"]
    assert families_named("other") == (OTHER,)
    assert undescribed(catalogue) == ["SumPooling2D", "Mystery", "Bare"]
    assert "families.pooling: MaxPooling1D" in unknown_names(catalogue)


def test_new_layers_have_pages(tmp_path: Path) -> None:
    """The page of a layer without a line has the smallest example of the catalogue."""
    catalogue = newer(tmp_path)
    for name in ("SumPooling2D", "Mystery", "Bare"):
        layer = catalogue.find("layers", name)
        assert layer is not None
        assert description_of(layer) == Description()
        lines = list(page(layer, catalogue))
        assert lines[0].startswith(name)
        assert ("    - Mystery(units=2)" in lines) == (name == "Mystery")
        assert ("    - Mystery: {units: 2}" in lines) == (name == "Mystery")
