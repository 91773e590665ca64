"""What is offered where someone types, by the servers that editors use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import get_args

import pytest

from scaffold.catalogue import Catalogue
from scaffold.catalogue.types import KerasCallable, Registry
from scaffold.checks.scope import is_usable
from tests.editor.servers import Editor, Offer
from tests.editor.texts import ITEM, at_value, inside

pytestmark = pytest.mark.slow

LAYER = ("layers", ITEM)


def without(offers: Mapping[str, Offer], wanted: Iterable[str]) -> set[str]:
    """Gives what is wanted and not offered."""
    return set(wanted) - set(offers)


def undocumented(offers: Mapping[str, Offer], wanted: Mapping[str, str]) -> set[str]:
    """Gives the labels that are offered without the text that is wanted for them."""
    return {item for item in wanted if wanted[item] not in offers[item].documentation}


def callables(catalogue: Catalogue, registry: Registry) -> list[KerasCallable]:
    """Gives all that an author can use of a registry."""
    targets = (catalogue.find(registry, name) for name in catalogue.names(registry))
    return [target for target in targets if target is not None and is_usable(target)]


def is_entry(layer: KerasCallable) -> bool:
    """Says whether a layer is called on tensors: inputs and cells are not."""
    return layer.takes != "none" and "states" not in layer.tensors


def pages(known: Iterable[KerasCallable]) -> dict[str, str]:
    """Gives the page on keras.io for each name and alias."""
    return {name: item.url for item in known for name in (item.name, *item.aliases)}


def test_entry_offers_every_layer(editing: Editor, catalogue: Catalogue) -> None:
    """After `- ` come all layers with their aliases, functions, and our own words."""
    offers = editing.offers(inside(editing.kind, *LAYER))
    layers = pages(filter(is_entry, callables(catalogue, "layers")))
    assert without(offers, layers) == set()
    assert undocumented(offers, layers) == set()
    functions = callables(catalogue, "ops")
    ops = {f"ops.{name}": url for name, url in pages(functions).items()}
    assert without(offers, ops) == set()
    assert undocumented(offers, ops) == set()
    own = {"reuse", "recurse", "loop", "name", "from", "call", "repeat", "for", "if"}
    assert without(offers, own) == set()
    assert [item for item in sorted(own) if not offers[item].documentation] == []


def test_what_is_no_entry_is_not_offered(editing: Editor, catalogue: Catalogue) -> None:
    """Base classes, cells and the like stand in nobody's way; in TOML they say so."""
    offers = editing.offers(inside(editing.kind, *LAYER))
    entries = set(pages(filter(is_entry, callables(catalogue, "layers"))))
    others = set(catalogue.names("layers")) - entries
    assert {"Layer", "Wrapper", "Lambda", "InputLayer", "LSTMCell"} <= others
    if editing.kind == "toml":
        # tombi knows no word that hides a key.
        reasons = "is a base class|takes Python code|is a cell|takes no tensor"
        message = {other: offers[other].documentation for other in others & set(offers)}
        assert [item for item in message if not re.search(reasons, message[item])] == []
    else:
        assert others & set(offers) == set()


def test_every_layer_offers_its_arguments(
    editing: Editor, catalogue: Catalogue
) -> None:
    """All of them, each with a text; and nothing else that is no object's name."""
    wrong = {}
    registries: tuple[Registry, ...] = get_args(Registry)
    objects = {name for registry in registries for name in catalogue.names(registry)}
    objects |= {name for registry in registries for name in catalogue.aliases(registry)}
    for layer in filter(is_entry, callables(catalogue, "layers")):
        offers = editing.offers(inside(editing.kind, *LAYER, layer.name))
        known = {argument.name for argument in layer.arguments}
        offered = set(filter(is_name, offers))
        silent = {item for item in known & offered if not offers[item].documentation}
        others = offered - known - objects  # `PReLU: {zeros: {}}` is one argument
        if known - offered or others or silent:
            wrong[layer.name] = known - offered | others | silent
    assert wrong == {}


def is_name(label: str) -> bool:
    """Says whether an offer is a name: patterns and skeletons have other labels."""
    return label.isidentifier() and label != "object"


def test_arguments_have_their_documentation(editing: Editor) -> None:
    """The default, what it may be, and the page of the layer."""
    offers = editing.offers(inside(editing.kind, *LAYER, "Conv2D"))
    page = "https://keras.io/api/layers/"
    assert undocumented(offers, {"filters": page, "padding": page}) == set()
    assert "valid" in offers["padding"].documentation
    assert "integer" in offers["filters"].documentation


