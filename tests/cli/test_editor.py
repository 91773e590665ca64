"""`keras-scaffold editor`, as its users see it."""

from __future__ import annotations

import json
import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from scaffold.catalogue import load
from scaffold.cli.main import cli
from scaffold.editor import EDITORS, set_up, setup
from scaffold.editor.jsonc import read
from scaffold.editor.schema import spec_schema, write_schema
from scaffold.output import plan
from tests.output.tree import snapshot

ROOT = Path(__file__).parents[2]
RECORD = ".keras-scaffold/written.json"
SCHEMA = ".keras-scaffold/spec.schema.json"
WRITTEN = {
    "vscode": {
        ".vscode/extensions.json",
        ".vscode/settings.json",
        ".vscode/tasks.json",
    },
    "zed": {".zed/settings.json", ".zed/tasks.json"},
    "sublime": {"models.sublime-project"},
    "vim": {".keras-scaffold/specs.vim", ".vim/coc-settings.json"},
    "emacs": {".dir-locals.el"},
}

TASKS = """\
// Tasks of the whole team: ask before you change them.
{
    "version": "2.0.0", // the only one there is
    "tasks": [
        /* training takes an hour */
        { "label": "train", "type": "shell", "command": "make train",
          "group": { "kind": "build", "isDefault": true } },
        {
            "label": "test",   "command": "make test",
            "problemMatcher": [ ], // TODO
        },
        // more below
    ],
}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory, in which commands run."""
    place = tmp_path / "models"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


@cache
def schema() -> str:
    """Return the schema that is written; creating it takes a tenth of a second."""
    return write_schema(spec_schema(load()))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Create the schema once for all tests."""
    monkeypatch.setattr(setup, "spec_schema", lambda catalogue: None)
    monkeypatch.setattr(setup, "write_schema", lambda value: schema())


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(cli, ["editor", *arguments])


def done(*arguments: str) -> Result:
    """Run the command, which must succeed."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    return result


def content_of(path: Path) -> Any:
    """Return what a file of settings says."""
    node = read(path.read_bytes().decode())
    assert node is not None
    return node.value


def tasks_of(path: Path) -> dict[str, Any]:
    """Return the tasks of VS Code by their labels."""
    return {task["label"]: task for task in content_of(path)["tasks"]}


@pytest.mark.parametrize("editor", EDITORS)
def test_writes_and_does_not_write_again(editor: str, here: Path) -> None:
    """The files are there; a second run changes nothing, not even a file's time."""
    first = done(editor)
    names = {str(path.relative_to(here)) for path in here.rglob("*") if path.is_file()}
    assert {RECORD, SCHEMA} < names
    if editor in WRITTEN:
        assert names == {RECORD, SCHEMA, *WRITTEN[editor]}
    assert first.stderr.count("   create  ") == len(names)
    assert "     next  " in first.stderr
    before = {path: path.stat().st_mtime_ns for path in here.rglob("*")}
    second = done(editor)
    assert second.stderr.count("identical  ") == len(names)
    assert {path: path.stat().st_mtime_ns for path in here.rglob("*")} == before


def test_all_editors_side_by_side(here: Path) -> None:
    """One does not disturb another: what was written for the first stays known."""
    for editor in EDITORS:
        done(editor)
    before = snapshot(here)
    for editor in EDITORS:
        done(editor)
    assert snapshot(here) == before


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_hand_written_file_keeps_every_byte(end: str, mark: str, here: Path) -> None:
    """Comments, layout, line ends and the byte order mark: we only add."""
    path = here / ".vscode" / "tasks.json"
    path.parent.mkdir()
    before = (mark + TASKS).replace("\n", end)
    path.write_bytes(before.encode())
    done("vscode")
    after = path.read_bytes().decode()
    head, tail = before.split("    ],")
    # Ours are put between what was there, and nothing else is touched.
    assert after.startswith(head.rstrip()) and after.endswith(
        f"{end}    ],{ours(after)}"
    )
    added = after[len(head.rstrip()) : after.index(f"{end}    ],")]
    assert after.replace(added, "").replace(ours(after), tail) == before
    assert set(tasks_of(path)) > {"train", "test", "keras-scaffold: check"}
    if end == "\r\n":
        assert after.count("\n") == after.count("\r\n")
    assert "\n        {" + end + '            "label": "keras-scaffold' in after


