"""A small client of language servers: it does with files what an editor does."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.tools.rpc import SECONDS, Peer

LANGUAGES = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".toml": "toml"}
ERROR = 1
"""The severity of an error, among messages and findings."""

CAPABILITIES: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "publishDiagnostics": {},
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "documentationFormat": ["markdown", "plaintext"],
            }
        },
        "hover": {"contentFormat": ["markdown", "plaintext"]},
    },
    "workspace": {"configuration": True, "workspaceFolders": True},
}


class Place(NamedTuple):
    """A place in a text as the protocol counts: from 0, in units of UTF-16."""

    line: int
    character: int


class Server(Peer):
    """A running language server, as an editor would use it."""

    def __init__(
        self,
        command: Sequence[str],
        root: Path,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        """Describes the server; the `with` statement starts it.

        Args:
            command: The program and its arguments.
            root: The folder that is open in the editor.
            settings: What the server gets when it asks for the editor's settings, by
                section; by default nothing.
        """
        super().__init__(command, root)
        self.root = root
        self.settings = dict(settings or {})
        self._published: dict[str, list[dict[str, Any]]] = {}
        self._versions: dict[str, int] = {}

    def begin(self) -> None:
        """Tells the server what the editor can do, and which folder is open."""
        folder = {"uri": self.root.as_uri(), "name": self.root.name}
        told = {
            "processId": os.getpid(),
            "rootUri": folder["uri"],
            "rootPath": str(self.root),
            "workspaceFolders": [folder],
            "capabilities": CAPABILITIES,
        }
        self.ask("initialize", told)
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self.settings})

    def end(self) -> None:
        """Asks the server to end."""
        self.ask("shutdown", None)
        self.tell("exit", None)

    def open(self, path: Path, text: str) -> str:
        """Opens a file, which need not be on the disk.

        Returns:
            Its URI, by which everything else is asked.
        """
        uri = path.as_uri()
        language = LANGUAGES[path.suffix]
        version = self._next(uri)
        opened = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": opened})
        return uri

    def change(self, uri: str, text: str) -> None:
        """Gives an open file another text."""
        document = {"uri": uri, "version": self._next(uri)}
        changed = {"textDocument": document, "contentChanges": [{"text": text}]}
        self.tell("textDocument/didChange", changed)

    def _next(self, uri: str) -> int:
        """Gives a version to a text whose findings are yet to come."""
        self._published.pop(uri, None)
        self._versions[uri] = self._versions.get(uri, 0) + 1
        return self._versions[uri]

    def close(self, uri: str) -> None:
        """Closes an open file.

        Do not open it again: what some servers publish at its end has no version.
        """
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def findings(self, uri: str, seconds: float = SECONDS) -> list[dict[str, Any]]:
        """Waits for what the server finds in the text that it got last."""
        self.wait_for(lambda: uri in self._published, seconds, f"findings of {uri}")
        return self._published[uri]

    def complete(self, uri: str, place: Place) -> list[dict[str, Any]]:
        """Gives what the server offers at a place, in the order of an editor's list."""
        found = self.ask("textDocument/completion", _at(uri, place))
        items = found["items"] if isinstance(found, dict) else found or []
        return sorted(items, key=lambda one: one.get("sortText") or one["label"])

    def hover(self, uri: str, place: Place) -> str:
        """Gives the text that is shown over a place, `""` for none."""
        found = self.ask("textDocument/hover", _at(uri, place))
        return documentation((found or {}).get("contents"))

    def answer(self, method: str, told: Any) -> Any:
        """Answers what the server asks of an editor.

        Raises:
            LookupError: The editor cannot do that.
        """
        if method == "workspace/configuration":
            return [self.settings.get(one.get("section")) for one in told["items"]]
        if method.startswith(("client/", "window/", "workspace/")):
            return None
        raise LookupError(method)

    def hear(self, method: str, told: Any) -> None:
        """Keeps what the server finds, and what it says of errors of its own."""
        if method == "textDocument/publishDiagnostics":
            uri, version = told["uri"], told.get("version")
            if version is None or version == self._versions.get(uri):
                self._published[uri] = told["diagnostics"]
        elif method == "telemetry/event" and "error" in told["name"]:
            self.faults.append(json.dumps(told))
        elif method == "window/logMessage" and told["type"] == ERROR:
            self.faults.append(told["message"])


def _at(uri: str, place: Place) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": place._asdict()}


def documentation(given: Any) -> str:
    """Gives the text of documentation in any of the forms that servers have for it."""
    if isinstance(given, list):
        return "\n".join(documentation(one) for one in given)
    if isinstance(given, dict):
        return str(given["value"])
    return given or ""