NESTED: dict[tuple[str | int, ...], set[str]] = {
    (): {"$schema", "name", "params", "inputs", "layers", "compile", "blocks", "train"},
    ("compile",): {"optimizer", "loss", "metrics", "jit_compile"},
    ("compile", "optimizer"): {"Adam", "SGD", "AdamW"},
    ("compile", "optimizer", "Adam"): {"learning_rate", "beta_1", "clipnorm"},
    ("compile", "optimizer", "Adam", "learning_rate"): {"CosineDecay"},
    ("train",): {"x", "y", "data", "epochs", "batch_size", "predict", "callbacks"},
    ("params", "units"): {"default", "description"},
    ("blocks", "Own", "params", "size"): {"default", "description"},
    ("blocks", "Own"): {"description", "params", "inputs", "layers", "outputs"},
    ("blocks", "Own", "layers", ITEM): {"Conv2D", "ops.add", "from", "name"},
    (*LAYER, "Conv2D", "kernel_regularizer"): {"L1", "L2", "L1L2"},
    (*LAYER, "Conv2D", "kernel_regularizer", "L2"): {"l2"},
    (*LAYER, "Conv2D", "kernel_initializer"): {"HeNormal", "GlorotUniform"},
    (*LAYER, "Bidirectional", "layer"): {"LSTM", "GRU"},
    (*LAYER, "Bidirectional", "layer", "LSTM"): {"units", "return_sequences"},
    (*LAYER, "ops.mean"): {"axis", "keepdims"},
    (*LAYER, "recurse"): {"cell"},
    (*LAYER, "loop"): {"step", "until", "max_steps"},
    ("inputs", "image"): {"shape", "dtype", "batch_size"},
}


@pytest.mark.parametrize("path", NESTED, ids=lambda path: ".".join(map(str, path)))
def test_keys_are_offered_inside(editing: Editor, path: tuple[str | int, ...]) -> None:
    """However deep a mapping stands, its keys are offered, and are explained."""
    offers = editing.offers(inside(editing.kind, *path))
    assert without(offers, NESTED[path]) == set()
    assert [item for item in NESTED[path] if not offers[item].documentation] == []


CHOICES: dict[tuple[str | int, ...], Registry | tuple[str, ...]] = {
    (*LAYER, "Conv2D", "activation"): "activations",
    (*LAYER, "Conv2D", "padding"): ("valid", "same"),
    (*LAYER, "Conv2D", "kernel_initializer"): "initializers",
    (*LAYER, "Conv2D", "kernel_regularizer"): "regularizers",
    (*LAYER, "Conv2D", "use_bias"): ("true", "false"),
    ("compile", "optimizer"): "optimizers",
    ("compile", "loss"): "losses",
}


@pytest.mark.parametrize("path", CHOICES, ids=lambda path: ".".join(map(str, path)))
def test_choices_are_offered(
    editing: Editor, catalogue: Catalogue, path: tuple[str | int, ...]
) -> None:
    """Where Keras takes one of some strings, they are offered."""
    wanted = CHOICES[path]
    strings = catalogue.strings(wanted) if isinstance(wanted, str) else wanted
    offers = editing.offers(at_value(editing.kind, *path))
    assert without(offers, strings) == set()


@pytest.mark.parametrize("running", ["yaml", "json"], indirect=True)
def test_choices_are_explained(editing: Editor, catalogue: Catalogue) -> None:
    """An activation has its page; tombi says nothing of choices."""
    offers = editing.offers(at_value(editing.kind, *LAYER, "Conv2D", "activation"))
    relu = catalogue.find("activations", "relu")
    assert relu is not None and relu.url
    assert relu.url in offers["relu"].documentation


@pytest.mark.parametrize("running", ["yaml"], indirect=True)
def test_values_come_before_snippets(editing: Editor) -> None:
    """The arguments that a layer needs are no value of one: they come last, if at all.

    It is this server that takes a value's place for one of its layer.
    """
    for path in (("activation",), ("use_bias",), ("kernel_regularizer",)):
        offers = editing.offers(at_value(editing.kind, *LAYER, "Dense", *path))
        keys = {value.item.get("sortText") or label for label, value in offers.items()}
        last = offers["required arguments"].item["sortText"]
        assert len(keys) > 1 and last == max(keys)
