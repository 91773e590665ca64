"""`keras-scaffold new layer`, `loss`, `metric` and `callback`, as users see them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scaffold.cli.commands.new import PARTS
from scaffold.cli.main import cli
from scaffold.output import is_untouched

SPEC = "inputs: [4]\nlayers: [Dense(3)]\n"


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run each test in a directory of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(*args: str, text: str = "") -> Result:
    """Run `keras-scaffold new`."""
    return CliRunner(catch_exceptions=False).invoke(
        cli, ["new", *args], input=text, prog_name="keras-scaffold"
    )


def files(directory: Path) -> list[str]:
    """Return the names of all files."""
    return sorted(path.name for path in directory.rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", PARTS)
def test_each_kind(kind: str, directory: Path) -> None:
    """One file, with its digest, and what to do next."""
    done = new(kind, "MeanGap")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert done.stderr == (
        "   create  mean_gap.py\n"
        '     next  python -c "import mean_gap; help(mean_gap.MeanGap)"\n'
    )
    assert files(directory) == ["mean_gap.py"]
    text = Path("mean_gap.py").read_text()
    assert is_untouched(text) and f"# By keras-scaffold new {kind} MeanGap; " in text


def test_with_tests(directory: Path) -> None:
    """Tests are written too; both files are identical the second time."""
    done = new("loss", "mean_gap", "--tests", "-p", "delta=2.5")
    assert done.stderr == (
        "   create  mean_gap.py\n"
        "   create  test_mean_gap.py\n"
        "     next  python -m pytest test_mean_gap.py\n"
    )
    assert files(directory) == ["mean_gap.py", "test_mean_gap.py"]
    assert "delta=2.5" in Path("mean_gap.py").read_text()
    again = new("loss", "mean_gap", "--tests", "-p", "delta=2.5")
    assert again.stderr.count("identical") == 2


def test_another_param_is_an_update() -> None:
    """As long as nobody has edited the file."""
    new("layer", "Wide", "--tests")
    assert new("layer", "Wide", "--tests", "--check").exit_code == 0
    stale = new("layer", "Wide", "--tests", "-p", "units=64", "--check")
    assert stale.exit_code == 1
    assert stale.stderr == "wide.py is not up to date\n"
    assert "   update  wide.py\nidentical  test_wide.py\n" in (
        new("layer", "Wide", "--tests", "-p", "units=64").stderr
    )
    assert new("layer", "Other", "--check").stderr == "other.py does not exist\n"


def test_all_or_nothing(directory: Path) -> None:
    """An edited file among the two keeps the other one from being written."""
    Path("test_wide.py").write_text("# Mine.\n")
    done = new("layer", "Wide", "--tests")
    assert done.exit_code == 1
    assert "   create  wide.py\n conflict  test_wide.py\n" in done.stderr
    assert "KS601" in done.stderr
    assert files(directory) == ["test_wide.py"]
    shown = new("layer", "Wide", "--tests", "--diff")
    assert shown.exit_code == 1
    assert "-# Mine." in shown.stdout and "+class Wide(" in shown.stdout
    assert Path("test_wide.py").read_text() == "# Mine.\n"
    forced = new("layer", "Wide", "--tests", "--force")
    assert forced.exit_code == 0 and "    force  test_wide.py" in forced.stderr
    assert is_untouched(Path("test_wide.py").read_text())


@pytest.mark.parametrize("option", ["--pretend", "--diff"])
def test_trials_write_nothing(option: str, directory: Path) -> None:
    """They report or show the changes, and write nothing."""
    done = new("metric", "Share", "--tests", option)
    assert done.exit_code == 0
    assert "   create  share.py\n   create  test_share.py\n" == done.stderr
    assert ("+class Share(" in done.stdout) == (option == "--diff")
    assert files(directory) == []


def test_another_place(directory: Path) -> None:
    """The tests import the file by its own name, packages around it included."""
    package = directory / "models" / "own"
    package.mkdir(parents=True)
    (directory / "models" / "__init__.py").touch()
    (package / "__init__.py").touch()
    done = new("layer", "Wide", "--tests", "-o", "models/own/wider.py")
    assert "python -m pytest models/own/test_wider.py" in done.stderr
    text = (package / "test_wider.py").read_text()
    assert "from models.own.wider import Wide\n" in text
    assert 'package="wide"' in (package / "wider.py").read_text()
    new("layer", "Wide", "-o", "plain/wider.py", "--tests")
    assert "from wider import Wide\n" in Path("plain/test_wider.py").read_text()
    without = new("layer", "Wide", "-o", "plain/it.py")
    assert 'cd plain && python -c "import it; help(it.Wide)"' in without.stderr
    odd = new("layer", "Wide", "-o", "my-wide.py")
    assert "next  python -i my-wide.py" in odd.stderr


def test_standard_output(directory: Path) -> None:
    """Nothing but the source is printed."""
    done = new("callback", "Timer", "-o", "-")
    assert done.exit_code == 0 and done.stderr == ""
    assert is_untouched(done.stdout)
    assert files(directory) == []


@pytest.mark.parametrize(
    ("args", "text"),
    [
        (("layer",), "Missing argument 'NAME'"),
        (("layer", "A", "B"), "unexpected extra argument"),
        (("layer", "Wide", "-p", "units"), "not of the form name=value"),
        (("layer", "Wide", "--style", "auto"), "No such option"),
        (("layer", "Wide", "-o", "-", "--tests"), "--tests cannot be used with -o -"),
        (("layer", "Wide", "-o", "-", "--force"), "no file to compare"),
        (("layer", "Wide", "-o", ""), "-o requires a file name"),
        (("--style", "subclass", "layer", "Wide"), "to generate a layer, write"),
        (("cnn", "--tests"), "No such option"),
    ],
)
def test_wrong_usage(args: tuple[str, ...], text: str, directory: Path) -> None:
    """A wrong command line prints the usage, and exits with 2."""
    done = new(*args)
    assert done.exit_code == 2
    assert text in done.stderr
    usage = "layer [OPTIONS] NAME" if args[0] == "layer" else "[OPTIONS] [SPEC...]"
    assert done.stderr.startswith(f"Usage: keras-scaffold new {usage}\n")
    assert files(directory) == []


@pytest.mark.parametrize(
    ("args", "text"),
    [
        (("Dense",), "error[KS211]: the layer `Dense` hides `keras.layers.Dense`"),
        (("Wide", "-p", "units=0"), "error[KS215]: `units` must be at least 1, not 0"),
        (("Wide", "-o", "my-wide.py", "--tests"), "error[KS208]: tests cannot import"),
        (("Wide", "-o", "class.py", "--tests"), "error[KS208]: tests cannot import"),
        (("Wide", "-o", "wide.txt", "--tests"), "error[KS208]: tests cannot import"),
        (("Random",), "error[KS606]: a script `random.py` would shadow"),
    ],
)
def test_findings(args: tuple[str, ...], text: str, directory: Path) -> None:
    """They exit with 1, with help, and nothing is written."""
    done = new("layer", *args)
    assert done.exit_code == 1
    assert text in done.stderr and "= help: " in done.stderr
    assert files(directory) == []


@pytest.mark.parametrize("name", ["", ".", "../x", "a/b", "a\nb", "\udcff", "x" * 300])
def test_names_that_are_none(name: str, directory: Path) -> None:
    """It is a finding, and nothing is written."""
    for option in ("--tests", "--force"):
        done = new("loss", name, option)
        assert done.exit_code == 1 and "error[KS208]" in done.stderr
    long = new("loss", "Wide", "--tests", "-o", f"{'x' * 300}/wide.py")
    assert long.exit_code == 1 and "error[KS604]" in long.stderr
    assert files(directory) == [] and not (directory.parent / "x.py").exists()


def test_help() -> None:
    """`new` lists the parts; each part has help of its own, with what is usual."""
    text = new("--help").stdout
    for kind in PARTS:
        assert f"{kind} NAME" in text
        own = new(kind, "--help")
        assert own.exit_code == 0
        assert own.stdout.startswith(f"Usage: keras-scaffold new {kind} [OPTIONS] NAME")
        assert "--tests" in own.stdout and "--style" not in own.stdout
    assert "--style" in text and "--tests" not in text
    assert "--param units=32" in " ".join(new("layer", "--help").stdout.split())


def test_a_spec_that_is_called_like_a_part(directory: Path) -> None:
    """A file with the name of a part is accessible by its path."""
    Path("layer").write_text(SPEC)
    done = new("./layer")
    assert done.exit_code == 0 and "layer.py (sequential)" in done.stderr
    assert "layers.Dense(3)" in Path("layer.py").read_text()
    assert new("--style", "functional", "layer", "-o", "-").exit_code == 0
    assert "KS101" in new("--", "layer", "-o").stderr
    Path("layer.yaml").write_text(SPEC)
    assert "create  other.py" in new("layer.yaml", "-o", "other.py").stderr
    assert "keras.Sequential(" in new("-", "-o", "-", text=SPEC).stdout
    assert "create  cnn.py" in new("cnn").stderr
    assert "create  linear_regression.py" in new().stderr
