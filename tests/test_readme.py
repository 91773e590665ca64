"""What stands in README.md is so."""

from __future__ import annotations

import contextlib
import io
import os
import re
import stat
import subprocess
import sys
import tomllib
from collections import Counter
from operator import attrgetter
from pathlib import Path

import pytest
from click.testing import CliRunner

from scaffold import Source, check, generate, load
from scaffold.cli.main import COMMANDS, cli
from scaffold.pages import CODES
from scaffold.styles import STYLES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Gives the code blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def commands() -> list[tuple[str, str]]:
    """Gives the commands of the tool in console blocks, and what they print."""
    steps = [
        step.partition("\n")
        for block in blocks("console")
        for step in block.removeprefix("$ ").split("\n$ ")
    ]
    return [
        (command, printed.rstrip("\n"))
        for command, _, printed in steps
        if command.startswith("keras-scaffold ")
    ]


def specs() -> dict[str, str]:
    """Gives the specs that are shown, by the file's name in their first line."""
    matches = [re.match(r"# (\S+\.yaml)\n", block) for block in blocks("yaml")]
    return {
        match[1]: block
        for match, block in zip(matches, blocks("yaml"), strict=True)
        if match
    }


def excerpted(printed: str) -> dict[str, str]:
    """Rebuilds a faulty spec from the line of it that a finding shows.

    The line is an entry; what a spec needs besides stands above it.
    """
    matches = re.findall(r"^ *--> (\S+):(\d+):\d+\n *\|\n\d+ \| (.*)$", printed, re.M)
    specs = {}
    for path, number, line in matches:
        above = ["inputs: [8]", "layers:"]
        filling = ["#"] * (int(number) - 1 - len(above))
        specs[path] = "\n".join([*filling, *above, line, ""])
    return specs


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a shell that has the command `keras-scaffold`."""
    command = tmp_path / "bin" / "keras-scaffold"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m scaffold "$@"\n')
    command.chmod(command.stat().st_mode | stat.S_IEXEC)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}


def test_commands_are_shown() -> None:
    """There is something to run: writing a file, and finding what is wrong."""
    assert [command.split()[1] for command, _ in commands()] == [
        "new",
        "new",
        "init",
        "check",
        "styles",
    ]
    assert "digits.yaml" in specs()


@pytest.mark.parametrize(("command", "printed"), commands())
def test_command(
    command: str, printed: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    """A command that is shown prints what stands below it, and nothing else."""
    directory = tmp_path / "work"
    directory.mkdir()
    for name, text in {**specs(), **excerpted(printed)}.items():
        (directory / name).write_text(text, encoding="utf-8")
    named = re.findall(r"\S+\.yaml", command)
    assert (named or " --param " in command or " init " in command) and all(
        (directory / name).exists() for name in named
    )
    done = subprocess.run(
        command,
        shell=True,
        cwd=directory,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.stdout.rstrip("\n") == printed
    assert done.returncode == ("error[" in printed)
    for item in re.findall(r"^ +create  (\S+)", printed, re.M):
        text = (directory / item).read_text(encoding="utf-8")
        compile(text, item, "exec")
        assert "import keras" in text and "scaffold import" not in text


@pytest.mark.parametrize("block", blocks("yaml"))
def test_spec(block: str) -> None:
    """Nothing is wrong with a spec that is shown, and the right styles can say it."""
    source = Source(block.encode(), "model.yaml")
    assert check(source).diagnostics == ()
    able = [style for style in STYLES if generate(source, style)[0] is not None]
    first = 2 if "recurse(" in block else 1 if "<-" in block else 0
    assert able == [*STYLES[first:]]
    generated, _ = generate(source, "auto")
    assert generated is not None and generated.style == able[0]


def test_names_of_the_generated_functions() -> None:
    """The example has the functions that the text below it names."""
    source = Source(specs()["digits.yaml"].encode(), "digits.yaml")
    for style in ("sequential", "functional", "subclass"):
        generated, _ = generate(source, style)
        assert generated is not None
        assert "\ndef build_model(num_classes=10) -> keras.Model:\n" in generated.text
        assert "\ndef compile_model(model):\n" in generated.text


def test_python() -> None:
    """The Python block runs, and prints the source of a model."""
    (block,) = blocks("python")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block, "README.md", "exec"), {})
    compile(printed.getvalue(), "model.py", "exec")
    assert "layers.Dense(1)(inputs)" in printed.getvalue()


def anchors(text: str) -> set[str]:
    """Gives what links to the headings of a page end in, as GitHub makes it."""
    text = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.DOTALL | re.MULTILINE)
    results: set[str] = set()
    seen: Counter[str] = Counter()
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        words = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading)
        slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        same = seen[slug]
        seen[slug] += 1
        results.add(f"{slug}-{same}" if same else slug)
    return results


def dead(page: Path) -> list[str]:
    """Gives the links of a page to files, or headings in them, that are not there."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.DOTALL | re.MULTILINE)
    results = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        name, _, anchor = link.partition("#")
        path = page.parent / name if name else page
        if "://" in link or (path.is_dir() and not anchor):
            continue
        if not path.is_file() or (anchor and anchor not in anchors(path.read_text())):
            results.append(link)
    return results


