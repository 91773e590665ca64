"""A spec that names its schema, for editors that do not know it by its path."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scaffold.editor.schema_line import find_schema, reference, with_schema
from scaffold.editor.types import SCHEMA
from scaffold.pipeline import Source, check, generate

OURS = f"./{SCHEMA}"
YAML = "inputs: [4]\nlayers: [Dense(1)]\n"
TOML = 'inputs = [4]\nlayers = ["Dense(1)"]\n'
JSON = '{\n    "inputs": [4],\n    "layers": ["Dense(1)"]\n}\n'


@pytest.mark.parametrize(
    ("text", "suffix", "start"),
    [
        (YAML, ".yaml", f"# yaml-language-server: $schema={OURS}\ninputs"),
        (YAML, ".YML", f"# yaml-language-server: $schema={OURS}\ninputs"),
        (YAML, "", f"# yaml-language-server: $schema={OURS}\ninputs"),
        (f"# Mine.\n{YAML}", ".yaml", f"# yaml-language-server: $schema={OURS}\n# M"),
        (f"---\n{YAML}", ".yaml", f"# yaml-language-server: $schema={OURS}\n---\n"),
        (f"\ufeff{YAML}", ".yaml", f"\ufeff# yaml-language-server: $schema={OURS}\n"),
        (TOML, ".toml", f"#:schema {OURS}\ninputs"),
        (JSON, ".json", f'{{\n    "$schema": "{OURS}",\n    "inputs"'),
        (f"\ufeff{JSON}", ".json", f'\ufeff{{\n    "$schema": "{OURS}",\n    "in'),
        (
            '{"inputs": [4], "layers": ["Dense(1)"]}',
            ".json",
            f'{{"$schema": "{OURS}", ',
        ),
        (
            '{ "inputs": [4], "layers": ["Dense(1)"] }',
            ".json",
            f'{{ "$schema": "{OURS}", ',
        ),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_first_line(text: str, suffix: str, start: str, end: str) -> None:
    """The line is added in the notation of the file; all else stays as it is."""
    text, start = text.replace("\n", end), start.replace("\n", end)
    result = with_schema(text, suffix, OURS)
    assert result.startswith(start)
    assert with_schema(result, suffix, OURS) == result
    added = len(result) - len(text)
    # Without the characters that were added, it is the same text.
    assert any(result[:at] + result[at + added :] == text for at in range(len(text)))
    assert check(Source(result.encode(), f"a{suffix}")).diagnostics == ()


@pytest.mark.parametrize(("text", "suffix"), [(YAML, ".yaml"), (JSON, ".json")])
def test_code_is_the_same(text: str, suffix: str) -> None:
    """The line does not change the generated code."""
    results = [
        generate(Source(written.encode(), f"a{suffix}"))[0]
        for written in (text, with_schema(text, suffix, OURS))
    ]
    assert results[0] is not None and results[1] is not None
    assert results[0].text == results[1].text


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        (f"# yaml-language-server: $schema=other.json\n{YAML}", ".yaml"),
        (f"# First.\n#yaml-language-server: $schema=https://a.b/c\n{YAML}", ".yaml"),
        (f"$schema: mine.json\n{YAML}", ".yaml"),
        (f"#:schema mine.json\n{TOML}", ".toml"),
        (f'"$schema" = "mine.json"\n{TOML}', ".toml"),
        (JSON.replace("{", '{"$schema": "mine.json",', 1), ".json"),
        (JSON.replace("{", '{"$schema": 1,', 1), ".json"),
        ("[1]", ".json"),
        ("{", ".json"),
        ("", ".json"),
    ],
)
def test_another_schema_stays(text: str, suffix: str) -> None:
    """A file that names a schema of the user's, or is no mapping, is not changed."""
    assert with_schema(text, suffix, OURS) == text


@pytest.mark.parametrize(
    ("text", "suffix"), [(YAML, ".yaml"), (TOML, ".toml"), (JSON, ".json")]
)
def test_a_moved_spec(text: str, suffix: str) -> None:
    """A line that names our schema at another path is updated."""
    old = with_schema(text, suffix, f"../../{SCHEMA}")
    assert with_schema(old, suffix, OURS) == with_schema(text, suffix, OURS)


def test_empty_object() -> None:
    """An object without keys gets no comma."""
    assert json.loads(with_schema("{ }", ".json", OURS)) == {"$schema": OURS}


def test_reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path is relative to the spec, and the nearest schema is used."""
    assert find_schema(tmp_path / "a" / "b" / "c.yaml") is None
    for root in ("", "a/b"):
        schema = tmp_path / root / SCHEMA
        schema.parent.mkdir(parents=True)
        schema.write_text("{}")
    assert find_schema(tmp_path / "a" / "c.yaml") == tmp_path / SCHEMA
    assert find_schema(tmp_path / "a" / "b" / "c.yaml") == tmp_path / "a/b" / SCHEMA
    monkeypatch.chdir(tmp_path / "a")
    assert find_schema(Path("c.yaml")) == tmp_path / SCHEMA
    assert reference(Path("c.yaml"), tmp_path / SCHEMA) == f"../{SCHEMA}"
    assert reference(Path("b/c.yaml"), Path("b") / SCHEMA) == OURS
    assert reference(Path("b/c/d.yaml"), tmp_path / SCHEMA) == f"../../../{SCHEMA}"
