"""Creates the files of a new rule: `make new-rule NAME=unit_name`.

Writes the rule's file and its test, with the next free code of a family, and updates
the pages that list all codes. CONTRIBUTING.md describes the next steps.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path
from string import Template

from scaffold.checks import rules
from scaffold.pages import CODES, GROUPS

ROOT = Path(__file__).parents[1]
FAMILIES = ("2", "3", "4")
"""The families of codes that rules report; other packages report the others."""
NAME = re.compile(r"[a-z]+(_[a-z]+)+")
LONGEST = 32
NOT_FREE = ("shape_rule",)
"""Names that the rule's file imports."""

PAGES = {
    "docs/diagnostics.md": ("scaffold.pages",),
    "docs/schema/findings.schema.json": ("scaffold", "schema", "findings"),
}
"""The pages that list all codes, and the modules that print them."""

RULE = Template('''\
"""$code: WHAT IS WRONG, in a few words."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic


class $code(Code):
    """WHAT IS WRONG, in one sentence.

    What it does:
        Reports WHAT EXACTLY.

    Why:
        WHAT KERAS WOULD DO WITH IT.

    Example:
        inputs: [4]
        layers:
          - Dense(8)

    Instead:
        inputs: [4]
        layers:
          - Dense(8)
    """

    name = "$page"


@rule($code)
def $name(context: RuleContext) -> Iterator[Diagnostic]:
    """Report WHAT IS WRONG."""
    for target, arguments in context.calls:
        for argument in arguments:
            if argument.name == "AN ARGUMENT":
                message = f"`{argument.name}` of `{target.name}` is WRONG"
                help_ = "write WHAT IS RIGHT"
                yield Diagnostic("$code", message, argument.value.span, help_)
''')

SHAPE_RULE = Template('''\
"""$code: WHAT IS WRONG, in a few words."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.inferred import Inferred
from scaffold.checks.rule import shape_rule
from scaffold.diagnostics import Code, Diagnostic


class $code(Code):
    """WHAT IS WRONG, in one sentence.

    What it does:
        Reports WHAT EXACTLY.

    Why:
        WHAT KERAS WOULD DO WITH IT.

    Example:
        inputs: [4]
        layers:
          - Dense(8)

    Instead:
        inputs: [4]
        layers:
          - Dense(8)
    """

    name = "$page"


@shape_rule($code)
def $name(inferred: Inferred) -> Iterator[Diagnostic]:
    """Report WHAT IS WRONG."""
    for graph in inferred.model.graphs:
        for node in graph.nodes:
            if any(0 in (shape or ()) for shape in inferred.shapes(graph, node.id)):
                message = f"`{node.name}` is WRONG"
                yield Diagnostic("$code", message, node.span, "write WHAT IS RIGHT")
''')

TEST = Template('''\
"""$code: what is reported, where, and what is not."""

from __future__ import annotations

import pytest

from scaffold.pipeline import Source, check

WRONG = [
    ("3:5", "inputs: [4]\\nlayers:\\n  - Dense(8)"),
]
"""Specs with the fault, and the line and column of the finding."""

RIGHT = [
    "inputs: [4]\\nlayers:\\n  - Dense(8)",
]
"""Specs that look alike, and are right."""


def findings(spec: str) -> list[tuple[str, str]]:
    """Return the code and the place of each finding in a spec."""
    diagnostics = check(Source(spec.encode(), "model.yaml")).diagnostics
    assert all(diagnostic.help for diagnostic in diagnostics)
    return [
        (diagnostic.code, f"{diagnostic.span.line}:{diagnostic.span.column}")
        for diagnostic in diagnostics
    ]


@pytest.mark.parametrize(("place", "spec"), WRONG)
def test_wrong(place: str, spec: str) -> None:
    """The fault is the one finding, at its place."""
    assert findings(spec) == [("$code", place)]


@pytest.mark.parametrize("spec", RIGHT)
def test_right(spec: str) -> None:
    """Nothing is found where nothing is wrong."""
    assert findings(spec) == []
''')


CASE = Template("""\
# expect: $code 4:5-13
inputs: [4]
layers:
  - Dense(8)
""")


def problem(name: str, family: str) -> str:
    """Return why a rule cannot have this name and family, or `""`."""
    if family not in FAMILIES:
        families = ", ".join(f"{family} ({GROUPS[family]})" for family in FAMILIES)
        return f"no rule reports codes of family {family!r}: choose one of {families}"
    if not name:
        return "set NAME to two or more words in lower case, such as NAME=unit_name"
    if not NAME.fullmatch(name):
        return f"{name!r} is not two or more words in lower case, such as unit_name"
    if len(name) > LONGEST:
        return f"{name!r} has more than {LONGEST} characters"
    if name in NOT_FREE:
        return f"{name!r} is imported in the rule's file"
    if f"{rules.__name__}.{name}" in {module.__name__ for module in rules.MODULES}:
        return f"the rule {name!r} exists already"
    taken = [page for page in CODES.values() if page.name == name.replace("_", "-")]
    return f"{taken[0].code} has the name {taken[0].name!r}" if taken else ""


def next_code(family: str) -> str:
    """Return the code after the last of a family; gaps are codes of former rules."""
    last = max(int(code[2:]) for code in CODES if code[2] == family)
    if last % 100 == 99:
        raise ValueError(f"family {family} has no free code")
    return f"KS{last + 1}"


def main() -> int:
    """Write the files, and print the next steps."""
    parser = argparse.ArgumentParser(prog="make new-rule", description=__doc__)
    parser.add_argument("name", metavar="NAME", help="two or more words: unit_name")
    parser.add_argument("--family", default="2", help="first digit of the code")
    parser.add_argument("--shapes", action="store_true", help="the rule checks shapes")
    options = parser.parse_args()
    if reason := problem(options.name, options.family):
        print(f"make new-rule: {reason}", file=sys.stderr)
        return 2
    words = {
        "code": next_code(options.family),
        "name": options.name,
        "page": options.name.replace("_", "-"),
    }
    template = SHAPE_RULE if options.shapes else RULE
    files = {
        ROOT / "scaffold" / "checks" / "rules" / f"{options.name}.py": template,
        ROOT / "tests" / "checks" / f"test_{options.name}.py": TEST,
        ROOT
        / "tests"
        / "cases"
        / "faults"
        / f"{words['code']}-{options.name}.yaml": CASE,
    }
    for path in files:
        if path.exists():
            print(f"make new-rule: {path} exists already", file=sys.stderr)
            return 2
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.substitute(words), encoding="utf-8")
        print(path.relative_to(ROOT))
    for page, command in PAGES.items():
        written = subprocess.run(
            [sys.executable, "-m", *command], cwd=ROOT, check=True, capture_output=True
        )
        (ROOT / page).write_bytes(written.stdout)
        print(page)
    print(f"{words['code']}: replace the text in capitals until these pass:")
    chosen = f"{options.name} or {words['code']} or mistakes or facts_are_here"
    paths = "tests/checks tests/diagnostics tests/mistakes tests/catalogue"
    print(f"  .venv/bin/pytest {paths} \\\n    -k '{chosen}'")
    print("  make docs lint quick")
    return 0


if __name__ == "__main__":
    sys.exit(main())