def test_links() -> None:
    """Every file that is linked exists."""
    links = re.findall(r"\]\(([^)]+)\)", README)
    files = {link.partition("#")[0] for link in links}
    assert {"docs/spec.md", "docs/diagnostics.md"} <= files
    assert "docs/spec.md#entries" in links
    assert dead(ROOT / "README.md") == []


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs").glob("*.md")), ids=attrgetter("name")
)
def test_links_of_docs(page: Path) -> None:
    """Every file that a page links exists, and every heading."""
    assert dead(page) == []


def test_dead_links_are_found(tmp_path: Path) -> None:
    """A file that is not there is found, and so is a heading of one that is."""
    (tmp_path / "a.md").write_text("# Of `this`\n```\n# no\n```\n## Same\n## Same\n")
    message = "#top a.md#of-this a.md#same-1 a.md#no a.md#same-2 b.md http://x.y/#z"
    links = " ".join(f"[x]({link})" for link in message.split())
    page = tmp_path / "page.md"
    page.write_text(f"# Top\n{links}\n```\n[x](c.md)\n```\n")
    assert dead(page) == ["a.md#no", "a.md#same-2", "b.md"]


def test_make_targets() -> None:
    """Every target that is named is one of those that `make` lists."""
    done = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        # Not those of a `make` that runs the tests.
        env={key: value for key, value in os.environ.items() if "MAKE" not in key},
    )
    assert done.returncode == 0, done.stderr
    listed = {line.split()[0] for line in done.stdout.splitlines()}
    named = set(re.findall(r"(?:`|^\$ )make\s+([a-z]+)`?", README, re.M))
    assert {"demo", "test", "quick", "lint", "bench"} <= named
    assert named <= listed


def test_subcommands_and_options() -> None:
    """The table has every subcommand, and every option that is named is there."""
    table = re.findall(r"^\| `keras-scaffold (\w+)", README, re.M)
    assert sorted(table) == sorted(COMMANDS)
    pages = {
        command: CliRunner().invoke(cli, [command, "--help"]).stdout
        for command in COMMANDS
    }
    pages["new layer"] = CliRunner().invoke(cli, ["new", "layer", "--help"]).stdout
    text = re.sub("python -[cm]", "python", README)
    options = set(re.findall(r"(?<![\w-])(--?[a-z]+)", text))
    known = set(re.findall(r"(?<![\w-])(--?[a-z]+)", "".join(pages.values())))
    assert {
        "--style",
        "-o",
        "-p",
        "--pretend",
        "--diff",
        "--check",
        "--force",
    } <= options
    assert options <= known


def test_number_of_layers() -> None:
    """The number of Keras's layers is the catalogue's."""
    (number,) = re.findall(r"the (\d+) layers of Keras", README)
    assert int(number) == len(load().names("layers"))


def test_version_of_python() -> None:
    """The Python that is asked for is the one that the package asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (version,) = re.findall(r"Python (3\.\d+) or later", README)
    assert project["requires-python"] == f">={version}"
    assert f"Licence: {project['license']}." in README
    assert "tensorflow" in project["optional-dependencies"]


def test_codes() -> None:
    """Every code that is named is one of the tool's."""
    named = set(re.findall(r"KS\d{3}", README))
    assert {"KS201", "KS205", "KS502"} <= named
    assert named <= set(CODES)
