"""A JSON-RPC client for child processes such as language servers.

There is one thread and no callback: waiting for an answer also processes other
messages. All requests have a time limit, and the process ends with its `with` block.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

SECONDS = 30.0
"""The seconds for an answer; it usually takes milliseconds."""

NO_SUCH_METHOD = -32601


class Ended(Exception):
    """The server ended, or closed its output, during a request."""


class Peer:
    """A process that sends and receives requests and notifications."""

    def __init__(self, command: Sequence[str], directory: Path) -> None:
        """Store the command; the `with` statement starts the process.

        Args:
            command: The program and its arguments.
            directory: The working directory of the process.
        """
        self.command, self.directory = list(command), directory
        self.faults: list[str] = []
        """The error messages of the process."""
        self._answers: dict[int, dict[str, Any]] = {}
        self._asked = 0
        self._incoming = b""
        self._outgoing = b""

    def begin(self) -> None:
        """Called after the process started; does nothing here."""

    def end(self) -> None:
        """Called before the process ends without a failure; does nothing here."""

    def answer(self, method: str, told: Any) -> Any:
        """Answer a request of the process.

        Raises:
            LookupError: If the request is unknown.
        """
        raise LookupError(method)

    def hear(self, method: str, told: Any) -> None:
        """Process a notification."""

    def __enter__(self) -> Self:
        """Start the process."""
        self._log = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            self.command,
            cwd=self.directory,
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
            self.begin()
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
        """End the process: by the protocol, or immediately after a failure."""
        try:
            if kind is None:
                self.end()
                self._process.wait(SECONDS)
        finally:
            self._close()

    def _close(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for stream in (self._in, self._out, self._log):
            with contextlib.suppress(BrokenPipeError):
                stream.close()

    def ask(self, method: str, told: Any, seconds: float = SECONDS) -> Any:
        """Send a request, and return its answer.

        Raises:
            Ended: If the server ended.
            RuntimeError: If the answer is an error.
            TimeoutError: If there is no answer in time.
        """
        self._asked += 1
        number = self._asked
        self._send({"id": number} | _message(method, told))
        self.wait_for(lambda: number in self._answers, seconds, method)
        answer = self._answers.pop(number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer.get("result")

    def tell(self, method: str, told: Any) -> None:
        """Send a notification, which has no answer."""
        self._send(_message(method, told))
        self.wait_for(lambda: True, SECONDS, method)

    def wait_for(self, is_done: Callable[[], bool], seconds: float, what: str) -> None:
        """Send and receive messages until a condition is met.

        Raises:
            Ended: If the server ended.
            TimeoutError: If the time limit is exceeded.
        """
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

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0"} | message).encode()
        self._outgoing += b"Content-Length: %d\r\n\r\n%b" % (len(body), body)

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
                part.lower().split(b":", 1)
                for part in self._incoming[:end].split(b"\r\n")
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
            self._send({"id": message["id"]} | self._answered(method, told))
        else:
            self.hear(method, told)

    def _answered(self, method: str, told: Any) -> dict[str, Any]:
        try:
            return {"result": self.answer(method, told)}
        except LookupError:
            message = f"{method} is not known here"
            return {"error": {"code": NO_SUCH_METHOD, "message": message}}

    def _said(self) -> str:
        # The file position belongs to the server.
        log = self._log.fileno()
        start = max(0, os.fstat(log).st_size - 2000)
        message = os.pread(log, 2000, start).decode(errors="replace")
        return "".join(f"\n{fault}" for fault in (*self.faults, message) if fault)


def _message(method: str, told: Any) -> dict[str, Any]:
    return {"method": method} if told is None else {"method": method, "params": told}
