"""The table that people read, and what programs get."""

from __future__ import annotations

import json

from scaffold.diagnostics import Diagnostic, Span
from scaffold.pipeline import File, Source, job, job_of_file
from scaffold.verify.report import table, to_json
from scaffold.verify.types import ALL, Check, Job, Outcome

SPEC = Source(b"inputs: [4]\nlayers: [Dense(1)]\n", "line.yaml")
WRONG = Diagnostic("KS706", "it is wrong", Span("line.yaml", 2, 1, 2, 3), "mend it")
LOST = Diagnostic("KS713", "it takes too long", Span("line.yaml"), "mend it")


def a_job() -> Job:
    """Makes a job of a spec in three styles."""
    result, _ = job(SPEC)
    assert result is not None
    return result


def outcome(
    candidate: int, check: Check, detail: str = "", *diagnostic: Diagnostic
) -> Outcome:
    """Makes an outcome of the second job."""
    return Outcome(
        1,
        candidate,
        check,
        "failed" if diagnostic else "passed",
        detail,
        tuple(diagnostic),
    )


OUTCOMES = [
    outcome(0, "import"),
    outcome(0, "parameters", "29,194"),
    outcome(0, "output", "", WRONG, WRONG, LOST),
    outcome(1, "import"),
    outcome(1, "parameters", "\x1b[31m"),
    outcome(1, "import", "", LOST),
    outcome(1, "import"),
    Outcome(1, 0, "masks", "skipped", "no layer makes one"),
    Outcome(1, 1, "output", "skipped", "it has none"),
    Outcome(0, 2, "save", "passed"),
    Outcome(1, 1, "training", "passed"),
    Outcome(1, 1, "training", "unfinished", diagnostics=(LOST,)),
]


def test_table() -> None:
    """A row for each check that was made, and a column for each candidate."""
    assert table(1, a_job(), OUTCOMES).splitlines() == [
        "line.yaml",
        "            sequential          functional    subclass",
        "import      ok                  failed KS713  -",
        "parameters  29,194              ?[31m         -",
        "output      failed KS706 KS713  -             -",
        "training    -                   not finished  -",
    ]


def test_a_file_by_itself() -> None:
    """The table says that there was nothing to hold it against."""
    alone = job_of_file(File("import keras\n", "mine.py"))
    assert table(0, alone, [Outcome(0, 0, "import", "passed")]) == (
        "mine.py (without a spec)\n        mine.py\nimport  ok\n"
    )


def test_json() -> None:
    """Everything is there, the worst outcome of each check once."""
    jobs = [job_of_file(File("import keras\n", "mine.py", "")), a_job()]
    nothing = Outcome(ALL, ALL, "import", "failed", diagnostics=(LOST,))
    content = json.loads(to_json(jobs, [*OUTCOMES, nothing], [WRONG, LOST]))
    assert list(content) == ["jobs", "findings"]
    assert [finding["code"] for finding in content["findings"]] == ["KS713", "KS706"]
    first, second = content["jobs"]
    assert first == {
        "name": "mine.py",
        "has_spec": False,
        "candidates": [
            {"label": "mine.py", "path": "mine.py", "style": "", "outcomes": []}
        ],
    }
    assert (second["name"], second["has_spec"]) == ("line.yaml", True)
    assert [item["style"] for item in second["candidates"]] == [
        "sequential",
        "functional",
        "subclass",
    ]
    sequential, functional, subclass = (
        {item["check"]: item for item in candidate["outcomes"]}
        for candidate in second["candidates"]
    )
    assert list(sequential) == ["import", "parameters", "output", "masks"]
    assert sequential["parameters"]["detail"] == "29,194"
    assert [finding["code"] for finding in sequential["output"]["findings"]] == [
        "KS713",
        "KS706",
        "KS706",
    ]
    assert sequential["masks"] == {
        "check": "masks",
        "says": "skipped",
        "detail": "no layer makes one",
        "findings": [],
    }
    assert functional["import"]["says"] == "failed"
    assert functional["output"]["says"] == "skipped"
    assert not subclass
