"""A small client of language servers, which speaks their protocol through pipes.

There is one thread and no callback: whoever waits for an answer reads whatever comes
meanwhile. Everything has a time limit, and the server is gone when its `with` ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

SECONDS = 30.0
"""What a server may take for one answer; milliseconds are usual."""

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


class Ended(Exception):
    """The server ended, or closed its output, while something was asked of it."""


class Place(NamedTuple):
    """A place in a text as the protocol counts: from 0, in units of UTF-16."""

    line: int
    character: int


class Server:
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
        self.command = list(command)
        self.root = root
        self.settings = dict(settings or {})
        self.faults: list[str] = []
        """What the server said of errors of its own."""
        self._answers: dict[int, dict[str, Any]] = {}
        self._published: dict[str, list[dict[str, Any]]] = {}
        self._versions: dict[str, int] = {}
        self._asked = 0
        self._incoming = b""
        self._outgoing = b""

    def __enter__(self) -> Self:
        """Starts the server and tells it what the editor can do."""
        self._log = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            self.command,
            cwd=self.root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._in, self._out = self._process.stdin, self._process.stdout
        self.process = self._process.pid
        os.set_blocking(self._in.fileno(), False)
        try:
            self._initialize()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends the server: as it wants it to be done, but after a failure at once."""
        try:
            if kind is None:
                self.ask("shutdown", None)
                self.tell("exit", None)
                self._process.wait(SECONDS)
        finally:
            self._close()

    def _initialize(self) -> None:
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

    def _close(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for stream in (self._in, self._out, self._log):
            with contextlib.suppress(BrokenPipeError):
                stream.close()

    # What an editor does with a file.

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
        self._until(lambda: uri in self._published, seconds, f"findings of {uri}")
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

    # The protocol.

    def ask(self, method: str, told: Any, seconds: float = SECONDS) -> Any:
        """Sends a request and waits for its answer.

        Raises:
            Ended: The server is gone.
            RuntimeError: It answered with an error.
            TimeoutError: It did not answer in time.
        """
        self._asked += 1
        number = self._asked
        self._send({"id": number} | _message(method, told))
        self._until(lambda: number in self._answers, seconds, method)
        answer = self._answers.pop(number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer.get("result")

    def tell(self, method: str, told: Any) -> None:
        """Sends a notification, to which there is no answer."""
        self._send(_message(method, told))
        self._until(lambda: True, SECONDS, method)

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0"} | message).encode()
        self._outgoing += b"Content-Length: %d\r\n\r\n%b" % (len(body), body)

    def _until(self, is_done: Callable[[], bool], seconds: float, what: str) -> None:
        end = time.monotonic() + seconds
        while self._outgoing or not is_done():
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{what}: nothing within {seconds} s{self._said()}")
            writing = [self._in] if self._outgoing else []
            readable, writable, _ = select.select([self._out], writing, [], left)
            if writable:
                self._write(what)
            if readable:
                self._read(what)

    def _write(self, what: str) -> None:
        try:
            sent = os.write(self._in.fileno(), self._outgoing[:65536])
        except BrokenPipeError:
            raise Ended(f"{what}: the server is gone{self._said()}") from None
        self._outgoing = self._outgoing[sent:]

    def _read(self, what: str) -> None:
        data = os.read(self._out.fileno(), 1 << 20)
        if not data:
            raise Ended(f"{what}: the server is gone{self._said()}")
        self._incoming += data
        for message in self._messages():
            self._take(message)

    def _messages(self) -> Iterator[dict[str, Any]]:
        while (end := self._incoming.find(b"\r\n\r\n")) >= 0:
            fields = dict(
                one.lower().split(b":", 1)
                for one in self._incoming[:end].split(b"\r\n")
            )
            start, size = end + 4, int(fields[b"content-length"])
            if len(self._incoming) < start + size:
                return
            body = self._incoming[start : start + size]
            self._incoming = self._incoming[start + size :]
            yield json.loads(body)

    def _take(self, message: dict[str, Any]) -> None:
        method: str | None = message.get("method")
        told: Any = message.get("params")
        if method is None:
            self._answers[message["id"]] = message
        elif "id" in message:
            self._send({"id": message["id"]} | self._answer(method, told))
        elif method == "textDocument/publishDiagnostics":
            self._publish(told)
        elif method == "telemetry/event" and "error" in told["name"]:
            self.faults.append(json.dumps(told))
        elif method == "window/logMessage" and told["type"] == ERROR:
            self.faults.append(told["message"])

    def _publish(self, told: Any) -> None:
        uri = told["uri"]
        version = told.get("version")
        if version is None or version == self._versions.get(uri):
            self._published[uri] = told["diagnostics"]

    def _answer(self, method: str, told: Any) -> dict[str, Any]:
        """Answers what the server asks of an editor."""
        if method == "workspace/configuration":
            wanted = (item.get("section", "") for item in told["items"])
            return {"result": [self.settings.get(one) for one in wanted]}
        known = ("client/", "window/", "workspace/")
        if method.startswith(known):
            return {"result": None}
        return {"error": {"code": -32601, "message": f"{method} is not known here"}}

    def _said(self) -> str:
        self._log.seek(0)
        said = self._log.read()[-2000:].decode(errors="replace")
        return "".join(f"\n{one}" for one in (*self.faults, said) if one)


def _message(method: str, told: Any) -> dict[str, Any]:
    return {"method": method} if told is None else {"method": method, "params": told}


def _at(uri: str, place: Place) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": place._asdict()}


def documentation(given: Any) -> str:
    """Gives the text of documentation in any of the forms that servers have for it."""
    if isinstance(given, list):
        return "\n".join(documentation(one) for one in given)
    if isinstance(given, dict):
        return str(given["value"])
    return given or ""
