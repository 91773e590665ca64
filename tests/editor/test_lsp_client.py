"""The client that the other tests rely on: it waits for nothing for ever."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from tests.tools.lsp import Place, Server
from tests.tools.rpc import Ended

SERVER = """
import json, sys, time

def send(message):
    body = json.dumps({"jsonrpc": "2.0"} | message).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\\r\\n\\r\\n%b" % (len(body), body))
    sys.stdout.buffer.flush()

def read():
    size = int(sys.stdin.buffer.readline().split(b":")[1])
    sys.stdin.buffer.readline()
    return json.loads(sys.stdin.buffer.read(size))

while True:
    message = read()
    method = message["method"]
    if method == "exit":
        break
    elif method == "fall":
        sys.exit("fell over")
    elif method == "sleep":
        time.sleep(60)
    elif method == "fail":
        send({"id": message["id"], "error": {"code": 1, "message": "cannot"}})
    elif method == "wanted":
        items = [{"section": "a"}, {"section": "b"}]
        send({"id": 7, "method": "workspace/configuration", "params": {"items": items}})
        send({"id": message["id"], "result": read()["result"]})
    elif method == "textDocument/didOpen":
        document = message["params"]["textDocument"]
        found = {"uri": document["uri"], "diagnostics": [{"message": "old"}]}
        publish = "textDocument/publishDiagnostics"
        send({"method": publish, "params": found | {"version": 0}})
        found["diagnostics"] = [{"message": str(len(document["text"]))}]
        send({"method": publish, "params": found})
    elif "id" in message:
        send({"id": message["id"], "result": message.get("params")})
"""


def server(root: Path) -> Server:
    """Gives a server that does little, and fails when it is asked to."""
    return Server([sys.executable, "-c", SERVER], root, {"a": {"b": 1}})


def test_large_messages_pass_both_ways(tmp_path: Path) -> None:
    """Neither side waits for the other to read; text outside of ASCII stays."""
    text = "ä🙂" * 200_000
    with server(tmp_path) as running:
        assert running.ask("echo", {"text": text}) == {"text": text}
        uri = running.open(tmp_path / "a.yaml", text)
        assert running.findings(uri) == [{"message": str(len(text))}]
        assert running.hover(uri, Place(0, 0)) == ""
    assert not has(running)


def test_settings_are_given_when_asked_for(tmp_path: Path) -> None:
    """A server asks for sections of the editor's settings, and may ask for others."""
    with server(tmp_path) as running:
        assert running.ask("wanted", {}) == [{"b": 1}, None]
        with pytest.raises(RuntimeError, match="cannot"):
            running.ask("fail", {})


def test_server_that_is_slow_is_not_waited_for(tmp_path: Path) -> None:
    """What is asked has a time limit, and the server is gone behind it."""
    with pytest.raises(TimeoutError, match="sleep"), server(tmp_path) as running:
        running.ask("sleep", {}, seconds=0.2)
    assert not has(running)


def test_server_that_ends_is_told_apart(tmp_path: Path) -> None:
    """Its last words are in the message."""
    threads = threading.active_count()
    with pytest.raises(Ended, match="fell over"), server(tmp_path) as running:
        running.ask("fall", {})
    with pytest.raises(Ended), Server([sys.executable, "-c", ""], tmp_path):
        pass
    assert not has(running)
    assert threading.active_count() == threads


def has(running: Server) -> bool:
    """Says whether the server's process is there."""
    try:
        os.kill(running.process, 0)
    except ProcessLookupError:
        return False
    return True