def ours(after: str) -> str:
    """Return the text after the tasks."""
    return after[after.rindex("    ],", 0, after.index('"inputs"')) + len("    ],") :]


def test_another_build_task_keeps_its_key(here: Path) -> None:
    """The key for building runs our task, unless it runs another one already."""
    path = here / ".vscode" / "tasks.json"
    done("vscode")
    generate = "keras-scaffold: generate"
    assert tasks_of(path)[generate]["group"] == {"kind": "build", "isDefault": True}
    mine = '{"label": "a", "group": {"kind": "build", "isDefault": true}}, '
    path.write_text(path.read_text().replace('"tasks": [', f'"tasks": [{mine}', 1))
    done("vscode")
    assert tasks_of(path)[generate]["group"] == "build"


def test_joins_the_tasks_of_a_project(here: Path) -> None:
    """The files of `init` and of `editor` are compatible."""
    for editor in ("vscode", "zed"):
        arguments = ["init", editor, "--editor", editor, "--defaults"]
        assert CliRunner().invoke(cli, arguments).exit_code == 0
        done(editor, "--dir", editor)
    for path in (here / "vscode/.vscode/tasks.json", here / "zed/.zed/tasks.json"):
        value = content_of(path)
        labels = [
            item["label"] for item in (value if "zed" in str(path) else value["tasks"])
        ]
        assert labels[:2] == ["train", "evaluate"]
        assert "keras-scaffold: check" in labels
    assert tasks_of(here / "vscode/.vscode/tasks.json")["train"]["group"]["isDefault"]


def edit(path: Path) -> str:
    """Change the command of a generated task."""
    text = path.read_text().replace('"verify"', '"verify", "--backend", "jax"', 1)
    path.write_text(text)
    return text


def test_an_edited_task_is_a_conflict(here: Path) -> None:
    """It is named with its place, and nothing is written: not even other files."""
    done("vscode")
    path = here / ".vscode" / "tasks.json"
    text = edit(path)
    (here / ".vscode" / "extensions.json").unlink()
    before = snapshot(here)
    refused = run("vscode")
    assert refused.exit_code == 1
    line = text[: text.index('"label": "keras-scaffold: verify"')].count("\n")
    assert refused.stderr.startswith(
        "error[KS601]: `keras-scaffold: verify` was edited, or not written by "
        "keras-scaffold\n"
    )
    assert f"--> .vscode/tasks.json:{line}:5\n" in refused.stderr
    assert "--skip" in refused.stderr and "--force" in refused.stderr
    assert snapshot(here) == before


def test_diff_shows_what_force_would_do(here: Path) -> None:
    """The conflict is still one, and with --skip there is none to show."""
    done("vscode")
    edit(here / ".vscode" / "tasks.json")
    before = snapshot(here)
    shown = run("vscode", "--diff")
    assert (shown.exit_code, "error[KS601]" in shown.stderr) == (1, True)
    assert '"--backend"' in shown.stdout
    assert shown.stdout == run("vscode", "--force", "--diff").stdout
    assert run("vscode", "--skip", "--diff").stdout == ""
    assert snapshot(here) == before


def test_skip_and_force(here: Path) -> None:
    """`--skip` keeps the edit and writes the rest; `--force` replaces it."""
    done("vscode")
    path = here / ".vscode" / "tasks.json"
    as_written = path.read_text()
    text = edit(path)
    (here / ".vscode" / "extensions.json").unlink()
    done("vscode", "--skip")
    assert path.read_text() == text
    assert (here / ".vscode" / "extensions.json").exists()
    assert run("vscode").exit_code == 1  # it is still an edit
    done("vscode", "--force")
    assert path.read_text() == as_written


def test_an_edit_that_is_taken_back(here: Path) -> None:
    """What was skipped stays known: as it was again, it is brought up to date."""
    done("vscode")
    path = here / ".vscode" / "settings.json"
    path.write_text(path.read_text().replace('"model.yaml"', '"mine.yaml"'))
    specs = '[tool.keras-scaffold]\nspecs = ["a.yaml"]\n'
    (here / "pyproject.toml").write_text(specs)
    done("vscode", "--skip")
    assert content_of(path)["yaml.schemas"][f"./{SCHEMA}"][0] == "mine.yaml"
    path.write_text(path.read_text().replace('"mine.yaml"', '"model.yaml"'))
    done("vscode")
    assert content_of(path)["yaml.schemas"] == {f"./{SCHEMA}": ["a.yaml"]}


