"""`[tool.keras-scaffold]` in pyproject.toml: where it is found, what may be in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from scaffold.cli.candidates import find_groups
from scaffold.cli.defaults import BACKEND, OUTPUT, STYLE
from scaffold.cli.main import cli
from scaffold.diagnostics import report
from scaffold.settings import (
    DEFAULT_SPECS,
    Settings,
    find_specs,
    read_settings,
    split_pattern,
)
from tests.tools.imported import LIST_MODULES

ROOT = Path(__file__).parents[1]
KEYS_KNOWN = ("style", "backend", "output", "specs")
HEAD = "[tool.keras-scaffold]\n"
SPEC = "inputs: [4]\nlayers: [Dense(1)]\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory without settings, in which commands run."""
    for name in ("STYLE", "BACKEND", "OUTPUT"):
        monkeypatch.delenv(f"KERAS_SCAFFOLD_{name}", raising=False)
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def say(text: str, directory: Path = Path()) -> None:
    """Writes a pyproject.toml with settings."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "pyproject.toml").write_text(HEAD + text, encoding="utf-8")


def run(*args: str) -> Result:
    """Runs a command here."""
    return CliRunner(catch_exceptions=False).invoke(cli, args)


def found_in(text: str) -> list[str]:
    """Gives what is wrong with settings, in one line each."""
    say(text)
    settings, result = read_settings(Path())
    assert settings.path == Path("pyproject.toml")
    return report(result, "short").splitlines()


def test_all_that_can_be_said() -> None:
    """Every key is read; what it names is seen from where we run."""
    say('style = "auto"\nbackend = "jax"\noutput = "src/m"\nspecs = ["a/*.yaml"]\n')
    settings, result = read_settings(Path())
    assert result == ()
    assert settings[:4] == ("auto", "jax", Path("src/m"), ("a/*.yaml",))
    assert settings.root == Path()


@pytest.mark.parametrize(
    "text",
    [
        "[tool]\nkeras-scaffold = {style = 'subclass'}\n",
        "tool.keras-scaffold.style = 'subclass'\n",
        "[tool.'keras-scaffold']\n'style' = '''subclass'''\n",
        "\ufeff[project]\nname = 'é'\n[tool.keras-scaffold]\r\nstyle = 'subclass'\n",
    ],
)
def test_all_ways_to_write_a_table(here: Path, text: str) -> None:
    """The table is one of TOML's, however it is written."""
    (here / "pyproject.toml").write_text(text, encoding="utf-8")
    settings, result = read_settings(Path())
    assert (settings.style, result) == ("subclass", ())


@pytest.mark.parametrize(
    "text", ["", "[tool.black]\n", "[project]\nname='keras-scaffold'\n"]
)
def test_none_is_found(here: Path, text: str) -> None:
    """A file that says nothing to us is as good as none."""
    (here / "pyproject.toml").write_text(text)
    assert read_settings(Path()) == (Settings(), ())


