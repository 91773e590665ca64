"""How a file finds its schema: by the editor's settings, or by a line of its own."""

from __future__ import annotations

import pytest

from tests.editor.servers import SCHEMA, Editor, Kind

pytestmark = pytest.mark.slow

WRONG: dict[Kind, str] = {
    "yaml": "inputs: [4]\nlayers: [{Dense: {units: 1, unit: 1}}]\n",
    "json": '{"inputs": [4], "layers": [{"Dense": {"units": 1, "unit": 1}}]}',
    "toml": "inputs = [4]\nlayers = [{Dense = {units = 1, unit = 1}}]\n",
}


def with_line(kind: Kind) -> str:
    """Gives the same, with the schema named in the file."""
    text = WRONG[kind]
    if kind == "json":
        return text.replace("{", f'{{"$schema": "./{SCHEMA}", ', 1)
    name = "# yaml-language-server: $schema=" if kind == "yaml" else "#:schema "
    return f"{name}./{SCHEMA}\n{text}"


def schemas_of(editing: Editor, text: str, name: str) -> list[str]:
    """Gives the messages about a file of some name."""
    return [
        finding["message"]
        for finding in editing.server.findings(editing.open(text, name))
    ]


def test_settings_name_the_schema(editing: Editor) -> None:
    """A spec needs no line of its own where the settings say what a spec is."""
    for name in ("a{}.model", "models/deep/a{}.model"):
        (message,) = schemas_of(editing, WRONG[editing.kind], name)
        assert "unit" in message


def test_other_files_are_left_alone(editing: Editor) -> None:
    """A file that is no spec by its name gets no schema."""
    assert schemas_of(editing, WRONG[editing.kind], "other{}") == []


def test_line_names_the_schema(editing: Editor) -> None:
    """The path is taken from the file's own directory, and is no finding itself."""
    (message,) = schemas_of(editing, with_line(editing.kind), "named{}")
    assert "unit" in message


@pytest.mark.parametrize("running", ["yaml"], indirect=True)
def test_key_names_the_schema_in_yaml(editing: Editor) -> None:
    """`$schema:` is a key of the spec, and in YAML it works as well."""
    text = f"$schema: ./{SCHEMA}\n{WRONG['yaml']}"
    (message,) = schemas_of(editing, text, "keyed{}")
    assert "unit" in message