@pytest.mark.parametrize("editor", ["vscode", "jetbrains", "vim", "emacs"])
def test_a_change_of_settings_is_brought_in(editor: str, here: Path) -> None:
    """Unedited settings follow the project, including tasks for all specs."""
    done(editor)
    specs = '[tool.keras-scaffold]\nspecs = ["nets/**/*.{yaml,json}", "a.toml"]\n'
    (here / "pyproject.toml").write_text(specs)
    again = done(editor)
    assert "   update  " in again.stderr
    texts = [path.read_text() for path in here.rglob("*") if path.is_file()]
    assert any("nets" in text and "models/" not in text for text in texts)
    if editor == "vscode":
        tasks = tasks_of(here / ".vscode" / "tasks.json")
        assert tasks["keras-scaffold: check all specs"]["args"] == [
            "check",
            "--format",
            "short",
        ]
        schemas = content_of(here / ".vscode" / "settings.json")["yaml.schemas"]
        assert schemas == {f"./{SCHEMA}": ["nets/**/*.yaml"]}


@pytest.mark.parametrize("editor", EDITORS)
def test_what_is_not_needed_any_more_is_removed(editor: str, here: Path) -> None:
    """After a change and back, all files are as they were, and those of TOML gone."""
    (here / "a.toml").write_text("inputs = [4]\n")
    done(editor)
    before = snapshot(here)
    settings = here / "pyproject.toml"
    settings.write_text('[tool.keras-scaffold]\nspecs = ["a.toml"]\n')
    done(editor)
    assert (here / "tombi.toml").exists() and (here / ".taplo.toml").exists()
    texts = [path.read_text() for path in here.rglob("*") if path.is_file()]
    assert any("check all specs" in text for text in texts) == (
        editor not in ("vim", "emacs")
    )
    settings.unlink()
    trial = run(editor, "--pretend")
    assert "   remove  tombi.toml\n" in trial.stderr
    assert (here / "tombi.toml").exists()
    again = done(editor)
    assert again.stderr.count("   remove  ") == (4 if editor == "jetbrains" else 2)
    after = snapshot(here)
    assert set(after) == set(before)
    assert {path for path in after if after[path] != before[path]} <= {
        # Sections that became empty stay.
        *(path for path in after if "settings" in str(path)),
        *(path for path in after if str(path).endswith(".sublime-project")),
    }
    assert " identical" not in done(editor).stderr.replace("\nidentical", "")


def test_what_was_edited_is_not_removed(here: Path) -> None:
    """A task and a file of ours that the user edited are the user's from then on."""
    (here / "a.toml").write_text("inputs = [4]\n")
    settings = here / "pyproject.toml"
    settings.write_text('[tool.keras-scaffold]\nspecs = ["a.toml"]\n')
    done("vscode")
    path = here / ".vscode" / "tasks.json"
    edited = path.read_text().replace(
        '"label": "keras-scaffold: check all specs",',
        '"label": "keras-scaffold: check all specs", "detail": "mine",',
    )
    path.write_text(edited)
    (here / "tombi.toml").write_text("# mine\n")
    settings.unlink()
    result = done("vscode")
    assert "tombi.toml" not in result.stderr
    assert (here / "tombi.toml").read_text() == "# mine\n"
    assert not (here / ".taplo.toml").exists()
    tasks = tasks_of(path)
    assert tasks["keras-scaffold: check all specs"]["detail"] == "mine"
    assert "keras-scaffold: generate all specs" not in tasks
    before = snapshot(here)
    done("vscode")
    assert snapshot(here) == before


@pytest.mark.parametrize(
    ("editor", "covers"),
    [
        ("vscode", "a/*.{yaml,json}, b/**/c.yml"),
        ("vim", "a/*.{yaml,json}, b/**/c.yml"),
        ("sublime", "a/*.{yaml,json}, b/**/c.yml"),
        ("jetbrains", "a/*.{yaml,json}, b/**/c.yml"),
        ("zed", "a/*.yaml, b/**/c.yml"),
        ("emacs", "a/*.yaml, b/**/c.yml"),
    ],
)
def test_says_which_files_it_covers(editor: str, covers: str, here: Path) -> None:
    """The patterns of the settings, of the formats that the editor associates."""
    specs = '["a/*.{yaml,json,toml}", "b/**/c.yml"]'
    settings = here / "pyproject.toml"
    settings.write_text(f"[tool.keras-scaffold]\nspecs = {specs}\n")
    others = (
        "   others  keras-scaffold new SPEC --schema, or `specs` in pyproject.toml\n"
    )
    assert f"   covers  {covers}\n{others}" in done(editor).stderr
    (here / "a").mkdir()
    (here / "a" / "b.toml").write_text("inputs = [4]\n")
    if editor != "jetbrains":
        assert (
            "json,toml}" in done(editor).stderr or "{yaml,toml}" in done(editor).stderr
        )
    (here / ".taplo.toml").write_text("# mine\n")
    (here / "tombi.toml").write_text("# mine\n")
    assert f"   covers  {covers}\n" in done(editor).stderr


