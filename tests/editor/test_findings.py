"""What is underlined where someone writes: the place, and what is said of it."""

from __future__ import annotations

import re

import pytest

from tests.editor.servers import Editor, Finding, Kind
from tests.tools.lsp import Place
from tests.tools.snippets import place_after

pytestmark = pytest.mark.slow

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


NAMES = r"^[A-Z]\w*$"
"""What tombi says of a name that begins with a small letter."""

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


def unmarked(marked: str) -> tuple[str, str, Place]:
    """Gives the text without its marks, what is between them, and where."""
    before, rest = marked.split("«")
    within, after = rest.split("»")
    return before + within + after, within, place_after(before)


@pytest.mark.parametrize("what", WRONG)
def test_mistake_is_underlined(editing: Editor, what: str) -> None:
    """There is nothing else underlined, and the message is one for people."""
    marked, said = WRONG[what]
    text, within, place = unmarked(marked[editing.kind])
    found = editing.findings(text)
    assert found, "nothing is underlined"
    assert {(one.text, one.place) for one in found} == {(within, place)}
    messages = " / ".join(one.message for one in found)
    assert re.search(said, messages), messages
    assert readable(found)


def readable(found: list[Finding]) -> bool:
    """Says whether messages are short, and show no pattern but that of names."""
    messages = (one.message.replace(NAMES, "") for one in found)
    return all(len(one) < 800 and "^" not in one for one in messages)


SPOILT: Marked = {
    "yaml": "inputs: [4]\nlayers:\n  - Dense: {units: 8, bias: 1}\n",
    "json": '{"inputs": [4], "layers": [{"Dense": {"units": 8, "bias": 1}}]}',
    "toml": "inputs = [4]\n[[layers]]\nDense = {units = 8, bias = 1}\n",
}


def test_mistake_that_is_mended_is_gone(editing: Editor) -> None:
    """The same file, edited: what was underlined no longer is, and again is."""
    text = SPOILT[editing.kind]
    uri = editing.open(text)
    assert len(editing.server.findings(uri)) == 1
    editing.server.change(uri, text.replace("bias", "use_bias").replace("1}", "true}"))
    assert editing.server.findings(uri) == []
    editing.server.change(uri, text)
    assert len(editing.server.findings(uri)) == 1
