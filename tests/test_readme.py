"""What README.md and the pages of docs/ show: commands, code, links, numbers."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import tomllib
from collections import Counter
from operator import attrgetter
from pathlib import Path

import pytest
from click.testing import CliRunner

import scaffold
from scaffold import Source, check, generate, load, preset_path
from scaffold.cli.main import COMMANDS, cli
from scaffold.pages import CODES
from scaffold.styles import STYLES
from tests import pages, recording

ROOT = Path(__file__).parents[1]
README = pages.README.read_text(encoding="utf-8")
GUIDES = [pages.README, *sorted(pages.DOCS.glob("*.md"))]
"""The pages for users."""


def keras_pages() -> list[Path]:
    """Return the pages that run generated code."""
    return [
        path
        for path in pages.pages()
        if any(map(pages.needs_keras, pages.commands(path.read_text(encoding="utf-8"))))
    ]


@pytest.mark.parametrize("path", pages.pages(), ids=attrgetter("name"))
def test_commands_and_code(path: Path) -> None:
    """Commands print what a page shows, and code is what they write: `make docs`."""
    text = path.read_text(encoding="utf-8")
    assert pages.refreshed(text, keras=False) == text


@pytest.mark.keras
@pytest.mark.parametrize("path", keras_pages(), ids=attrgetter("name"))
def test_commands_that_run_code(path: Path) -> None:
    """So do the commands that need Keras."""
    text = path.read_text(encoding="utf-8")
    assert pages.refreshed(text) == text


def test_something_is_shown() -> None:
    """The pages have commands of each sort, and README the code of each style."""
    names = {path.name for path in pages.pages()}
    assert {"README.md", "commands.md", "projects.md", "watching.md"} <= names
    assert [path.name for path in keras_pages()] == ["verifying.md"]
    assert re.findall(r"^`--style (\w+)`$", README, re.M) == [
        "functional",
        "sequential",
        "subclass",
    ]


def test_commands_of_other_pages_are_tested() -> None:
    """A page that is left out has a test of its own."""
    for name, test in pages.TESTED_ELSEWHERE.items():
        assert (pages.DOCS / name).exists() and (ROOT / test).exists()


def test_stale_pages_are_found() -> None:
    """Each sort of difference is one."""
    spec = "```yaml\n# line.yaml\ninputs: [4]\nlayers: [Dense(1)]\n```\n"
    code = "`--style functional`\n\n```python\nx\n```\n"
    session = "```console\n$ keras-scaffold new line.yaml\nx\n$ echo 1\n```\n"
    text = pages.refreshed(spec + code + session)
    assert "    outputs = layers.Dense(1)(inputs)\n" in text
    assert "$ keras-scaffold new line.yaml\n   create  line.py (sequential)\n" in text
    assert text.endswith("$ echo 1\n```\n")  # no output was shown
    with pytest.raises(ValueError, match="no layer is called"):
        pages.refreshed((spec + session).replace("Dense", "Dens"))
    with pytest.raises(ValueError, match="exit code 3"):
        pages.refreshed("```console\n$ exit 3\nx\n```\n")


def test_first_screen() -> None:
    """A spec and generated code are in the first 40 lines of 80 columns."""
    lines = README.splitlines()[:40]
    assert max(map(len, lines)) <= 80
    screen = "\n".join(lines)
    assert "\n```yaml\n# forecast.yaml\n" in screen
    assert re.search(r"```python\ndef build_model.*\n    \)\n```\n", screen, re.DOTALL)


def test_recording() -> None:
    """The recording shows what the commands print."""
    shown = recording.recorded(recording.PATH.read_text(encoding="utf-8"))
    assert [step.command for step in shown] == [*recording.COMMANDS]
    steps = [recording.plain(step) for step in recording.session(keras=False)]
    assert shown[: len(steps)] == steps and len(steps) == len(shown) - 1


@pytest.mark.keras
def test_recording_is_current() -> None:
    """`make docs` would change nothing, also where it runs Keras."""
    text = recording.PATH.read_text(encoding="utf-8")
    assert text == recording.to_svg(recording.session())


@pytest.mark.parametrize(
    "block",
    [
        spec
        for path in pages.pages()
        for spec in pages.specs(path.read_text(encoding="utf-8")).values()
    ],
)
def test_spec(block: str) -> None:
    """Nothing is wrong with a spec that is shown, and the right styles can say it."""
    source = Source(block.encode(), "model.yaml")
    assert check(source).diagnostics == ()
    able = [style for style in STYLES if generate(source, style)[0] is not None]
    assert able == [*STYLES[1 if "<-" in block else 0 :]]
    generated, _ = generate(source, "auto")
    assert generated is not None and generated.style == able[0]


def test_picture() -> None:
    """The diagram of README is that of its spec."""
    assert pages.PICTURE.read_text(encoding="utf-8") == pages.picture()
    picture = pages.PICTURE.relative_to(ROOT).as_posix()
    assert {picture, "docs/recording.svg"} <= set(links(pages.README))


def test_names_of_the_generated_functions() -> None:
    """The example has the functions that the text below it names."""
    text = (pages.DOCS / "commands.md").read_text(encoding="utf-8")
    source = Source(pages.specs(text)["digits.yaml"].encode(), "digits.yaml")
    for style in ("sequential", "functional", "subclass"):
        generated, _ = generate(source, style)
        assert generated is not None
        assert "\ndef build_model(num_classes=10) -> keras.Model:\n" in generated.text
        assert "\ndef compile_model(model):\n" in generated.text


def test_use_in_python() -> None:
    """The lines that train a model call functions that its file has."""
    (lines,) = re.findall(r"^```python\n(import .*?)^```$", README, re.DOTALL | re.M)
    path = preset_path("mlp")
    assert path is not None
    generated, _ = generate(Source(path.read_bytes(), path.name), "subclass")
    assert generated is not None
    called = set(re.findall(r"mlp\.(\w+)\((?:model)?\)", lines))
    assert called == {"build_model", "compile_model"}
    assert called <= set(re.findall(r"^def (\w+)\(", generated.text, re.M))


def test_python_api() -> None:
    """The Python block prints the source of a model; the table has all functions."""
    text = (pages.DOCS / "python-api.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block, "python-api.md", "exec"), {})
    compile(printed.getvalue(), "model.py", "exec")
    assert "layers.Dense(1)(inputs)" in printed.getvalue()
    rows = re.findall(r"^\|[^|]*\|(.*)\|$", text, re.MULTILINE)
    named = re.findall(r"`([a-z_]+)`", "".join(rows))
    functions = [name for name in scaffold.__all__ if re.match("[a-z]", name)]
    assert sorted(named) == sorted(functions)


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


def links(page: Path) -> list[str]:
    """Gives where the links of a page lead."""
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"\]\(([^)\s]+)\)", text)


def dead(page: Path) -> list[str]:
    """Gives the links of a page to files, or headings in them, that are not there."""
    results = []
    for link in links(page):
        name, _, anchor = link.partition("#")
        path = page.parent / name if name else page
        if "://" in link or (path.is_dir() and not anchor):
            continue
        if not path.is_file() or (anchor and anchor not in anchors(path.read_text())):
            results.append(link)
    return results


@pytest.mark.parametrize(
    "page",
    [*GUIDES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"],
    ids=attrgetter("name"),
)
def test_links(page: Path) -> None:
    """Every file that a page links exists, and every heading."""
    assert dead(page) == []


def test_every_page_is_in_the_index() -> None:
    """The index leads to each page, and README to the index."""
    index = {link.partition("#")[0] for link in links(pages.DOCS / "index.md")}
    assert {path.name for path in pages.DOCS.glob("*.md")} - index == {"index.md"}
    assert "docs/index.md" in links(pages.README)


def test_dead_links_are_found(tmp_path: Path) -> None:
    """A file that is not there is found, and so is a heading of one that is."""
    (tmp_path / "a.md").write_text("# Of `this`\n```\n# no\n```\n## Same\n## Same\n")
    message = "#top a.md#of-this a.md#same-1 a.md#no a.md#same-2 b.md http://x.y/#z"
    shown = " ".join(f"[x]({link})" for link in message.split())
    page = tmp_path / "page.md"
    page.write_text(f"# Top\n{shown}\n```\n[x](c.md)\n```\n")
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
    text = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^\$ )make\s+([a-z-]+)", text, re.M))
    assert {"demo", "test", "quick", "lint", "bench", "test-projects"} <= named
    assert named <= listed


def options_of(*command: str) -> set[str]:
    """Gives the options that the help of a command has."""
    text = CliRunner().invoke(cli, [*command, "--help"]).stdout
    return set(re.findall(r"(?<![\w-])(--?[a-z]+(?:-[a-z]+)*)", text))


def test_subcommands() -> None:
    """The table has every subcommand."""
    table = re.findall(r"^\| `(\w+)", README.partition("## Commands")[2], re.M)
    assert sorted(table) == sorted(COMMANDS)


@pytest.mark.parametrize("page", GUIDES, ids=attrgetter("name"))
def test_commands_in_text(page: Path) -> None:
    """Commands in a sentence have a subcommand and options that there are."""
    text = re.sub(r"\s+", " ", page.read_text(encoding="utf-8"))
    for written in re.findall(r"`keras-scaffold ([^`]*)`", text):
        name, *arguments = written.split()
        if name == "COMMAND":
            continue
        assert name in COMMANDS, written
        part = arguments[:1] if arguments[:1] == ["layer"] else []
        options = {word for word in arguments if re.match(r"--?[a-z]", word)}
        assert options <= options_of(name, *part), written


def test_options() -> None:
    """Every option that README or the page of the commands names is there."""
    text = README + (pages.DOCS / "commands.md").read_text(encoding="utf-8")
    text = re.sub("python -[cm]", "python", text)
    options = set(re.findall(r"(?<![\w-])(--?[a-z]+(?:-[a-z]+)*)", text))
    known = options_of("new", "layer").union(*map(options_of, COMMANDS))
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


def test_numbers() -> None:
    """Numbers that pages name are those of today."""
    (layers,) = re.findall(r"the (\d+) layers of Keras", README)
    assert int(layers) == len(load().names("layers"))
    text = (pages.DOCS / "spec.md").read_text(encoding="utf-8")
    ((path, lines),) = re.findall(r"ResNet50 \(`(\S+)`\) is (\d+) lines", text)
    assert int(lines) == len((ROOT / path).read_text().splitlines())


def test_versions() -> None:
    """The Python and the Keras that README names are those of the package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (version,) = re.findall(r"Python (3\.\d+) or later", README)
    assert project["requires-python"] == f">={version}"
    assert f"Licence: {project['license']}." in README
    assert "tensorflow" in project["optional-dependencies"]
    (keras,) = re.findall(r"the layers of Keras ([\d.]+\d)\.", README)
    assert load().version.startswith(f"{keras}.")


@pytest.mark.parametrize("page", GUIDES, ids=attrgetter("name"))
def test_codes(page: Path) -> None:
    """Every code that is named is one of the tool's."""
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"(?<!below\s)KS\d{3}", text)) <= set(CODES)