def test_names_specs_that_are_not_covered(here: Path) -> None:
    """Specs beside those of the project are in the command that covers them."""
    spec = "inputs: [4]\nlayers: [Dense(1)]\n"
    (here / "a b.yaml").write_text(f"name: a\n{spec}")
    (here / "c.toml").write_text("[inputs]\nx = [4]\n[[layers]]\nDense = 1\n")
    (here / "d.json").write_text('{"layers": ["Dense(1)"],\n"inputs": [4]}')
    (here / "model.yaml").write_text(spec)
    (here / "other.yaml").write_text("steps: [layers, inputs]\n")
    (here / "named.yaml").write_text(f"# yaml-language-server: $schema=a\n{spec}")
    (here / "pyproject.toml").write_text("[project]\nname = 'inputs'\n")
    (here / "bytes.yaml").write_bytes(b"\xff\xfe")
    (here / "pipe.yaml").mkdir()
    others = "   others  keras-scaffold new {} --schema, or `specs` in pyproject.toml\n"
    assert others.format("'a b.yaml' c.toml d.json") in done("vscode").stderr
    new = CliRunner().invoke(cli, ["new", "a b.yaml", "c.toml", "d.json", "--schema"])
    assert new.exit_code == 0, new.stderr
    assert others.format("SPEC") in done("vscode").stderr
    for number in range(5):
        (here / f"e{number}.yaml").write_text(spec)
    assert others.format("e0.yaml e1.yaml e2.yaml ...") in done("vscode").stderr


def test_patterns_without_a_suffix(here: Path) -> None:
    """`nets/*` may be any of the notations: each language server is told."""
    specs = '[tool.keras-scaffold]\nspecs = ["nets/*"]\n'
    (here / "pyproject.toml").write_text(specs)
    (here / "nets").mkdir()
    (here / "nets" / "a.toml").write_text("inputs = [4]\n")
    done("vscode")
    settings = content_of(here / ".vscode" / "settings.json")
    assert settings["yaml.schemas"] == {f"./{SCHEMA}": ["nets/*"]}
    assert settings["json.schemas"][0]["fileMatch"] == ["/nets/*"]
    assert 'include = ["nets/*"]' in (here / "tombi.toml").read_text()


def test_a_file_that_changes_meanwhile(here: Path) -> None:
    """A file that changed since it was read is not overwritten."""
    path = here / ".vscode" / "tasks.json"
    path.parent.mkdir()
    path.write_text(TASKS)
    result = set_up("vscode", here, ["model.yaml"])
    assert (
        plan(result.targets, root=here, settle=result.resolve_conflict).diagnostics
        == ()
    )
    path.write_text(TASKS.replace("train", "fit"))
    codes = [
        diagnostic.code
        for diagnostic in plan(
            result.targets, settle=result.resolve_conflict
        ).diagnostics
    ]
    assert codes == ["KS601"]


def test_the_page_says_what_is_so(here: Path) -> None:
    """The session in docs/editors.md, its table, and the lines for a vimrc."""
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    session = page.split("```console\n")[1].split("```")[0]
    assert session == f"$ keras-scaffold editor vscode\n{done('vscode').stderr}"
    (here / "experiments").mkdir()
    (here / "experiments" / "wide.yaml").write_text(
        "inputs: [4]\nlayers: [a = Dense(1), b = Dense(1), 'Add() <- a, b']\n"
    )
    session = page.split("```console\n")[2].split("```")[0]
    command, *_ = session.splitlines()
    new = CliRunner().invoke(cli, command.split()[2:])
    assert session == f"{command}\n{new.stderr}"
    first, _ = (here / "experiments" / "wide.yaml").read_text().split("\n", 1)
    assert first in page.split("```yaml\n")[1]
    done("vim")
    lines = page.split("```vim\n")[1].split("```")[0].strip()
    script = (here / ".keras-scaffold" / "specs.vim").read_text()
    assert lines in script.replace('"   ', "").replace('"  ', "  ")
    for name in EDITORS:
        (row,) = (line for line in page.splitlines() if line.startswith(f"| `{name}`"))
        for path in WRITTEN.get(name, ()):
            named = "<directory>.sublime-project" if name == "sublime" else path
            assert named in row or Path(named).name in row


