"""The schemas themselves: whole, in order, and true to what they are made of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft7Validator, meta

from scaffold.catalogue import load
from scaffold.checks.scope import is_usable
from scaffold.diagnostics import Diagnostic, Span, report
from scaffold.editor.schema import (
    findings_schema,
    is_generated,
    spec_schema,
    write_schema,
)
from scaffold.ir.extensions import EXTENSIONS
from scaffold.ir.hooks import METHODS
from scaffold.pages import CODES
from scaffold.pipeline import Source, check
from scaffold.spec.keyed import SIBLINGS
from scaffold.spec.keys import SPEC_KEYS
from scaffold.spec.layers import BLOCK_KEYS
from tests.editor.places import Written

ROOT = Path(__file__).parents[2]
CATALOGUE = load()
SCHEMA = spec_schema(CATALOGUE)
ENTRY = SCHEMA["definitions"]["entry"]
FINDINGS = findings_schema()
MOST_BYTES = 1_500_000


def resolved(schema: Any) -> Any:
    """Follows a reference."""
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    if reference is None:
        return schema
    return SCHEMA["definitions"][reference.removeprefix("#/definitions/")]


def pieces(schema: Any) -> Iterator[dict[str, Any]]:
    """Gives a schema and all schemas within it, references not followed."""
    if isinstance(schema, list):
        for item in schema:
            yield from pieces(item)
    if not isinstance(schema, dict):
        return
    yield schema
    by_name = ("properties", "patternProperties", "definitions")
    for key, value in schema.items():
        if key in by_name:
            for item in value.values():
                yield from pieces(item)
        elif key not in ("enum", "defaultSnippets", "required", "dependencies"):
            yield from pieces(value)


@pytest.mark.parametrize("schema", [SCHEMA, FINDINGS], ids=["spec", "findings"])
def test_draft_07(schema: dict[str, Any]) -> None:
    """Both are schemas of draft-07, in which every reference leads somewhere."""
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    meta.validate(schema)
    for piece in pieces(schema):
        if "$ref" in piece:
            assert list(piece) == ["$ref"]
            assert resolved(piece) is not None


def test_always_the_same() -> None:
    """Made again of the same catalogue, it has the same bytes; and it is JSON."""
    text = write_schema(SCHEMA)
    assert text == write_schema(spec_schema(load()))
    assert json.loads(text) == SCHEMA
    assert list(json.loads(text)) == list(SCHEMA)
    assert len(text) < MOST_BYTES
    assert text.startswith('{\n  "$schema": ') and text.endswith("}\n")


def test_what_is_known_is_there() -> None:
    """No key, layer, function or method that is read has been left out."""
    assert tuple(SCHEMA["properties"]) == SPEC_KEYS
    assert tuple(SCHEMA["definitions"]["block"]["properties"]) == BLOCK_KEYS
    layers = {*CATALOGUE.names("layers"), *CATALOGUE.aliases("layers")}
    operations = {*CATALOGUE.names("ops"), *CATALOGUE.aliases("ops")}
    assert set(ENTRY["properties"]) == {
        *layers,
        *(f"ops.{name}" for name in operations),
        *EXTENSIONS,
        "reuse",
        *SIBLINGS,
    }
    listed, item = SCHEMA["properties"]["override"]["anyOf"]
    assert item["enum"] == listed["items"]["enum"] == list(METHODS)


@pytest.mark.parametrize("registry", ["layers", "optimizers", "losses", "callbacks"])
def test_arguments(registry: Any) -> None:
    """Each object has all its arguments and no other, and those it needs."""
    family = "" if registry == "layers" else f"{registry}."
    for name in CATALOGUE.names(registry):
        target = CATALOGUE.find(registry, name)
        assert target is not None
        if not is_usable(target):
            assert f"{family}{name}" not in SCHEMA["definitions"]
            continue
        results = SCHEMA["definitions"][f"{family}{name}"]
        known = [argument.name for argument in target.arguments]
        offered = [name for name in results["properties"] if not name[:1].isupper()]
        assert offered == known
        assert results["additionalProperties"] is False
        required = [argument.name for argument in target.arguments if argument.required]
        parts = [results, *results.get("anyOf", [])]
        listed = [part["required"] for part in parts if "required" in part]
        assert listed == ([required] if required else []), name


def test_texts() -> None:
    """What is offered is described; a layer and its arguments lead to keras.io."""
    for name, schema in ENTRY["properties"].items():
        layer = resolved(schema)
        assert layer["description"] == layer["markdownDescription"]
        if "doNotSuggest" in layer or name in (*EXTENSIONS, "reuse", *SIBLINGS):
            continue
        assert re.search(r"\[keras\.io\]\(https://keras\.io/api/\S+/\)$", text(layer))
        for key, value in layer["properties"].items():
            if key[:1].isupper():
                continue  # a call, in the place of the first argument
            argument = resolved(value)
            assert "https://keras.io/" in text(argument), (name, key)
            assert re.search("Default: `.*`|Required", text(argument)), (name, key)
    for section in (SCHEMA, SCHEMA["definitions"]["block"]):
        for schema in section["properties"].values():
            assert text(schema).endswith(".")


def text(schema: dict[str, Any]) -> str:
    """Gives what an editor shows."""
    result = schema["markdownDescription"]
    assert isinstance(result, str)
    return result


def test_a_layer_by_hand() -> None:
    """The texts of a layer and of its arguments, as an editor shows them."""
    layer = SCHEMA["definitions"]["Conv2D"]
    page = "[keras.io](https://keras.io/api/layers/convolution_layers/convolution2d/)"
    assert text(layer) == (
        "**Conv2D** (also Convolution2D). Moves filters over an image. "
        "Called on one tensor, returns one tensor. "
        f"Requires `filters` and `kernel_size`. {page}"
    )
    shown = {key: text(resolved(value)) for key, value in layer["properties"].items()}
    assert shown["filters"] == f"An integer, at least 1. Required. {page}"
    assert shown["strides"] == (
        f"An integer or a list of 2 integers, at least 1. Default: `[1, 1]`. {page}"
    )
    assert shown["kernel_regularizer"] == (
        "A regularizer or null. Default: `null`. "
        "[keras.io](https://keras.io/api/layers/regularizers/)"
    )


def test_no_defaults_and_a_text_for_each_choice() -> None:
    """Editors would write defaults into the file; each string has its text."""
    for piece in pieces(SCHEMA):
        assert "default" not in piece
        for key in ("enumDescriptions", "markdownEnumDescriptions"):
            assert len(piece.get(key, piece.get("enum", []))) == len(
                piece.get("enum", [])
            )
        if "enum" in piece:
            assert len(set(map(str, piece["enum"]))) == len(piece["enum"]) > 0


def test_what_no_spec_can_use_is_not_offered() -> None:
    """Base classes, cells and layers of Python code say why they cannot stand there."""
    offered = ENTRY["properties"]
    for name in ("Layer", "Lambda", "InputLayer", "LSTMCell"):
        assert offered[name]["doNotSuggest"]
        assert name in offered[name]["description"]


def test_snippets() -> None:
    """Each snippet, filled in, is an entry that both read."""
    for snippet in ENTRY["defaultSnippets"]:
        entry = json.loads(_filled(json.dumps(snippet["body"])))
        tree = {
            "params": {"wide": True},
            "inputs": {name: [4] for name in ("left", "right")},
            "layers": [
                {"Dense": 8, "name": "encoder", "from": "left"},
                {"Add": None, "from": ["encoder", "right"]},
                entry,
            ],
        }
        assert Draft7Validator(SCHEMA).is_valid(tree), entry
        diagnostics = check(
            Source(Written(tree).text.encode(), "model.json")
        ).diagnostics
        hard = {diagnostic.code for diagnostic in diagnostics} - {
            "KS207",
            "KS210",
            "KS303",
            "KS305",
            "KS402",
        }
        assert not hard, (entry, diagnostics)


def _filled(body: str) -> str:
    """Takes the suggestions of a snippet, as an editor does."""
    body = re.sub(r"\$\{\d+:(\w+)\}", r"\1", body)
    return re.sub(
        r'"\^((?:\\"|[^"])*)"', lambda item: item[1].replace('\\"', '"'), body
    ).replace("\\\\$", "$")


FAULTS = sorted((ROOT / "tests" / "cases" / "faults").glob("KS*.yaml"))[::4]


def test_findings() -> None:
    """What `check --format json` prints for each fault has the published form."""
    validator = Draft7Validator(FINDINGS)
    results = [
        diagnostic
        for path in FAULTS
        for diagnostic in check(Source(path.read_bytes(), path.name)).diagnostics
    ]
    assert len(results) > 75
    validator.validate(json.loads(report(results, "json")))
    validator.validate(json.loads(report([], "json")))
    whole = Diagnostic("KS101", "it cannot be read", Span("a.yaml"), "mend it")
    validator.validate(json.loads(report([whole], "json")))


@pytest.mark.parametrize(
    "change",
    [
        {"code": "KS999"},
        {"severity": "info"},
        {"line": -1},
        {"line": "3"},
        {"more": 1},
        {"path": None},
    ],
)
def test_other_findings(change: dict[str, Any]) -> None:
    """Anything else is no finding."""
    (row,) = json.loads(
        report([Diagnostic("KS101", "m", Span("a.yaml"), "mend it")], "json")
    )
    validator = Draft7Validator(FINDINGS)
    assert validator.is_valid([row])
    assert not validator.is_valid([row | change])
    for key in row:
        assert not validator.is_valid(
            [{item: row[item] for item in row if item != key}]
        )


def test_codes_are_described() -> None:
    """Each code is there, with the first sentence of its page."""
    code = FINDINGS["items"]["properties"]["code"]
    assert code["enum"] == list(CODES)
    assert code["enumDescriptions"] == [page.summary for page in CODES.values()]


def test_published() -> None:
    """The file in docs/ is up to date: `make docs` writes it."""
    path = ROOT / "docs" / "schema" / "findings.schema.json"
    assert path.read_text(encoding="utf-8") == write_schema(FINDINGS)


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        (write_schema(FINDINGS), True),
        ('{"$comment": "By keras-scaffold 0.0.1"}', True),
        ('{"$comment": "By hand"}', False),
        ('{"$comment": 3}', False),
        ("[]", False),
        ("", False),
        ('{"$comment": "By keras-scaffold 0.0.1"', False),
        ("[" * 100_000, False),
    ],
)
def test_whose_file(text: str, ours: bool) -> None:
    """Only a JSON object that says so is a schema of ours."""
    assert is_generated(text) is ours
