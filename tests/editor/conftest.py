"""Editors: language servers, each started once, and projects that are set up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scaffold.catalogue import Catalogue, load
from scaffold.editor.schema import spec_schema
from tests.editor.findings import Finding, findings, project
from tests.editor.servers import Editor, Kind, editor
from tests.tools.find import program


@pytest.fixture(scope="package")
def catalogue() -> Catalogue:
    """What the tool knows of Keras."""
    return load()


@pytest.fixture(scope="package")
def schema(catalogue: Catalogue) -> dict[str, Any]:
    """The schema of specs."""
    return spec_schema(catalogue)


@pytest.fixture(scope="package", params=["yaml", "json", "toml"])
def running(
    request: pytest.FixtureRequest,
    schema: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Editor]:
    """An editor for each notation, with the schema in its workspace."""
    kind: Kind = request.param
    with editor(kind, tmp_path_factory.mktemp(kind), schema) as started:
        yield started


@pytest.fixture
def editing(running: Editor) -> Iterator[Editor]:
    """The same, whose server must not stumble while a test uses it."""
    yield running
    faults, running.server.faults = running.server.faults, []
    assert faults == []


@pytest.fixture(scope="module")
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A project that is set up for the `EDITOR` of the module, which is a program."""
    program(request.module.EDITOR)
    place = tmp_path_factory.mktemp(request.module.EDITOR) / "my models"
    project(place, request.module.EDITOR)
    return place


@pytest.fixture(scope="module")
def printed(place: Path) -> tuple[str, list[Finding]]:
    """What `check` prints of its specs, and what that says."""
    return findings(place)