def test_wrong_settings(here: Path) -> None:
    """They are findings of their own, and nothing is written."""
    (here / "pyproject.toml").write_text("[tool.keras-scaffold]\nspecs = [1]\n")
    refused = run("vscode")
    assert refused.exit_code == 1
    assert "pyproject.toml:2:" in refused.stderr and "Traceback" not in refused.stderr
    assert len(list(here.iterdir())) == 1


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        (".vscode/tasks.json", '{\n  "tasks": [}\n', ".vscode/tasks.json:2:13"),
        (".vscode/tasks.json", "\ufeff{]", ".vscode/tasks.json:1:2"),
        (
            ".vscode/tasks.json",
            '{\n  "version": "0.1.0", "command": "make"\n}\n',
            "`version` must be `2.0.0`\n --> .vscode/tasks.json:2:14",
        ),
        (".vscode/settings.json", "[]", ".vscode/settings.json:1:1"),
        (".vscode/extensions.json", '{"recommendations": 1}', "extensions.json:1:21"),
    ],
)
def test_a_file_that_cannot_be_added_to(
    name: str, text: str, place: str, here: Path
) -> None:
    """It is a finding with line and column, and nothing is written."""
    path = here / name
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    before = snapshot(here)
    refused = run("vscode")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("error[KS611]: ")
    assert f"{place}\n" in refused.stderr
    assert snapshot(here) == before


def test_other_things_in_the_way(here: Path) -> None:
    """Bytes that are no text, a directory, a link: findings, no traceback."""
    (here / ".vscode" / "settings.json").mkdir(parents=True)
    (here / ".vscode" / "tasks.json").write_bytes(b'{"a": "\xff"}')
    (here / ".vscode" / "extensions.json").symlink_to("elsewhere.json")
    refused = run("vscode")
    codes = {line[6:11] for line in refused.stderr.splitlines() if "error[" in line}
    assert codes == {"KS602", "KS603", "KS611"}
    (here / ".zed").symlink_to(here.parent)
    assert "KS602" in run("zed").stderr
    assert not (here.parent / "tasks.json").exists()


def test_the_record_in_the_way(here: Path) -> None:
    """What is no record is said once; one with half a character is none."""
    path = here / RECORD
    path.mkdir(parents=True)
    assert run("vim").stderr.count("error[KS603]") == 1
    path.rmdir()
    path.write_text('{"a": {"b": "\\ud800"}}')
    done("vim")
    assert "ud800" not in path.read_text()


def test_a_file_of_ones_own_is_a_conflict(here: Path) -> None:
    """A file that the tool did not write is not replaced without --force."""
    (here / ".dir-locals.el").write_text("((nil . ((fill-column . 88))))\n")
    refused = run("emacs")
    assert (refused.exit_code, "KS601" in refused.stderr) == (1, True)
    done("emacs", "--skip")
    assert "fill-column" in (here / ".dir-locals.el").read_text()
    done("emacs", "--force")
    assert "keras-scaffold" in (here / ".dir-locals.el").read_text()
    done("emacs")


@pytest.mark.parametrize(
    "record", ["", "[]", '{"a": 1}', "{", '{".vscode/tasks.json": 1}']
)
def test_a_record_that_is_lost(record: str, here: Path) -> None:
    """What is as it is to be, is known again; what is not, is a conflict."""
    done("vscode")
    (here / RECORD).write_text(record)
    done("vscode")
    assert content_of(here / RECORD)[".vscode/tasks.json"]
    edit(here / ".vscode" / "tasks.json")
    (here / RECORD).write_text(record)
    assert run("vscode").exit_code == 1