def test_the_nearest_that_has_the_table(here: Path) -> None:
    """A file without the table ends no search; one with it does."""
    say("style = 'sequential'", here.parent)
    inner = here / "a" / "b"
    inner.mkdir(parents=True)
    (here / "pyproject.toml").write_text("[project]\nname = 'inner'\n")
    (here / "a" / "pyproject.toml").mkdir()
    settings, _ = read_settings(inner)
    assert settings.style == "sequential"
    assert settings.path == Path("../pyproject.toml")
    say("backend = 'torch'")
    settings, _ = read_settings(inner)
    assert (settings.style, settings.backend) == ("", "torch")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "styl = 'auto'",
            "2:1: error: `[tool.keras-scaffold]` has no key `styl` [KS106]",
        ),
        ("style = 'subclas'", "2:9: error: `style` cannot be 'subclas' [KS113]"),
        (
            "style = ['auto']",
            "2:9: error: `style` must be a string, not a list [KS107]",
        ),
        ("style = ''", "2:9: error: `style` cannot be '' [KS113]"),
        (
            "backend = true",
            "2:11: error: `backend` must be a string, not a boolean [KS107]",
        ),
        (
            "style = 'auto'\nstyle = 'auto'",
            "3:1: error: duplicate key `style`",
        ),
        ("style = ", "2:9: error: `style` has no value [KS103]"),
        ("output = 3", "2:10: error: `output` must be a string, not a number [KS107]"),
        (
            "output = '../a'",
            "2:10: error: `output` must be a directory of the project, but",
        ),
        (
            "output = 'a/../../b'",
            "2:10: error: `output` must be a directory of the project",
        ),
        (
            "output = '/tmp'",
            "2:10: error: `output` must be a directory of the project, but",
        ),
        (
            "output = '~/a'",
            "2:10: error: `output` must be a directory of the project, but",
        ),
        (
            "output = 'C:/a'",
            "2:10: error: `output` must be a directory of the project, but",
        ),
        (
            "output = ' '",
            "2:10: error: `output` must be a directory of the project, but this",
        ),
        *(
            (
                f'output = "a\\U{item:08x}b"',
                "2:10: error: `output` must be a directory of",
            )
            for item in (0x7F, 0x85, 0x2028, 0x202E, 0x2069, 0xFDD0, 0xFFFF, 0x1FFFE)
        ),
        (
            'output = "a\\u0000b"',
            "2:10: error: `output` must be a directory of the project",
        ),
        *(
            (
                f'output = "a\\u{code}"',
                "2:10: error: `output` must be a directory of the",
            )
            for code in ("0085", "202e", "2028", "ffff")
        ),
        ("output = 1979-01-01", "2:10: error: `output` must be a string, not a date"),
        ("backend = 07:32:00", "2:11: error: `backend` must be a string, not a date"),
        (
            "specs = 'a.yaml'",
            "2:9: error: `specs` must be a list, not a string [KS107]",
        ),
        (
            "specs = [\n 'a',\n 1]",
            "4:2: error: a pattern of `specs` must be a string, not",
        ),
        (
            "specs = ['a\\b']",
            "2:10: error: `specs` must be files of the project, but this contains",
        ),
        (
            "specs = ['..']",
            "2:10: error: `specs` must be files of the project, but this leads",
        ),
        (
            f"specs = ['{'{a,b}' * 9}']",
            "2:10: error: `specs` must be files of the project",
        ),
    ],
)
def test_what_is_wrong_has_its_place(text: str, line: str) -> None:
    """Wrong keys, kinds and values are findings, one each."""
    (result,) = found_in(text)
    assert result.startswith(f"pyproject.toml:{line}")


def test_everything_wrong_at_once() -> None:
    """One look shows all of it, and what is right is kept."""
    say("stile = 'auto'\nbackend = 'tensorflo'\nspecs = ['a', 2, '/b']\noutput = 'm'")
    settings, diagnostics = read_settings(Path())
    assert [diagnostic.code for diagnostic in diagnostics] == [
        "KS106",
        "KS113",
        "KS107",
        "KS113",
    ]
    assert diagnostics[0].help == "did you mean `style`?"
    assert diagnostics[1].help == 'did you mean "tensorflow"?'
    assert settings[:4] == ("", "", Path("m"), ("a",))


def test_a_table_that_is_none(here: Path) -> None:
    """What has the table's name has to be one."""
    (here / "pyproject.toml").write_text("[tool]\nkeras-scaffold = 'auto'\n")
    _, (diagnostic,) = read_settings(Path())
    assert diagnostic.message == "`[tool.keras-scaffold]` must be a table, not a string"
    assert (diagnostic.span.line, diagnostic.span.column) == (2, 18)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"# keras-scaffold \xff", "KS102"),
        (b"# keras-scaffold" + b" " * (1 << 20), "KS105"),
        (b" " * ((1 << 20) - 5) + b"\n[tool.keras-scaffold]", "KS105"),
        ("[tool.keras-scaffold]".encode("utf-16"), "KS102"),
        ("[tool.keras-scaffold]".encode("utf-16-be"), "KS102"),
        (b"[tool.keras-scaffold\nstyle = 'auto'", "KS103"),
        (b"a = " + b"[" * 200 + b"# keras-scaffold", "KS105"),
    ],
)
def test_a_file_beyond_reading(here: Path, data: bytes, code: str) -> None:
    """A file that names us and cannot be read is a finding, and stops the search."""
    say("style = 'auto'", here.parent)
    (here / "pyproject.toml").write_bytes(data)
    settings, (diagnostic,) = read_settings(Path())
    assert diagnostic.code == code
    assert settings == Settings(path=Path("pyproject.toml"))


TOML = st.recursive(
    st.sampled_from(["1", "true", "'a'", "'auto'", "2020-01-01", "nan", "'**'", "'{'"]),
    lambda inner: st.lists(inner, max_size=3).map(lambda each: f"[{', '.join(each)}]"),
    max_leaves=4,
)
KEYS = st.sampled_from(["style", "backend", "output", "specs", "a", "'é'", "a.b", "["])


