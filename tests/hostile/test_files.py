"""Files that mean harm: each is answered in under five seconds of processor time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.spec.limits import MAX_BYTES
from tests.tools.cpu import run_within

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SECONDS = 5
MEGABYTE = 1024 * 1024


def entry(line: str) -> str:
    """Puts an entry in line notation into a spec."""
    return f"inputs: [4]\nlayers:\n  - '{line}'\n"


def train(x: str) -> str:
    """Puts data into a spec."""
    return (
        "inputs: [1]\nlayers: [Dense(1)]\ncompile: {loss: mse, optimizer: adam}\n"
        f"train: {{x: {x}, y: {x}}}\n"
    )


def anchors(levels: int) -> str:
    """Writes a YAML file whose aliases stand for ten to the power of `levels` items."""
    lines = ["a0: &a0 [x]"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]")
    return "\n".join(lines) + f"\ninputs: *a{levels - 1}\nlayers: []\n"


NESTED = 100_000
YAML: dict[str, str | bytes] = {
    "nested lists": "[" * NESTED,
    "nested lists, closed": "a: " + "[" * NESTED + "]" * NESTED,
    "nested mappings": "{a: " * NESTED,
    "nested blocks": "\n".join(" " * level + "a:" for level in range(1200)),
    "nested block lists": "- " * NESTED,
    "nested keys": "? " * NESTED,
    "nested quotes": '["' * NESTED,
    "parentheses": entry("Dense(" + "(" * 10_000 + "1" + ")" * 10_001),
    "brackets in a line": entry("Dense(" + "[" * 10_000 + "]" * 10_000 + ")"),
    "signs": entry("Dense(" + "-" * 10_000 + "1)"),
    "a sum": entry("Dense(" + "1+" * 10_000 + "1)"),
    "a long sum": entry("Dense(" + "1+" * 400_000 + "1)"),
    "a long conjunction": entry("Dense(" + "a and " * 100_000 + "1)"),
    "a long comparison": entry("Dense(" + "a < " * 100_000 + "1)"),
    "many powers": entry("Dense(" + "2**" * 10_000 + "1)"),
    "a large power": entry("Dense(2**10**9)"),
    "a larger power": entry("Dense(64 ** 64 ** 64 ** 64)"),
    "a large product": entry("Dense(10**60 * 10**60 * 10**60 * 10**60)"),
    "a repeated string": entry('Dense("a" * 10**9)'),
    "a chain of calls": entry("f" + "()" * 100_000),
    "a chain of attributes": entry("f" + ".a" * 100_000 + "()"),
    "a chain of indices": entry("Dense() <- a" + "[0]" * 100_000),
    "many equals signs": entry("a = " * 100_000 + "Dense(1)"),
    "many arrows": entry("Dense(1)" + " <- a" * 100_000),
    "many names": entry("Dense(1) <- " + "a, " * 90_000),
    "many names, not ASCII": entry("Dense(1) <- " + "ä, " * 90_000),
    "many values": entry("Reshape([" + "1, " * 90_000 + "])"),
    "many values in escapes": entry("Reshape([" + "1, " * 90_000 + "])")
    .replace("'", '"')
    .replace("Res", "\\x52es"),
    "a digit a million times": entry("Dense(" + "9" * 1_000_000 + ")"),
    "a plain number of a million digits": f"inputs: [{'9' * 1_000_000}]\nlayers: []\n",
    "a hexadecimal number": entry("Dense(0x" + "f" * 1_000_000 + ")"),
    "a plain hexadecimal number": f"inputs: [0x{'f' * 1_000_000}]\nlayers: []\n",
    "a float of a million digits": entry("Dropout(0." + "9" * 1_000_000 + ")"),
    "a huge exponent": entry("Dropout(1e" + "9" * 1_000_000 + ")"),
    "an alias bomb": anchors(9),
    "a small alias bomb": anchors(6),
    "a recursive alias": "inputs: &a [*a]\nlayers: []\n",
    "null bytes": b"\0" * MAX_BYTES,
    "a null byte in a name": b"inputs: [4]\nlayers: [\"Dense(1, name='a\\0b')\"]\n",
    "invalid UTF-8": b"inputs: [4]\nlayers: [\xff\xfe]\n",
    "UTF-16": "inputs: [4]\nlayers: [Dense(1)]\n".encode("utf-16"),
    "UTF-16 without a mark": "inputs: [4]\nlayers: []\n".encode("utf-16-le"),
    "random bytes": bytes(range(256)) * 4000,
    "an encoded surrogate": b"name: \xed\xa0\x80\ninputs: [4]\nlayers: []\n",
    "an escaped surrogate": 'name: "\\ud800"\ninputs: [4]\nlayers: []\n',
    "a surrogate in a line": entry('Dense(1, name="\\ud800")'),
    "a huge line": "inputs: [4]\nlayers: [" + "Dense(1), " * 80_000 + "]\n",
    "a huge word": "inputs: [4]\nlayers: [" + "x" * 900_000 + "]\n",
    "a huge key": "x" * 900_000 + ": 1\n",
    "huge blanks": 'name: "' + " " * 900_000 + '"\ninputs: [4]\nlayers: []\n',
    "huge blanks in a line": entry("Dense(" + " " * 900_000 + "8, 9, foo)"),
    "a huge string that is no call": "inputs: [1]\nlayers: [Dense(1)]\ncompile: "
    + '{loss: mse, optimizer: "A('
    + ") " * 400_000
    + 'x"}\n',
    "a string without an end": entry('Dense("' + "\\\\a" * 200_000 + ")"),
    "a description of a megabyte": "description: "
    + "a word " * 140_000
    + "\ninputs: [4]\nlayers: [Dense(1)]\n",
    "a description in one word": "description: "
    + "x" * 1_000_000
    + "\ninputs: [4]\nlayers: [Dense(1)]\n",
    "100,000 unknown keys": "".join(f"k{number}: 1\n" for number in range(90_000)),
    "an entry of many layers": "inputs: [1]\nlayers:\n  - {"
    + "".join(f"L{number}: 1, " for number in range(40_000))
    + "}\n",
    "many comments": "# comment\n" * 90_000,
    "only comments": "# nothing\n",
    "nothing": "",
    "a tag that would run code": "inputs: !!python/object/apply:os.system [id]\n",
    "a local tag": "inputs: !run [id]\nlayers: []\n",
    "a merge key": "a: &a {inputs: [4]}\n<<: *a\nlayers: [Dense(1)]\n",
    "several documents": "inputs: [4]\nlayers: [Dense(1)]\n---\ninputs: [4]\n",
    "a directive": "%YAML 1.1\n---\ninputs: [4]\nlayers: [Dense(1)]\n",
    "an unknown directive": "%FOO bar\n---\ninputs: [4]\nlayers: [Dense(1)]\n",
    "a tag directive": "%TAG ! tag:yaml.org,2002:python/\n---\ninputs: !object [4]\n",
    "a list": "- 1\n",
    "a word": "Dense",
    "too many layers": "inputs: [4]\nlayers:\n" + "- ReLU\n" * 25_000,
    "too much data": train("[" + "1, " * 60_000 + "1]"),
    "a param in 9,000 places": "params: {a: ["
    + "1, " * 240
    + "1]}\ninputs: [4]\nlayers:\n"
    + "- Reshape(a)\n" * 9_000,
}
JSON: dict[str, str | bytes] = {
    "nested lists": "[" * NESTED,
    "nested lists, closed": "[" * NESTED + "]" * NESTED,
    "nested mappings": '{"a":' * NESTED,
    "a digit a million times": '{"inputs": [' + "9" * 1_000_000 + "]}",
    "a float of a million digits": '{"inputs": [0.' + "9" * 1_000_000 + "]}",
    "a surrogate": '{"name": "\\ud800"}',
    "surrogates": '{"name": "' + "\\ud83d" * 100_000 + '"}',
    "a string without an end": '{"name": "' + "\\n" * 400_000,
    "a string of escapes": '{"name": "' + "\\n" * 400_000 + '"}',
    "null bytes": b"\0" * 1000,
    "UTF-16": '{"inputs": [4]}'.encode("utf-16"),
    "many commas": "[" + "," * 90_000,
    "huge blanks": " " * 1_000_000 + "x",
    "many values": '{"inputs": [' + "1, " * 90_000 + "1]}",
}
TOML: dict[str, str | bytes] = {
    "nested lists": "a = " + "[" * NESTED,
    "nested lists, closed": "a = " + "[" * NESTED + "]" * NESTED,
    "nested tables": "a = " + "{b=" * NESTED,
    "dotted keys": ".".join(["a"] * NESTED) + " = 1",
    "a dotted header": "[" + ".".join(["a"] * NESTED) + "]",
    "a dotted key in a table": "a = {" + ".".join(["a"] * NESTED) + " = 1}",
    "deep headers": "".join(f"[{'.'.join(['a'] * n)}]\n" for n in range(1, 900)),
    "many headers": "".join(f"[a{number}]\n" for number in range(60_000)),
    "many tables of a list": "[[layers]]\nDense = 1\n" * 40_000,
    "many keys": "".join(f"k{number} = 1\n" for number in range(60_000)),
    "a digit a million times": "inputs = [" + "9" * 1_000_000 + "]",
    "a hexadecimal number": "inputs = [0x" + "f" * 1_000_000 + "]",
    "a string without an end": 'name = "' + "\\n" * 400_000,
    "a string of escapes": 'name = "' + "\\n" * 400_000 + '"',
    "a long string without an end": 'name = """' + '""x' * 300_000,
    "a long string of quotes": "name = '''" + "''x" * 300_000 + "'''",
    "many values": "inputs = [" + "1, " * 90_000 + "1]",
    "huge blanks": " " * 1_000_000 + "x",
    "blanks in a list": "a = [" + " " * 1_000_000,
    "comments in a list": "a = [" + "#\n" * 90_000,
    "escapes in keys": "".join(f'"k\\u0061{n}" = 1\n' for n in range(20_000)),
    "null bytes": b"\0" * 1000,
    "invalid UTF-8": b"name = '\xff'",
}
CASES = {
    f"{name} in {notation}": (text, f"hostile.{notation}")
    for notation, cases in (("yaml", YAML), ("json", JSON), ("toml", TOML))
    for name, text in cases.items()
}
MUCH_CODE = (
    "many values in yaml",
    "many values in escapes in yaml",
    "a param in 9,000 places in yaml",
)
"""What is right, and gives so many lines that Black takes more than five seconds."""


