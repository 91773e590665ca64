"""Completion, tested in the shells themselves."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from scaffold.cli.commands.completion import SHELLS
from scaffold.cli.commands.new import PARTS
from scaffold.cli.main import COMMANDS, COMPLETION_VARIABLE, cli
from scaffold.cli.new_part import part_command
from scaffold.cli.shells import SCRIPTS, register_shells, split
from scaffold.pipeline import Source, check
from scaffold.spec import preset_names, preset_path
from tests.tools.find import program
from tests.tools.keyboard import BASH, ZSH, Shell
from tests.tools.terminal import Terminal

ROOT = Path(__file__).parents[2]
TOOL = "keras-scaffold"

COMPLETED = {
    "ne": "new ",
    "new --style f": "new --style functional ",
    "new --style=f": "new --style=functional ",
    "new lin": "new linear_regression ",
    "new lay": "new layer ",
    "new layer --par": "new layer --param ",
    "new layer -p un": "new layer -p units=",
    "new cnn -p f": "new cnn -p filters=",
    "new -p filters=3 cnn --param=d": "new -p filters=3 cnn --param=dropout_rate=",
    "new --with train_step,compute_l": "new --with train_step,compute_loss ",
    "init --preset=cn": "init --preset=cnn ",
    "init --backend t": "init --backend t",  # two fit
    "check --format g": "check --format github ",
    "presets tree": "presets tree_rnn ",
    "layers Dens": "layers Dense ",
    "layers conv2dt": "layers Conv2DTranspose ",
    "layers MaxPool2": "layers MaxPool2D ",
    "explain KS60": "explain KS60",
    "explain ks206": "explain KS206 ",
    "explain unknown-t": "explain unknown-tensor ",
    "check my": r"check my\ model.yaml ",
    "check 'my": "check 'my model.yaml' ",
    'check "my': 'check "my model.yaml" ',
    r"check my\ m": r"check my\ model.yaml ",
    "check spe": "check specs/",
    "check specs/": "check specs/digits.toml ",
    "check ~/far": "check ~/far.yml ",
    "check $HOME/far": "check $HOME/far.yml ",
    "verify my_": "verify my_code.py ",
    "check my_": "check my_",  # code is no spec
    "compare siam": "compare siamese ",
    "compare cnn --format h": "compare cnn --format html ",
    "new --style al": "new --style all ",
    "diagram siam": "diagram siamese ",
    "diagram my_": "diagram my_",
    "diagram cnn -p f": "diagram cnn -p filters=",
    "diagram cnn -o specs/n": "diagram cnn -o specs/notes.txt ",
    "schema -o specs/n": "schema -o specs/notes.txt ",
    "init spe": "init specs/",
    "init --spec far": "init --spec far",
}
"""What is typed, and the line after the tab key."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory to work in, with specs, beside a home directory."""
    place = tmp_path_factory.mktemp("shell") / "work"
    for path in (
        "my model.yaml",
        "b:c.json",
        "my_code.py",
        "specs/digits.toml",
        "specs/notes.txt",
        "../home/far.yml",
    ):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).touch()
    return place


@pytest.fixture(scope="module")
def environment(place: Path) -> dict[str, str]:
    """The environment of a shell that has the command."""
    command = place.parent / "bin" / TOOL
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m scaffold "$@"\n')
    command.chmod(0o755)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    home = str(place.parent / "home")
    return {
        **os.environ,
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "HOME": home,
        "ZDOTDIR": home,
        "HISTFILE": "",
    }


def script(shell: str) -> str:
    """Return the completion script of a shell."""
    done = CliRunner(catch_exceptions=False).invoke(cli, ["completion", shell])
    assert done.exit_code == 0 and done.stderr == ""
    return done.stdout


def start_bash(place: Path, environment: Mapping[str, str], start: str) -> Terminal:
    """Start bash with some lines that it reads first."""
    rc = place.parent / "home" / "bashrc"
    rc.write_text(f"{start}{BASH}")
    command = [program("bash"), "--noprofile", "--rcfile", str(rc), "-i"]
    return Terminal(command, place, environment)


@pytest.fixture(scope="module")
def bash(place: Path, environment: dict[str, str]) -> Iterator[Shell]:
    """Bash, whose users complete by `eval "$(keras-scaffold completion bash)"`."""
    start = f'eval "$({TOOL} completion bash)"\n'
    with start_bash(place, environment, start) as terminal:
        yield Shell(terminal)