@given(st.lists(st.tuples(KEYS, TOML), max_size=5), st.text(max_size=20))
def test_nothing_makes_it_fail(pairs: list[tuple[str, str]], tail: str) -> None:
    """Whatever stands in the file, there are settings and findings with a place."""
    lines = "".join(f"{key} = {value}\n" for key, value in pairs)
    Path("pyproject.toml").write_text(HEAD + lines + tail, "utf-8", "replace")
    settings, results = read_settings(Path())
    assert all(
        diagnostic.span.line > 0 and diagnostic.message for diagnostic in results
    )
    find_specs(settings.specs, settings.root or Path())
    run("check")


def test_command_line_then_environment_then_file(
    monkeypatch: pytest.MonkeyPatch, here: Path
) -> None:
    """Each says what the one before leaves unsaid."""
    say("style = 'subclass'\noutput = 'of_file'\nspecs = ['*.yaml']")
    (here / "tiny.yaml").write_text(SPEC)
    assert "create  of_file/tiny.py (subclass)" in run("new").stderr
    monkeypatch.setenv("KERAS_SCAFFOLD_OUTPUT", "of_environment")
    monkeypatch.setenv("KERAS_SCAFFOLD_STYLE", "functional")
    assert "create  of_environment/tiny.py (functional)" in run("new").stderr
    errors = run("new", "--style", "sequential", "-o", "of_line/").stderr
    assert "create  of_line/tiny.py (sequential)" in errors
    monkeypatch.setenv("KERAS_SCAFFOLD_OUTPUT", "")
    monkeypatch.setenv("KERAS_SCAFFOLD_STYLE", "")
    assert "identical  of_file/tiny.py (subclass)" in run("new").stderr


def test_the_backend(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    """It is what steps of training are written for."""
    (here / "tiny.yaml").write_text(f"{SPEC}compile: {{loss: mse}}\n")
    command = ("new", "tiny.yaml", "--with", "train_step", "-o", "-")
    say("backend = 'torch'")
    assert "import torch" in run(*command).stdout
    monkeypatch.setenv("KERAS_SCAFFOLD_BACKEND", "jax")
    assert "import jax" in run(*command).stdout
    assert "import tensorflow" in run(*command, "--backend", "tensorflow").stdout


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("STYLE", "subclas", "cannot be 'subclas': did you mean subclass?"),
        (
            "BACKEND",
            "theano",
            "cannot be 'theano': expected one of tensorflow, jax, torch.",
        ),
        ("OUTPUT", "tiny.yaml", "`tiny.yaml` is not a directory."),
    ],
)
def test_a_wrong_variable_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, here: Path, name: str, value: str, text: str
) -> None:
    """The variable is named, and nothing is written."""
    (here / "tiny.yaml").write_text(SPEC)
    monkeypatch.setenv(f"KERAS_SCAFFOLD_{name}", value)
    done = run("new", "tiny.yaml")
    assert done.exit_code == 2
    assert f"Error: KERAS_SCAFFOLD_{name}" in done.stderr and text in done.stderr
    assert not (here / "tiny.py").exists()
    assert run("check", "tiny.yaml").exit_code == 0


def test_init_takes_style_and_backend(here: Path) -> None:
    """A project begun below another one is in its style."""
    say("style = 'subclass'\nbackend = 'jax'")
    assert run("init", "digits", "--preset", "mlp").exit_code == 0
    assert "(keras.Model)" in (here / "digits/src/digits/model.py").read_text()
    assert "jax" in (here / "digits/pyproject.toml").read_text()


def test_who_needs_none_does_not_fail() -> None:
    """Wrong settings are no matter to commands that have no use for them."""
    say("style = 3")
    Path("tiny.yaml").write_text(SPEC)
    for command in (
        ("presets",),
        ("layers", "Dense"),
        ("explain", "KS113"),
        ("styles", "tiny.yaml"),
        ("check", "tiny.yaml"),
        ("new", "--help"),
        ("--version",),
    ):
        assert run(*command).exit_code == 0, command
    for command in (("new", "tiny.yaml"), ("check",), ("verify", "tiny.yaml")):
        done = run(*command)
        assert (done.exit_code, done.stdout) == (1, "")
        assert "error[KS107]" in done.stderr and "2 | style = 3\n" in done.stderr


def test_check_takes_specs(here: Path) -> None:
    """Without SPEC, the project's are checked, from anywhere in it."""
    (here / "models/deep").mkdir(parents=True)
    (here / "models/deep/a.yaml").write_text("inputs: [4]\nlayers: [Dens(1)]\n")
    (here / "models/b.json").write_text('{"inputs": [4], "layers": ["Dense(1)"]}')
    assert run("check").exit_code == 2
    say("specs = ['models/**/*.{yaml,json}']")
    done = run("check", "--format", "short")
    assert done.exit_code == 1
    assert done.stderr.startswith("models/deep/a.yaml:2:10: error: ")
    assert "KS101" in run("check", "c.yaml").stderr
    say("specs = ['*.yml']")
    done = run("check", "--format", "short")
    assert done.stderr == "pyproject.toml:2:9: error: no file matches `specs` [KS101]\n"