def run(
    *arguments: str | Path, cwd: Path, stdin: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Runs the command, for no more than five seconds of processor time."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return run_within(
        SECONDS,
        [sys.executable, "-m", "scaffold", *arguments],
        cwd=cwd,
        input=stdin,
        env=environment,
        capture_output=True,
    )


def is_answered(done: subprocess.CompletedProcess[bytes]) -> None:
    """Finds an exit code of 0 or 1, a finding for 1, and no traceback."""
    message = done.stderr.decode()
    assert done.returncode in (0, 1), message[-2000:]
    assert "Traceback" not in message
    assert ("error" in message + done.stdout.decode()) == bool(done.returncode)
    assert len(message) < 1_000_000


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_answered(name: str, tmp_path: Path) -> None:
    """Code or findings, soon, and never a traceback."""
    text, file = CASES[name]
    (tmp_path / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    command = ("check",)
    if name not in MUCH_CODE:
        command = ("new", "--style", "subclass", "--output", "-")
    is_answered(run(*command, file, cwd=tmp_path))


@pytest.mark.parametrize("form", ["text", "short", "json", "github"])
def test_findings_can_be_shown(form: str, tmp_path: Path) -> None:
    """What a file holds cannot harm how its findings are shown."""
    text = '"\\0\\x1b[31m\\u2028\\udc80": 1\n"%0A::error::": 2\nna\u202eme: 3\n'
    for name, data in (
        ("control.yaml", text.replace("\\udc80", "").encode()),
        ("half.json", json.dumps({"\x1b[31m": 1, "\u2028::error": 2}).encode()),
        ("long.yaml", b"x" * 500_000 + b": " + b"[" * 10),
    ):
        (tmp_path / name).write_bytes(data)
        done = run("check", name, "--format", form, cwd=tmp_path)
        is_answered(done)
        assert done.returncode == 1
        assert b"\x1b" not in done.stdout + done.stderr


def test_huge_files_are_not_read(tmp_path: Path) -> None:
    """Fifty megabytes are refused, in a file and on standard input."""
    with (tmp_path / "huge.yaml").open("wb") as file:
        file.truncate(50 * MEGABYTE)
    is_answered(run("check", "huge.yaml", cwd=tmp_path))
    for data in (b"a" * 50 * MEGABYTE, b"- a\n" * 12 * MEGABYTE):
        (tmp_path / "huge.yaml").write_bytes(data)
        is_answered(run("new", "huge.yaml", "-o", "-", cwd=tmp_path))
        done = run("check", "-", cwd=tmp_path, stdin=data)
        is_answered(done)
        assert b"KS105" in done.stderr


@pytest.mark.parametrize("path", [".", "/dev/null", "", "a\udcffb", "no\nsuch", "~"])
def test_what_is_no_file(path: str, tmp_path: Path) -> None:
    """A directory, a device or a name that means nothing is a finding."""
    done = run("check", path, cwd=tmp_path)
    is_answered(done)
    assert done.returncode == 1


def test_a_params_value_is_hostile(tmp_path: Path) -> None:
    """A value from outside is read with the same care."""
    spec = b"params: {a: 1}\ninputs: [4]\nlayers: [Dense(a)]\n"
    (tmp_path / "model.yaml").write_bytes(spec)
    values: tuple[str | bytes, ...] = (
        *("[" * 100_000, "$" + "(" * 1000, "$" + "-" * 50_000 + "1", "9" * 100_000),
        *(
            "!!python/object:os.system {}",
            "&a [*a]",
            b"\xff".decode("utf-8", "surrogateescape"),
        ),
    )
    for value in values:
        done = run("new", "model.yaml", "-o", "-", "-p", f"a={value}", cwd=tmp_path)
        is_answered(done)
        assert done.returncode == 1


def test_ten_thousand_layers_are_checked(tmp_path: Path) -> None:
    """A chain as long as may be is read and checked in time."""
    lines = "".join(f"- Dense({number % 60 + 4})\n" for number in range(10_000))
    (tmp_path / "long.yaml").write_text(f"inputs: [4]\nlayers:\n{lines}")
    done = run("check", "long.yaml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


Make = Callable[[int], str]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda n: entry("Dense(" + '"' * n), id="quotes"),
        pytest.param(lambda n: entry("Dense(" + "\\\\" * n), id="backslashes"),
        pytest.param(lambda n: entry('Dense("""' + '"a' * n), id="triple quotes"),
        pytest.param(lambda n: entry("A(" + ") " * n + "x"), id="calls"),
        pytest.param(lambda n: "inputs: [" + "1" * n + "_]\nlayers: []", id="number"),
        pytest.param(lambda n: "inputs: [" + "1.1" * n + "]\nlayers: []", id="float"),
        pytest.param(lambda n: entry("a" + " " * n + "b"), id="blanks"),
        pytest.param(lambda n: entry("Dense(\n" + "# a\n" * n + ")"), id="comments"),
    ],
)
def test_no_pattern_runs_wild(make: Make) -> None:
    """The patterns take time in proportion to the text, not to its square."""
    from time import process_time

    from scaffold.spec import read

    def seconds(size: int) -> float:
        started = process_time()
        read(make(size).encode(), "model")
        return process_time() - started

    seconds(100)
    assert seconds(80_000) < 1.5
