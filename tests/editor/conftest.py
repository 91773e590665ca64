"""The language servers, each started once for all tests of this directory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from scaffold.catalogue import Catalogue, load
from scaffold.editor.schema import spec_schema
from tests.editor.servers import Editor, Kind, editor


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