def test_output_leaves_the_project_by_no_link(here: Path) -> None:
    """A link below the project does not lead what is written out of it."""
    say("output = 'models'")
    (here / "tiny.yaml").write_text(SPEC)
    (here.parent / "else").mkdir()
    (here / "models").symlink_to(here.parent / "else")
    done = run("new", "tiny.yaml")
    assert done.exit_code == 1 and "error[KS602]" in done.stderr
    assert not list((here.parent / "else").iterdir())


def test_verify_takes_backend_and_specs(
    monkeypatch: pytest.MonkeyPatch, here: Path
) -> None:
    """What the code is run on, and which specs its files may come from."""
    asked: list[tuple[object, ...]] = []
    command = import_module("scaffold.cli.commands.verify")
    monkeypatch.setattr(command, "_verify", lambda *args: asked.append(args) or True)
    (here / "tiny.yaml").write_text(SPEC)
    assert run("verify").exit_code == 2
    say("backend = 'jax'\nspecs = ['*.yaml']")
    assert run("verify").exit_code == 0
    assert run("verify", "cnn", "--backend", "torch").exit_code == 0
    named = [(args[0], args[1], args[4]) for args in asked]
    specs = ("tiny.yaml",)
    assert named == [(["tiny.yaml"], specs, "jax"), (["cnn"], specs, "torch")]


def test_the_spec_of_a_file_is_one_of_the_project(here: Path) -> None:
    """A file is not beside its spec where the project has `output`."""
    say("output = 'src'\nspecs = ['specs/*.yaml']")
    (here / "specs").mkdir()
    (here / "specs/tiny.yaml").write_text(SPEC)
    assert run("new").exit_code == 0
    settings, _ = read_settings(Path())
    (alone,), _ = find_groups(["src/tiny.py"])
    assert alone.source is None
    (group,), groups = find_groups(
        ["src/tiny.py"], find_specs(settings.specs, settings.root or Path())
    )
    assert groups == []
    assert group.source is not None and group.source.path == "specs/tiny.yaml"


