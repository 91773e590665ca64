"""A spec means the same in each notation."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from scaffold.catalogue import load
from scaffold.pipeline import Source, generate
from scaffold.spec import Notation, Spec, read
from scaffold.styles import STYLES

from .chains import Chain, chains, document, to_flow, to_json, to_yaml, toml_document

pytestmark = pytest.mark.usefixtures("no_shapes")

CATALOGUE = load()


def written(chain: Chain) -> dict[str, tuple[str, Notation]]:
    """Writes a chain in all notations."""
    line, keyed = document(chain, keyed=False), document(chain, keyed=True)
    return {
        "yaml, line": (to_yaml(line), "yaml"),
        "yaml, keyed": (to_yaml(keyed), "yaml"),
        "json, line": (to_json(line), "json"),
        "json, keyed": (to_json(keyed), "json"),
        "yaml, in flow style": (to_flow(keyed), "yaml"),
        "toml, line": (toml_document(line), "toml"),
        "toml, keyed": (toml_document(keyed), "toml"),
    }


@pytest.fixture
def unformatted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves Black out, which takes most of the time: the same gives the same."""
    monkeypatch.setattr("scaffold.render.layout.format_source", lambda text: text)


@pytest.mark.usefixtures("unformatted")
def test_all_notations_give_the_same_bytes() -> None:
    """The digest line aside, a chain's code does not tell how it was written."""
    same_bytes()


@given(chains())
@settings(max_examples=60, deadline=None)
def same_bytes(chain: Chain) -> None:
    """Compares the code of all notations, in each style."""
    result: dict[str, str] = {}
    for how, (text, notation) in written(chain).items():
        for style in STYLES:
            source = Source(text.encode(), "chain", notation)
            generated, checked = generate(source, style, CATALOGUE)
            assert generated is not None, (how, checked.diagnostics, text)
            lines = generated.text.splitlines()
            code = "\n".join(line for line in lines if "; sha256 " not in line)
            assert result.setdefault(style, code) == code, how


def nothing_found(text: str, notation: Notation) -> Spec:
    """Reads a spec that is right."""
    reading = read(text.encode(), "model", notation)
    assert reading.diagnostics == ()
    assert reading.spec is not None
    return reading.spec


def test_what_chains_do_not_have_is_read_alike() -> None:
    """Repeats, loops, choices and sources mean the same in both notations."""
    pairs = {
        "a = Dense(8) * n": "Dense: 8\n    name: a\n    repeat: $n",
        "Block(f, s) for f, s in [(1, 2), (3, 4)]": (
            "Block: [$f, $s]\n    for: {f: [1, 3], s: [2, 4]}"
        ),
        "Dense(f) for f in [1, 2]": "Dense: $f\n    for: {f: [1, 2]}",
        "Dense(8) if p and not q else Identity()": (
            "Dense: 8\n    if: $p and not q\n    else: {Identity: }"
        ),
        "Add() <- a, b[1]": "Add:\n    from: [a, 'b[1]']",
        "MHA(2) <- query=a, value=[b, c], m=True": (
            "MHA: 2\n    from: {query: a, value: [b, c]}\n    call: {m: true}"
        ),
        "ops.mean(axis=1)": "ops.mean: {axis: 1}",
        "reuse(encoder) <- right": "reuse: encoder\n    from: right",
    }
    for line, keyed in pairs.items():
        entries = [
            nothing_found(f"inputs: [1]\nlayers:\n  - {item}\n", "yaml").layers[0]
            for item in (line, keyed)
        ]
        assert without_places(entries[0]) == without_places(entries[1]), line


def test_not_in_and_not_a_sign_are_one_operation() -> None:
    """`not a in b` is `not in`, and a sign is part of its number."""
    text = "inputs: [1]\nlayers:\n  - A(not a in b, not a is b, -1, -(-1), -a)\n"
    arguments = nothing_found(text, "yaml").layers[0].call.arguments
    shown = [
        getattr(argument.value, "operator", argument.value[0]) for argument in arguments
    ]
    assert shown == ["not in", "is not", -1, 1, "-"]


def without_places(results: Any) -> Any:
    """Takes places out, and what only tells notations apart."""
    if isinstance(results, tuple) and hasattr(results, "_fields"):
        apart = ("span", "name_span", "scalar", "is_tuple")
        return {
            key: without_places(value)
            for key, value in results._asdict().items()
            if key not in apart
        }
    return (
        [without_places(item) for item in results]
        if isinstance(results, tuple)
        else results
    )