@pytest.fixture(scope="module")
def zsh(place: Path, environment: dict[str, str]) -> Iterator[Shell]:
    """Zsh, which finds the script in its `fpath`."""
    home = place.parent / "home"
    (home / "_keras-scaffold").write_text(script("zsh"))
    start = f"fpath=('{home}' $fpath)\nautoload -Uz compinit && compinit -u -D\n"
    (home / ".zshrc").write_text(start + ZSH)
    command = [program("zsh"), "--no-globalrcs", "-i"]
    with Terminal(command, place, environment) as terminal:
        yield Shell(terminal)


def fish(place: Path, environment: Mapping[str, str], *typed: str) -> list[list[str]]:
    """Return the candidates and descriptions that fish shows for lines."""
    lines = "\n".join(f"echo ==; complete -C {ask(item)}" for item in typed)
    done = subprocess.run(
        [program("fish"), "--no-config"],
        input=f"{TOOL} completion fish | source\n{lines}\n",
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    assert done.stderr == ""
    return [part.split("\n")[1:-1] for part in done.stdout.split("==")[1:]]


def ask(text: str) -> str:
    """Quote a command line of the tool for fish."""
    text = f"{TOOL} {text}".replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'"


@pytest.mark.parametrize("typed", COMPLETED)
def test_bash(bash: Shell, typed: str) -> None:
    """Bash completes what is typed."""
    assert bash.complete(f"{TOOL} {typed}") == f"{TOOL} {COMPLETED[typed]}"


@pytest.mark.parametrize("typed", COMPLETED)
def test_zsh(zsh: Shell, typed: str) -> None:
    """Zsh completes what is typed."""
    assert zsh.complete(f"{TOOL} {typed}") == f"{TOOL} {COMPLETED[typed]}"


def test_bash_cuts_words_at_colons(bash: Shell) -> None:
    """The text before a colon is not repeated."""
    assert bash.complete(f"{TOOL} check b:") == f"{TOOL} check b:c.json "
    assert bash.complete(f"{TOOL} check b:c") == f"{TOOL} check b:c.json "


def test_bash_completes_behind_other_words(bash: Shell) -> None:
    """The command may follow another one, and be called by its path."""
    typed = f"true; WIDTH=1 ../bin/{TOOL} layers Dens"
    assert bash.complete(typed) == f"{typed}e "


def test_bash_keeps_the_order(bash: Shell) -> None:
    """Candidates are in the order of the tool, such as for styles."""
    every = "auto sequential functional subclass all "
    assert bash.complete(f"{TOOL} new --style ", "\x1b*").endswith(f" {every}")


def test_old_bash(place: Path, environment: dict[str, str]) -> None:
    """Bash without `compopt` and `nosort`, such as 3.2, completes all the same."""
    start = f"""
complete() {{ [[ $* != *nosort* ]] && builtin complete "$@"; }}
enable -n compopt
eval "$({TOOL} completion bash)"
"""
    with start_bash(place, environment, start) as terminal:
        shell = Shell(terminal)
        for typed in ("new --style=f", "layers Dens", "check my", "check 'my"):
            wanted = f"{TOOL} {COMPLETED[typed]}"
            assert shell.complete(f"{TOOL} {typed}") == wanted


def test_zsh_says_what_presets_are(zsh: Shell) -> None:
    """Candidates have descriptions."""
    shown = zsh.listed(f"{TOOL} new c", "\x04")
    assert re.search("^cnn +-- Sorts grey pictures of 28x28 pixels", shown, re.M)
    assert re.search("^callback +-- Generate a custom callback.", shown, re.M)


def test_zsh_gives_all(zsh: Shell) -> None:
    """Styles are offered in their order, and all commands."""
    styles = " ".join(
        f"--style={style}" for style in "auto sequential functional subclass".split()
    )
    line = zsh.complete(f"{TOOL} new --style=", "\x18")
    assert line == f"{TOOL} new {styles} "
    assert zsh.complete(f"{TOOL} ", "\x18").split()[1:] == sorted(COMMANDS)


def test_fish(place: Path, environment: dict[str, str]) -> None:
    """Fish has the same candidates; it quotes and ends them itself."""
    got = fish(place, environment, *COMPLETED)
    for (typed, wanted), pair in zip(COMPLETED.items(), got, strict=True):
        values = [line.split("\t")[0] for line in pair]
        if typed == wanted:  # nothing fits, or more than one
            assert len(values) != 1
        else:
            before, word = split(typed)[:-1], split(wanted.removesuffix(" "))[-1]
            assert [*before, *values] == [*split(typed)[:-1], word], typed


def test_fish_says_what_candidates_are(
    place: Path, environment: dict[str, str]
) -> None:
    """Candidates have descriptions, which commas do not cut off."""
    presets, codes, params = fish(
        place, environment, "new adap", "explain KS206", "new cnn -p f"
    )
    purpose = "Classifies examples, and takes more steps for the hard ones."
    assert presets == [f"adaptive_depth\t{purpose}"]
    assert len(codes) == 1 and codes[0].startswith("KS206\trepeated-argument: ")
    text = "Filters of the first convolution; the second has twice as many."
    assert params == [f"filters=\t{text} (default: 32)"]


def answer(place: Path, shell: str, **message: str) -> list[list[str]]:
    """Request completions as the script of a shell does."""
    register_shells()
    asked = {f"_KERAS_SCAFFOLD_{name.upper()}": text for name, text in message.items()}
    runner = CliRunner(catch_exceptions=False)
    with contextlib.chdir(place):
        done = runner.invoke(
            cli,
            [],
            prog_name=TOOL,
            env={**asked, COMPLETION_VARIABLE: f"{shell}_complete"},
        )
    assert done.exit_code == 0 and done.stderr == ""
    return [line.split("\t") for line in done.stdout.split("\n") if line]


@pytest.mark.parametrize("typed", COMPLETED)
def test_powershell_is_answered(place: Path, typed: str) -> None:
    """PowerShell gets the same candidates as other shells."""
    wanted, home = COMPLETED[typed], str(place.parent / "home")
    words = [TOOL, *split(typed.replace("~", home).replace("$HOME", home))]
    results = answer(place, "powershell", line="\n".join(words), word=words[-1])
    if typed == wanted:
        assert len(results) != 1
    else:
        ((kind, value, *about),) = results
        word = split(wanted.removesuffix(" "))[-1]
        assert value == word.replace("~", home).replace("$HOME", home)
        assert kind in ("word", "open", "path") and len(about) < 2


def test_powershell_cuts_words_at_commas(place: Path) -> None:
    """PowerShell gets only the text after the last comma."""
    line = "\n".join([TOOL, "new", "--with", "train_step,compute_l"])
    results = answer(place, "powershell", line=line, word="compute_l")
    assert results == [["word", "compute_loss"]]


def test_powershell_script_is_powershell() -> None:
    """The script parses with a grammar of PowerShell."""
    import tree_sitter
    import tree_sitter_powershell

    language = tree_sitter.Language(tree_sitter_powershell.language())
    text = script("powershell").encode()
    assert not tree_sitter.Parser(language).parse(text).root_node.has_error
    assert tree_sitter.Parser(language).parse(text[:-4]).root_node.has_error


def test_presets_are_all_described(place: Path) -> None:
    """Every preset is offered, with the description that its spec has."""
    results = answer(place, "zsh", line=f"{TOOL} presets ")
    assert [name for _, name, _ in results] == list(preset_names())
    for _, name, about in results:
        path = preset_path(name)
        assert path is not None
        model = check(Source(path.read_bytes(), path.name)).model
        assert model is not None and model.graph.description == about


def test_options_of_every_command_are_offered(place: Path) -> None:
    """The options in `--help` are offered, with descriptions."""
    for command in COMMANDS:
        results = answer(place, "zsh", line=f"{TOOL} {command} -")
        page = CliRunner().invoke(cli, [command, "--help"]).stdout
        options = set(
            re.findall(r"(?<![\w-])--?[a-z][a-z-]*", page.split("Options:")[1])
        )
        listed = {name for _, name, *_ in results}
        assert {"-h", "--help"} <= listed <= options
        assert all(about for _, _, *about in results)


NOT_COMPLETED = {
    **{(f"new {kind}", "name"): "its author invents it" for kind in PARTS},
    ("compare", "width"): "any number",
    ("verify", "timeout"): "any number",
    ("verify", "memory"): "any number",
}
"""The parameters without completion, and why."""


def commands() -> Iterator[tuple[str, click.Command]]:
    """Return every command, and those that write parts."""
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        yield name, command
    for kind, summary in PARTS.items():
        yield f"new {kind}", part_command(kind, summary)


def test_every_parameter_is_completed() -> None:
    """Every argument, and every option with a value, has candidates."""
    lacking = set()
    for name, command in commands():
        ctx = command.make_context(name, [], resilient_parsing=True)
        ctx.params |= {"spec": "cnn", "specs": ("cnn",)}  # for names of params
        for param in command.params:
            is_flag = isinstance(param, click.Option) and param.is_flag
            if not is_flag and not param.shell_complete(ctx, ""):
                lacking.add((name, str(param.name)))
    assert lacking == set(NOT_COMPLETED)


@pytest.mark.parametrize(
    "line",
    [
        "check no_such_directory/",
        "check \a",
        "layers Nothing",
        "new layer Name ",
        "new broken.yaml -p ",
        "new - -p ",
        "new no_such_file -p ",
        "completion bash ",
    ],
)
def test_nothing_fits(place: Path, line: str) -> None:
    """Nothing is printed if nothing matches or can be read."""
    (place / "broken.yaml").write_text("- [", encoding="utf-8")
    try:
        assert answer(place, "zsh", line=f"{TOOL} {line}") == []
    finally:
        (place / "broken.yaml").unlink()


def test_names_that_are_no_line_are_left_out(tmp_path: Path) -> None:
    """A file whose name has control characters is not offered."""
    for name in ("a\nword\tb.yaml", "a\tb.yaml", "a.yaml", "a\x1b[0m.yaml"):
        (tmp_path / name).touch()
    assert answer(tmp_path, "zsh", line=f"{TOOL} check a.") == [["path", "a.yaml"]]
    results = answer(tmp_path, "zsh", line=f"{TOOL} init --spec a")
    assert results == [["path", "a.yaml"]]


def test_hidden_files_need_a_dot(tmp_path: Path) -> None:
    """Hidden files are offered if a dot was typed."""
    (tmp_path / ".model.yaml").touch()
    assert answer(tmp_path, "fish", line=f"{TOOL} init --spec ") == []
    assert answer(tmp_path, "fish", line=f"{TOOL} init --spec .") == [[".model.yaml"]]


def test_names_like_options(tmp_path: Path) -> None:
    """A file whose name looks like an option is offered as a file."""
    (tmp_path / "-rf.yaml").touch()
    (tmp_path / "-rf").mkdir()
    line = f"{TOOL} init --spec "
    assert answer(tmp_path, "fish", line=line) == [["./-rf.yaml"], ["./-rf/"]]
    results = answer(tmp_path, "fish", line=f"{TOOL} check -- -r")
    assert results == [["-rf.yaml"], ["-rf/"]]


def test_no_pipe_is_waited_for(tmp_path: Path) -> None:
    """Completion of params does not read pipes."""
    os.mkfifo(tmp_path / "pipe.yaml")
    line = f"{TOOL} new pipe.yaml -p "
    done = subprocess.run(
        [sys.executable, "-m", "scaffold"],
        cwd=tmp_path,
        env={
            **os.environ,
            COMPLETION_VARIABLE: "fish_complete",
            "_KERAS_SCAFFOLD_LINE": line,
        },
        capture_output=True,
        timeout=20,
    )
    assert (done.stdout.strip(), done.stderr) == (b"", b"")


@given(st.lists(st.text(st.characters(exclude_characters="\0"))))
def test_words_are_split_as_shells_do(words: list[str]) -> None:
    """Splitting quoted words returns the same words."""
    assert split(shlex.join([*words, "end"])) == [*words, "end"]
    assert split(shlex.join(words) + " ") == [*words, ""]


@given(st.text("ab \\'\"=#", max_size=12))
def test_any_line_is_split(line: str) -> None:
    """With an open quote, the last word is the typed text."""
    words = split(line)
    assert words and len(words[-1]) <= len(line)
    assert split(f"{line}\\x")[-1].endswith("x")


def test_help_for_installing() -> None:
    """Without a shell, it prints instructions, for the current shell first."""
    runner = CliRunner(catch_exceptions=False)
    for used in SHELLS:
        done = runner.invoke(cli, ["completion"], env={"SHELL": f"/usr/bin/{used}"})
        assert done.exit_code == 0
        assert done.stdout.startswith(SHELLS[used])
        assert all(text in done.stdout for text in SHELLS.values())
    assert runner.invoke(cli, ["completion", "tcsh"]).exit_code == 2


def test_every_shell_has_a_script() -> None:
    """Every shell has a script, also through the variable of Click."""
    assert list(SHELLS) == list(SCRIPTS)
    register_shells()
    for shell in SHELLS:
        done = CliRunner().invoke(
            cli, [], prog_name=TOOL, env={COMPLETION_VARIABLE: f"{shell}_source"}
        )
        assert done.stdout == script(shell)