def test_the_page_is_true() -> None:
    """docs/settings.md has every key and variable, and its example can be read."""
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```toml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    Path("pyproject.toml").write_text(example)
    settings, result = read_settings(Path())
    assert result == () and all(settings[:4])
    for key in KEYS_KNOWN:
        assert f"\n| `{key}` | " in page and f"\n{key} = " in example
    for variable in (STYLE, BACKEND, OUTPUT):
        assert f"`{variable}`" in page
        assert variable in run("new", "--help").stdout


NAMES = ["a.yaml", "b.yml", ".c.yaml", "model.json", "x.model.toml", "[d].yaml"]
TREE = [
    *NAMES,
    *(f"models/{name}" for name in NAMES),
    *("models/deep/a.yaml", ".git/a.yaml", "node_modules/a.yaml", "models/link/a.yaml"),
    *("env/pyvenv.cfg", "env/lib/a.yaml"),
]


@pytest.mark.parametrize(
    ("pattern", "files"),
    [
        ("a.yaml", ["a.yaml"]),
        ("./models//a.yaml", ["models/a.yaml"]),
        ("*.yaml", ["[d].yaml", "a.yaml"]),
        (".*.yaml", [".c.yaml"]),
        ("?.y[am]*", ["a.yaml", "b.yml"]),
        ("[[]d].yaml", ["[d].yaml"]),
        ("{a,b}.{yaml,yml}", ["a.yaml", "b.yml"]),
        ("a{,b}.yaml", ["a.yaml"]),
        ("**/a.yaml", ["a.yaml", "models/a.yaml", "models/deep/a.yaml"]),
        ("models/**", [f"models/{name}" for name in sorted(NAMES) if name[0] != "."]),
        (".git/*", [".git/a.yaml"]),
        ("node_modules/*", ["node_modules/a.yaml"]),
        ("models", []),
        ("nowhere/*", []),
        ("a.yaml/*", []),
        (DEFAULT_SPECS[0], ["model.json"]),
        (DEFAULT_SPECS[1], ["x.model.toml"]),
        (
            DEFAULT_SPECS[2],
            [f"models/{name}" for name in sorted(NAMES) if name[0] != "."],
        ),
    ],
)
def test_patterns(here: Path, pattern: str, files: list[str]) -> None:
    """A pattern finds what it says, and passes by what is not the project's own."""
    for name in TREE:
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (here / "models/loop").symlink_to(here)
    specs = find_specs([pattern], Path())
    deep = [
        text for text in specs if text.startswith("models/") and text.count("/") == 2
    ]
    if pattern == "models/**":
        assert deep == ["models/deep/a.yaml", "models/link/a.yaml"]
        specs = tuple(spec for spec in specs if spec not in deep)
    if pattern == "**/a.yaml":
        files = [*files, "models/link/a.yaml"]
    assert list(specs) == files


@pytest.mark.parametrize("pattern", ["**/" * 12, "**/d*/" * 8, "**/*/" * 8])
def test_stars_cost_little(
    here: Path, monkeypatch: pytest.MonkeyPatch, pattern: str
) -> None:
    """No directory is listed again and again, however often a pattern says `**`."""
    deep = here.joinpath(*["d"] * 18)
    deep.mkdir(parents=True)
    (deep / "x.yaml").write_text("")
    listed = 0
    list_names = os.listdir

    def count(path: str) -> list[str]:
        nonlocal listed
        listed += 1
        assert listed < 1_000
        return list_names(path)

    monkeypatch.setattr(os, "listdir", count)
    specs = find_specs([f"{pattern}x.yaml"], Path())
    assert specs == (str(deep.relative_to(here) / "x.yaml"),)


WORDS = st.text("ab*?.", min_size=1, max_size=3).filter(lambda text: text.strip("."))


@given(st.lists(WORDS, min_size=1, max_size=3), st.lists(WORDS, min_size=1, max_size=3))
def test_braces(before: list[str], inside: list[str]) -> None:
    """Braces stand for each of what is in them."""
    pattern = f"{'/'.join(before)}{{{','.join(inside)}}}"
    assert split_pattern(pattern) == tuple("/".join(before) + item for item in inside)
    assert split_pattern("/".join(before)) == ("/".join(before),)


@given(st.lists(WORDS, min_size=1, max_size=2).map("/".join))
def test_patterns_are_those_of_python(pattern: str) -> None:
    """Without braces and stars in a row they find what `Path.glob` finds."""
    for name in ("a", "b/a", "ab", "b/b.a", "aab"):
        path = Path("tree", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    if "**" in pattern:
        return
    specs = find_specs([pattern], Path("tree"))
    wanted = {str(path) for path in Path("tree").glob(pattern) if path.is_file()}
    assert set(specs) == wanted


def test_settings_are_read_only_where_they_are(here: Path) -> None:
    """Who has no settings does not pay for reading them."""

    def modules() -> set[str]:
        command = [sys.executable, "-c", LIST_MODULES, "new", "-o", "-"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return set(done.stdout.rpartition("MODULES")[2].split())

    (here / "pyproject.toml").write_text("[tool.black]\nline-length = 88\n")
    assert not modules() & {"watchfiles", "scaffold.settings.read"}
    say("style = 'auto'")
    assert "scaffold.settings.read" in modules()


@pytest.mark.parametrize(
    "pattern", ["*.yaml", "**/*.yaml", "away/*.yaml", "away/**", "**", "*/*/*.yaml"]
)
def test_links_do_not_lead_out(here: Path, pattern: str) -> None:
    """Links within the project are followed, those that leave it are not."""
    outside = here.parent / "outside" / "deep"
    outside.mkdir(parents=True)
    for place in (outside, outside.parent, here):
        (place / "secret.yaml").write_text(SPEC)
    (here / "near").mkdir()
    (here / "near" / "own.yaml").write_text(SPEC)
    (here / "linked.yaml").symlink_to("near/own.yaml")
    (here / "stolen.yaml").symlink_to(outside / "secret.yaml")
    (here / "away").symlink_to(outside.parent)
    (here / "near" / "up").symlink_to("..")
    (here / "near" / "round").symlink_to("round")
    specs = find_specs([pattern], Path())
    assert all(Path(path).resolve().is_relative_to(here.resolve()) for path in specs)
    assert "linked.yaml" in specs or pattern.startswith(("away", "*/"))
    assert not any(path.startswith(("away", "stolen")) for path in specs)


def test_only_links_that_lead_out_is_a_finding(here: Path) -> None:
    """Who has nothing else is told why nothing was found."""
    (here.parent / "spec.yaml").write_text(SPEC)
    (here / "spec.yaml").symlink_to(here.parent / "spec.yaml")
    say('specs = ["*.yaml"]')
    done = run("check")
    assert done.exit_code == 1 and "links that lead out of it" in done.stderr
