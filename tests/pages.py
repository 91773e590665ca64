"""Pages that show commands and code: README.md and pages of docs/.

What they show is run: each command in a block of the language `console`, and the
generation of the Python code below `--style subclass`. `make docs` writes the results
into the pages; a test compares them.
"""

from __future__ import annotations

import ast
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scaffold import Source, generate
from scaffold.diagnostics import report
from scaffold.render.formatting import format_source
from tests.tools.shell import Shell

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = ROOT / "docs"
PICTURE = DOCS / "diagrams" / "faces.svg"

TESTED_ELSEWHERE = {
    "catalogue.md": "tests/catalogue/test_against_keras.py",
    "choosing-a-style.md": "tests/test_choosing.py",
    "comparing.md": "tests/cli/test_compare.py",
    "diagnostics.md": "tests/diagnostics/test_codes.py",
    "editors.md": "tests/cli/test_editor.py",
    "tutorial.md": "tests/test_tutorial.py",
}
"""Pages with commands that other tests run."""

CODE_WIDTH = 50
"""The columns of code in a table: two of them are side by side on GitHub."""

_SHOWN = ("__init__", "call")
"""The methods of a class that a table has room for."""

_INTERRUPTED = 130
"""The exit code after Ctrl-C."""

_FAILED = re.compile(r"^error\[|^ *conflict  ", re.MULTILINE)
_SPEC = re.compile(r"^```yaml\n(# (\S+\.yaml)\n.*?)^```$", re.DOTALL | re.MULTILINE)
_CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
_CODE = re.compile(
    r"(^`--style (\w+)`\n\n```python\n).*?(?=^```$)",
    re.DOTALL | re.MULTILINE,
)


def pages() -> list[Path]:
    """Return the pages whose commands are run."""
    return [
        path
        for path in (README, *sorted(DOCS.glob("*.md")))
        if path.name not in TESTED_ELSEWHERE and _runs_something(path)
    ]


def needs_keras(command: str) -> bool:
    """Check whether a command runs generated code."""
    return bool(re.match(r"keras-scaffold verify|python ", command))


def commands(text: str) -> Iterator[str]:
    """Return the commands of a page, in order."""
    for block in _CONSOLE.findall(text):
        yield from (command for command, _ in _steps(block))


def specs(text: str) -> dict[str, str]:
    """Return the specs of a page by the file name in their first line."""
    return {name: spec for spec, name in _SPEC.findall(text)}


def refreshed(text: str, *, keras: bool = True) -> str:
    """Return a page with the results of today.

    Args:
        text: The page in Markdown.
        keras: Whether commands that need Keras are run. If not, their output stays.

    Raises:
        ValueError: A command fails.
    """
    shown = specs(text)
    text = _CODE.sub(lambda match: match[1] + _code(shown, match[2]), text)
    with tempfile.TemporaryDirectory() as directory:
        shell = Shell(Path(directory))
        for name, spec in shown.items():
            (shell.work / name).write_text(spec, encoding="utf-8")

        def rerun(match: re.Match[str]) -> str:
            steps = []
            for command, before in _steps(match[0]):
                output = before
                if keras or not needs_keras(command):
                    output = _run(shell, command, before)
                # A page that showed no output shows none.
                steps.append(f"$ {command}\n{output if before else ''}")
            return "".join(steps)

        return _CONSOLE.sub(rerun, text)


def _run(shell: Shell, command: str, before: str) -> str:
    """Return the output of a command.

    Args:
        shell: The shell that runs it.
        command: The command.
        before: The output that the page shows. If it has an error, one is expected.

    Raises:
        ValueError: The command fails, or does not fail as the page shows.
    """
    output, code = shell.run(command)
    fails = bool(_FAILED.search(output))
    expected = _INTERRUPTED if " --watch" in command else int(fails)
    if code != expected or fails != bool(_FAILED.search(before)):
        raise ValueError(f"{command}: exit code {code}\n{output}")
    return output


def _runs_something(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return any(commands(text)) or bool(_CODE.search(text))


def _steps(block: str) -> Iterator[tuple[str, str]]:
    """Split a block into commands, each with the output below it."""
    for step in block.removeprefix("$ ").split("\n$ "):
        command, _, output = step.partition("\n")
        yield command, output and output.rstrip("\n") + "\n"


def _code(shown: dict[str, str], style: str) -> str:
    """Return the model in the code of a page's first spec.

    It has no docstrings, and lines so short that two files fit beside each other.
    """
    name, spec = next(iter(shown.items()))
    generated, checked = generate(Source(spec.encode(), name), style)
    if generated is None:
        raise ValueError(report(checked.diagnostics, "short"))
    classes: list[ast.ClassDef] = []
    functions: list[ast.FunctionDef] = []
    for node in ast.parse(generated.text).body:
        if isinstance(node, ast.ClassDef):
            classes.append(node)
        elif isinstance(node, ast.FunctionDef) and node.name == "build_model":
            functions.append(node)
    (model,) = classes or functions
    return format_source(_excerpt(model, generated.text.splitlines()), CODE_WIDTH)


def _excerpt(model: ast.ClassDef | ast.FunctionDef, lines: list[str]) -> str:
    """Return the source of a function, or of a class with `__init__` and `call`."""
    first = min(node.lineno for node in (model, *model.decorator_list))
    body = model.body[1:] if ast.get_docstring(model) else model.body
    shown = lines[first - 1 : model.body[0].lineno - 1]
    if isinstance(model, ast.FunctionDef):
        return "\n".join([*shown, *lines[body[0].lineno - 1 : model.end_lineno]])
    omitted = []
    for method in body:
        assert isinstance(method, ast.FunctionDef)
        if method.name in _SHOWN:
            shown += [*lines[method.lineno - 1 : method.end_lineno], ""]
        else:
            omitted.append(method.name)
    return "\n".join([*shown, f"    # ... {', '.join(omitted)}" if omitted else ""])


def picture() -> str:
    """Return the diagram of README, as the command below it writes it."""
    with tempfile.TemporaryDirectory() as directory:
        shell = Shell(Path(directory))
        spec = specs(README.read_text(encoding="utf-8"))["faces.yaml"]
        (shell.work / "faces.yaml").write_text(spec, encoding="utf-8")
        _run(shell, "keras-scaffold diagram faces.yaml -o faces.svg", "")
        return (shell.work / "faces.svg").read_text(encoding="utf-8")


def main() -> None:
    """Bring the pages up to date."""
    PICTURE.write_text(picture(), encoding="utf-8")
    for path in pages():
        text = path.read_text(encoding="utf-8")
        path.write_text(refreshed(text), encoding="utf-8")


if __name__ == "__main__":
    main()
