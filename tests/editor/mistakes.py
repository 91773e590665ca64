"""Mistakes in specs, in each notation, and what is to be said of them."""

from __future__ import annotations

from tests.editor.servers import Kind

Marked = dict[Kind, str]
"""A spec in each notation; `«` and `»` stand around what is to be underlined."""


def in_layer(yaml: str, json: str, toml: str) -> Marked:
    """Gives specs of one layer."""
    return {
        "yaml": f"inputs: [8, 8, 1]\nlayers:\n  - {yaml}\n",
        "json": f'{{"inputs": [8, 8, 1],\n "layers": [{{{json}}}]}}\n',
        "toml": f"inputs = [8, 8, 1]\n[[layers]]\n{toml}\n",
    }


def in_compile(yaml: str, json: str, toml: str) -> Marked:
    """Gives specs with a line below `compile`."""
    return {
        "yaml": f"inputs: [4]\nlayers: [Dense(1)]\ncompile:\n  {yaml}\n",
        "json": f'{{"inputs": [4], "layers": ["Dense(1)"],\n "compile": {{{json}}}}}\n',
        "toml": f'inputs = [4]\nlayers = ["Dense(1)"]\n[compile]\n{toml}\n',
    }


WRONG: dict[str, tuple[Marked, str]] = {
    "a layer that is not there": (
        in_layer("«conv2D»: 8", '«"conv2D"»: 8', "«conv2D» = 8"),
        "not allowed|match the pattern",
    ),
    "an argument that the layer does not take": (
        in_layer(
            "Conv2D: {filters: 8, kernel_size: 3, «filtres»: 3}",
            '"Conv2D": {"filters": 8, "kernel_size": 3, «"filtres"»: 3}',
            "Conv2D = {filters = 8, kernel_size = 3, «filtres = 3»}",
        ),
        "filtres.* not allowed",
    ),
    "a choice that is none": (
        in_layer(
            "Conv2D: {filters: 8, kernel_size: 3, padding: «sane»}",
            '"Conv2D": {"filters": 8, "kernel_size": 3, "padding": «"sane"»}',
            'Conv2D = {filters = 8, kernel_size = 3, padding = «"sane"»}',
        ),
        '"?valid"?.*"?same"?',
    ),
    "an activation that is none": (
        in_layer(
            "Dense: {units: 8, activation: «rellu»}",
            '"Dense": {"units": 8, "activation": «"rellu"»}',
            'Dense = {units = 8, activation = «"rellu"»}',
        ),
        "relu",
    ),
    "a kind that does not fit": (
        in_layer(
            "Dense: {units: 8, use_bias: «3»}",
            '"Dense": {"units": 8, "use_bias": «3»}',
            "Dense = {units = 8, use_bias = «3»}",
        ),
        "(?i)boolean",
    ),
    "a list where a number belongs": (
        in_layer(
            "Dense: {units: «[8]»}",
            '"Dense": {"units": «[8]»}',
            "Dense = {units = «[8]»}",
        ),
        "(?i)integer",
    ),
    "an argument of a nested object": (
        in_layer(
            "Dense: {units: 8, kernel_regularizer: {L2: {«l3»: 0.1}}}",
            '"Dense": {"units": 8, "kernel_regularizer": {"L2": {«"l3"»: 0.1}}}',
            "Dense = {units = 8, kernel_regularizer = {L2 = {«l3 = 0.1»}}}",
        ),
        "l3.* not allowed",
    ),
    "an object of another family": (
        in_layer(
            "Dense: {units: 8, kernel_regularizer: {«HeNormal»: {}}}",
            '"Dense": {"units": 8, "kernel_regularizer": {«"HeNormal"»: {}}}',
            "Dense = {units = 8, kernel_regularizer = {«HeNormal = {}»}}",
        ),
        "HeNormal.* not allowed",
    ),
    "an argument of an optimizer": (
        in_compile(
            "optimizer: {Adam: {«learning_rates»: 0.1}}",
            '"optimizer": {"Adam": {«"learning_rates"»: 0.1}}',
            "optimizer = {Adam = {«learning_rates = 0.1»}}",
        ),
        "learning_rates.* not allowed",
    ),
    "an optimizer that is none": (
        in_compile(
            "optimizer: «adan»", '"optimizer": «"adan"»', 'optimizer = «"adan"»'
        ),
        "adam",
    ),
}

EXPLAINED: dict[str, tuple[Marked, str]] = {
    "an argument that is missing": (
        in_layer("«Conv2D»: {filters: 8}", '«"Conv2D"»: {"filters": 8}', ""),
        'Missing property "kernel_size".',
    ),
    "a number that is too small": (
        in_layer("Dense: {units: «0»}", '"Dense": {"units": «0»}', ""),
        "Value is below the minimum of 1.",
    ),
    "an expression without a dollar": (
        in_layer("Dense: {units: «eight»}", '"Dense": {"units": «"eight"»}', ""),
        "Expected an integer, or an expression: $name.",
    ),
    "a name that is none": (
        in_layer("Dense: 8\n    name: «a b»", '"Dense": 8, "name": «"a b"»', ""),
        "A name has letters, digits and _",
    ),
    "two layers in one entry": (
        {
            "yaml": "inputs: [8]\nlayers:\n  - «Dense: 8\n    Flatten:»\n",
            "json": '{"inputs": [8], "layers": [«{"Dense": 8, "Flatten": {}}»]}',
        },
        "An entry names one layer",
    ),
    "a base class": (
        in_layer("Layer: «{}»", '"Layer": «{}»', ""),
        "Layer is a base class, which cannot be used directly.",
    ),
}
"""Mistakes of which the schema itself says what is wrong; tombi takes no such text."""

SPOILT: Marked = {
    "yaml": "inputs: [4]\nlayers:\n  - Dense: {units: 8, bias: 1}\n",
    "json": '{"inputs": [4], "layers": [{"Dense": {"units": 8, "bias": 1}}]}',
    "toml": "inputs = [4]\n[[layers]]\nDense = {units = 8, bias = 1}\n",
}
