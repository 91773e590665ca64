"""The language servers that the schema of specs is made for, each in a workspace."""

from __future__ import annotations

import json
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tests.tools import find
from tests.tools.lsp import Place, Server, documentation
from tests.tools.rpc import SECONDS
from tests.tools.snippets import between, split

Kind = Literal["yaml", "json", "toml"]

SCHEMA = ".keras-scaffold/spec.schema.json"
SPECS = tuple(f"*.model.{kind}" for kind in ("yaml", "json", "toml"))
SETTINGS: dict[str, Any] = {
    "yaml": {
        "schemas": {SCHEMA: SPECS[0]},
        # Nothing is to be fetched from elsewhere.
        "schemaStore": {"enable": False},
        "kubernetesCRDStore": {"enable": False},
    },
    "json": {"schemas": [{"fileMatch": [SPECS[1]], "url": SCHEMA}]},
}
TOMBI = f'[[schemas]]\npath = "{SCHEMA}"\ninclude = ["{SPECS[2]}"]\n'


class Finding(NamedTuple):
    """What a server underlines, where (from 0), and what it says."""

    text: str
    place: Place
    message: str


class Offer(NamedTuple):
    """An item of a list of completions."""

    label: str
    documentation: str
    item: dict[str, Any]


class Editor:
    """An editor with one server, in which each text is a new file of the workspace."""

    def __init__(self, server: Server, kind: Kind) -> None:
        """Keeps the server, which runs."""
        self.server, self.kind = server, kind
        self._numbers = count()

    def open(self, text: str, name: str = "spec{}.model") -> str:
        """Opens a text as a file; the `{}` of its name becomes a number."""
        name = name.format(next(self._numbers))
        return self.server.open(self.server.root / f"{name}.{self.kind}", text)

    def wait(self) -> None:
        """Waits until the server has its settings, and the schema."""
        end = time.monotonic() + SECONDS
        wrong = "no = 1" if self.kind == "toml" else '{"no": 1}'
        while not self.findings(wrong):
            if time.monotonic() > end:
                raise TimeoutError("the server does not find the schema")

    def findings(self, text: str) -> list[Finding]:
        """Gives what is found in a text, in the order of the places."""
        diagnostics = self.server.findings(self.open(text))
        return sorted(
            (
                Finding(
                    between(text, finding),
                    Place(**finding["range"]["start"]),
                    finding["message"],
                )
                for finding in diagnostics
            ),
            key=lambda item: item.place,
        )

    def offers(self, marked: str) -> dict[str, Offer]:
        """Gives what is offered at the mark `<|>`, by label, quotes left out."""
        text, place = split(marked)
        items = self.server.complete(self._read(text), place)
        offers = (
            Offer(
                item["label"].strip('"'), documentation(item.get("documentation")), item
            )
            for item in items
        )
        return {offer.label: offer for offer in offers}

    def hover(self, marked: str) -> str:
        """Gives the text that is shown over the mark `<|>`."""
        text, place = split(marked)
        return self.server.hover(self._read(text), place)

    def _read(self, text: str) -> str:
        """Opens a text that is asked about at once, which no one at a keyboard does."""
        uri = self.open(text)
        if self.kind == "toml":
            # tombi answers questions while it reads: with nothing, until it has read.
            self.server.findings(uri)
        return uri


def command(kind: Kind) -> list[str]:
    """Gives the command line of a server, or leaves the test where it is missing."""
    if kind == "toml":
        tombi = Path(sysconfig.get_path("scripts")) / "tombi"
        return [str(tombi), "lsp", "--offline", "--no-cache"]
    modules = find.node_modules()
    node = find.program("node")
    if kind == "json":
        service = Path(find.__file__).with_name("json_service.mjs")
        return [node, str(service), str(modules)]
    server = modules / "yaml-language-server" / "bin" / "yaml-language-server"
    return [node, str(server), "--stdio"]


@contextmanager
def editor(kind: Kind, root: Path, schema: dict[str, Any]) -> Iterator[Editor]:
    """Starts a server in a workspace with the schema where editors look for it."""
    path = root / SCHEMA
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(schema), encoding="utf-8")
    (root / "tombi.toml").write_text(TOMBI, encoding="utf-8")
    with Server(command(kind), root, SETTINGS) as server:
        started = Editor(server, kind)
        started.wait()
        yield started
    assert server.faults == []
