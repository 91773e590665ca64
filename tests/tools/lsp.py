"""A small client of language servers that works like an editor."""

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
    """A position in a text as in the protocol: from 0, in UTF-16 code units."""

    line: int
    character: int


class Server(Peer):
    """A running language server."""

    def __init__(
        self,
        command: Sequence[str],
        root: Path,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        """Store the command; the `with` statement starts the server.

        Args:
            command: The program and its arguments.
            root: The folder that is open in the editor.
            settings: The editor's settings by section, for requests of the server;
                empty by default.
        """
        super().__init__(command, root)
        self.root = root
        self.settings = dict(settings or {})
        self._published: dict[str, list[dict[str, Any]]] = {}
        self._versions: dict[str, int] = {}

    def begin(self) -> None:
        """Send the capabilities of the editor and the open folder."""
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
        """Request the shutdown of the server."""
        self.ask("shutdown", None)
        self.tell("exit", None)

    def open(self, path: Path, text: str) -> str:
        """Open a file, which does not have to exist on the disk.

        Returns:
            Its URI, for all other requests.
        """
        uri = path.as_uri()
        language = LANGUAGES[path.suffix]
        version = self._next(uri)
        opened = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": opened})
        return uri

    def change(self, uri: str, text: str) -> None:
        """Change the text of an open file."""
        document = {"uri": uri, "version": self._next(uri)}
        changed = {"textDocument": document, "contentChanges": [{"text": text}]}
        self.tell("textDocument/didChange", changed)

    def _next(self, uri: str) -> int:
        """Return the version of a new text, whose findings are expected."""
        self._published.pop(uri, None)
        self._versions[uri] = self._versions.get(uri, 0) + 1
        return self._versions[uri]

    def close(self, uri: str) -> None:
        """Close an open file.

        Do not open it again: on closing, some servers publish findings without a
        version.
        """
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def findings(self, uri: str, seconds: float = SECONDS) -> list[dict[str, Any]]:
        """Wait for the findings in the last text, and return them."""
        self.wait_for(lambda: uri in self._published, seconds, f"findings of {uri}")
        return self._published[uri]

    def complete(self, uri: str, place: Place) -> list[dict[str, Any]]:
        """Return the completions at a position, in the order of an editor's list."""
        results = self.ask("textDocument/completion", _at(uri, place))
        items = results["items"] if isinstance(results, dict) else results or []
        return sorted(items, key=lambda item: item.get("sortText") or item["label"])

    def hover(self, uri: str, place: Place) -> str:
        """Return the hover text at a position, or `""`."""
        result = self.ask("textDocument/hover", _at(uri, place))
        return documentation((result or {}).get("contents"))

    def answer(self, method: str, told: Any) -> Any:
        """Answer a request of the server.

        Raises:
            LookupError: If the editor does not support it.
        """
        if method == "workspace/configuration":
            return [self.settings.get(item.get("section")) for item in told["items"]]
        if method.startswith(("client/", "window/", "workspace/")):
            return None
        raise LookupError(method)

    def hear(self, method: str, told: Any) -> None:
        """Store the findings and the error messages of the server."""
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


def documentation(arguments: Any) -> str:
    """Return the text of documentation in any form of the protocol."""
    if isinstance(arguments, list):
        return "\n".join(documentation(item) for item in arguments)
    if isinstance(arguments, dict):
        return str(arguments["value"])
    return arguments or ""
