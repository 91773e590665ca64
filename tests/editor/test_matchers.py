"""What editors make of what the command prints, read by the editors' own means."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scaffold.diagnostics import Diagnostic, Span, report
from scaffold.diagnostics.marks import BEGIN, END
from scaffold.editor import matchers
from tests.cli.watched import Watched
from tests.editor.findings import Finding, findings, project
from tests.tools.find import program

AWKWARD = [
    Diagnostic("KS201", "a", Span(r"C:\specs\a b.yaml", 3, 5), "mend it"),
    Diagnostic("KS101", "a", Span(r"C:\specs\a b.yaml"), "mend it"),
    Diagnostic("KS210", "b: c", Span("/a/b.yaml", 12, 34), "mend it", "warning"),
    Diagnostic("KS201", "x:1:2: error: y [KS205]", Span("a.yaml", 1, 2), "mend it"),
    Diagnostic("KS101", "x: error: y [KS205]", Span("a.yaml"), "mend it"),
    Diagnostic("KS101", "see 1:2: error", Span("model3"), "mend it"),
    Diagnostic("KS701", "a", Span("odd:1:2.yaml", 7, 8), "mend it"),
]
"""What a matcher may get wrong."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with faulty specs, set up for VS Code and Sublime Text."""
    place = tmp_path_factory.mktemp("matchers") / "my models"
    project(place, "vscode", "sublime")
    return place


@pytest.fixture(scope="module")
def printed(place: Path) -> tuple[str, list[Finding]]:
    """What `check` prints of them, and what that says."""
    text, expected = findings(place)
    awkward = [
        Finding(
            diagnostic.span.path,
            diagnostic.span.line,
            diagnostic.span.column,
            diagnostic.severity,
            diagnostic.message,
            diagnostic.code,
        )
        for diagnostic in AWKWARD
    ]
    for item in AWKWARD:
        text += report([item], "short")
    return text, expected + awkward


def in_node(place: Path, label: str, text: str) -> list[Any]:
    """Has Node read lines with a task's matchers, as the file on disk has them."""
    script = Path(__file__).with_name("match.mjs")
    tasks = place / ".vscode" / "tasks.json"
    done = subprocess.run(
        [program("node"), script, tasks, label],
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    return [item if isinstance(item, str) else Finding(*item) for item in data]


@pytest.mark.parametrize("name", ["check", "generate", "verify"])
def test_vscode(name: str, place: Path, printed: tuple[str, list[Finding]]) -> None:
    """File, line, column, severity, message and code, each finding once."""
    text, expected = printed
    assert in_node(place, f"keras-scaffold: {name}", text) == expected


def test_vscode_sees_runs(place: Path, printed: tuple[str, list[Finding]]) -> None:
    """A watching task is busy between its two lines, which are no findings."""
    text, expected = printed
    lines = f"{BEGIN}models/a b.yaml\n{text}{END}\n"
    seen = in_node(place, "keras-scaffold: watch", lines * 2)
    assert seen == ["begin", *expected, "end"] * 2


def test_vscode_sees_a_watch(place: Path) -> None:
    """The same with what a real `--watch` prints: no fault, one, and none again."""
    path = place / "models" / "watched.yaml"
    path.write_text("inputs: [4]\nlayers: [Dense(1)]\n")
    (task,) = (
        load
        for load in json.loads((place / ".vscode" / "tasks.json").read_text())["tasks"]
        if load["label"] == "keras-scaffold: watch"
    )
    name, *arguments = (item.replace("${file}", str(path)) for item in task["args"])
    assert name == "new" and "--watch" in arguments
    arguments.remove("--watch")  # it is given by what starts the process
    with Watched(place, *arguments) as watched:
        path.write_text("inputs: [4]\nlayers: [Dens(1)]\n")
        watched.wait()
        path.write_text("inputs: [4]\nlayers: [Dense(2)]\n")
        watched.wait()
        text = watched.log.read_text()
    fault = Finding(str(path), 2, 10, "error", "no layer is called `Dens`", "KS201")
    seen = in_node(place, task["label"], text)
    assert seen == ["begin", "end", "begin", fault, "end", "begin", "end"]


def test_sublime(place: Path, printed: tuple[str, list[Finding]]) -> None:
    """Its one expression gives file, line, column and what is said."""
    text, expected = printed
    (path,) = place.glob("*.sublime-project")
    (build,) = json.loads(path.read_text())["build_systems"]
    seen = [re.search(build["file_regex"], line) for line in text.splitlines()]
    assert [item and item.groups() for item in seen] == [
        (
            diagnostic.file,
            str(diagnostic.line) if diagnostic.line else None,
            str(diagnostic.column) if diagnostic.line else None,
            f"{diagnostic.severity}: {diagnostic.message} [{diagnostic.code}]",
        )
        for diagnostic in expected
    ]


JETBRAINS = {
    "$FILE_PATH$": r"(?P<file>(?:[A-Za-z]:)?[0-9 a-z_A-Z\-\\./]+)",
    "$LINE$": "(?P<line>[0-9]+)",
    "$COLUMN$": "(?P<column>[0-9]+)",
    "$MESSAGE$": "(?P<said>.+)",
}
"""What the macros of an output filter stand for: only some characters make a path."""


def test_jetbrains(printed: tuple[str, list[Finding]]) -> None:
    """Its filter gives the place of every finding whose path it can see."""
    text, expected = printed
    filter_ = matchers.JETBRAINS
    for macro, means in JETBRAINS.items():
        filter_ = filter_.replace(macro, means)
    path = re.compile(JETBRAINS["$FILE_PATH$"])
    lines = zip(text.splitlines(), expected, strict=True)
    visible = [
        (re.search(filter_, line), item)
        for line, item in lines
        if item.line and path.fullmatch(item.file)
    ]
    assert len(visible) > 10
    for seen, item in visible:
        assert seen is not None
        assert seen["file"] == item.file
        assert (int(seen["line"]), int(seen["column"])) == (item.line, item.column)


def test_other_lines_are_no_findings(place: Path) -> None:
    """What else is printed is left alone."""
    other = (
        "   create  model.py (sequential)\n"
        "     next  python -c 'import model'\n"
        "3 findings\n"
        "importing Keras (tensorflow)\n"
        f"{BEGIN}a.yaml: error\n"
        "import  ok\nbuild   failed KS713\n"
    )
    assert in_node(place, "keras-scaffold: check", other) == []