@pytest.mark.parametrize("option", ["--pretend", "--diff"])
def test_trials(option: str, here: Path) -> None:
    """They report what would be done, and write nothing."""
    path = here / ".vscode" / "tasks.json"
    path.parent.mkdir()
    path.write_text(TASKS)
    before = snapshot(here)
    tried = run("vscode", option)
    assert tried.exit_code == 0
    assert "   update  .vscode/tasks.json\n" in tried.stderr
    assert snapshot(here) == before
    if option == "--diff":
        lines = tried.stdout[
            tried.stdout.index("--- .vscode/tasks.json") :
        ].splitlines()
        gone = [line for line in lines[2:] if line.startswith("-")]
        assert gone == []  # nothing of the user's goes
        assert '+            "label": "keras-scaffold: check",' in lines


def test_unwanted_recommendations(here: Path) -> None:
    """An unwanted extension is not recommended again."""
    path = here / ".vscode" / "extensions.json"
    path.parent.mkdir()
    path.write_text('{"unwantedRecommendations": ["redhat.vscode-yaml"]}')
    done("vscode")
    assert path.read_text() == '{"unwantedRecommendations": ["redhat.vscode-yaml"]}'


def test_a_project_of_sublime(here: Path) -> None:
    """An existing project file is used, whatever its name."""
    path = here / "mine.sublime-project"
    path.write_text('{\n\t"folders": [{"path": "src"}] // only these\n}\n')
    done("sublime")
    assert list(here.glob("*.sublime-project")) == [path]
    value = content_of(path)
    assert value["folders"] == [{"path": "src"}]
    assert value["build_systems"][0]["cmd"][:3] == ["keras-scaffold", "new", "$file"]
    assert '"src"}], // only these\n\t"build_systems": [\n' in path.read_text()


def test_specs_in_toml(here: Path) -> None:
    """Where there are some, the servers of TOML are told; a file of one's own stays."""
    (here / "models").mkdir()
    (here / "models" / "a.toml").write_text("inputs = [4]\n")
    (here / "tombi.toml").write_text("# mine\n")
    done("vscode")
    assert (here / "tombi.toml").read_text() == "# mine\n"
    rules = tomllib.loads((here / ".taplo.toml").read_text())["rule"]
    assert rules == [
        {
            "include": ["model.toml", "*.model.toml", "models/*.toml"],
            "schema": {"path": SCHEMA},
        }
    ]
    done("vscode", "--force")
    assert (here / "tombi.toml").read_text() == "# mine\n"


def test_files_of_jetbrains(here: Path) -> None:
    """All are XML; a schema of the user's stays, and the IDE may sort ours anew."""
    path = here / ".idea" / "jsonSchemas.xml"
    path.parent.mkdir()
    path.write_text(
        '<project version="4">\n  <component name="JsonSchemaMappingsProject'
        'Configuration">\n    <state>\n      <map>\n        <entry key="mine"/>\n'
        "      </map>\n    </state>\n  </component>\n</project>\n"
    )
    done("jetbrains")
    for file in (here / ".idea").rglob("*.xml"):
        ElementTree.parse(file)
    entries = ElementTree.parse(path).findall(".//map/entry")
    assert [entry.get("key") for entry in entries] == ["mine", "keras-scaffold specs"]
    tree = ElementTree.parse(path)
    for item in tree.iter("SchemaInfo"):
        item[:] = reversed(item)
    tree.write(path)
    anew = path.read_text()
    done("jetbrains")
    assert path.read_text() == anew


def test_commands_of_the_tasks_are_commands(here: Path) -> None:
    """The commands and options in tasks exist."""
    done("vscode")
    for task in tasks_of(here / ".vscode" / "tasks.json").values():
        name, *arguments = task["args"]
        help_ = CliRunner().invoke(cli, [name, "--help"])
        assert help_.exit_code == 0
        for option in arguments:
            assert not option.startswith("--") or option in help_.output


@pytest.mark.parametrize(
    "arguments",
    [(), ("notepad",), ("vscode", "--dir", "nowhere"), ("vim", "--force", "--skip")],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...], here: Path) -> None:
    """A wrong command line is a usage error, not a finding."""
    assert run(*arguments).exit_code == 2
    assert os.listdir(here) == []


def test_the_schema_is_that_of_the_command(here: Path) -> None:
    """Editors get what `keras-scaffold schema` prints."""
    done("zed")
    printed = CliRunner().invoke(cli, ["schema"]).stdout
    assert json.loads((here / SCHEMA).read_text()) == json.loads(printed)
