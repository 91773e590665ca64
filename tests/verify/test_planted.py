"""Faults planted in generated code: each is found, and said to be where it is."""

from __future__ import annotations

from functools import cache

import pytest

from scaffold.diagnostics import Diagnostic
from scaffold.pipeline import Source, job
from scaffold.verify.child.examine import Examiner
from scaffold.verify.parent.edited_files import carry_over
from scaffold.verify.types import Candidate, Job
from tests.verify.planted import FAULTS, SPECS, Edit, Fault

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("default")]

PLANTED = [
    pytest.param(fault, style, edit, id=f"{fault.name}, {style}")
    for fault in FAULTS
    for style, edit in fault.edits()
]


@cache
def generated(spec: str) -> Job:
    """Gives the code of a spec in all styles."""
    result, checked = job(Source(SPECS[spec].encode(), f"{spec}.yaml"))
    assert result is not None, checked.diagnostics
    return result


def candidate(spec: str, style: str) -> Candidate:
    """Gives the code of a spec in a style."""
    return next(
        candidate
        for candidate in generated(spec).candidates
        if candidate.style == style
    )


def with_fault(candidate: Candidate, edit: Edit) -> Candidate:
    """Plants a fault in a candidate."""
    old, new = edit
    assert (
        candidate.text.count(old) >= 1
    ), "the generated code has changed: plant it anew"
    text = candidate.text.replace(old, new, 1)
    origins = carry_over(candidate.origins, candidate.text, text)
    return candidate._replace(text=text, origins=origins)


@cache
def examiner(spec: str) -> tuple[Examiner, dict[tuple[str, Edit], int]]:
    """Gives an examiner of all that is planted in the code of a spec.

    It works out what the spec's model does only once.
    """
    faults = [
        (style, edit)
        for fault in FAULTS
        if fault.spec == spec
        for style, edit in fault.edits()
    ]
    candidates = [with_fault(candidate(spec, style), edit) for style, edit in faults]
    whole = generated(spec)._replace(candidates=tuple(candidates))
    return Examiner(whole, 0), {key: number for number, key in enumerate(faults)}


def is_at(diagnostic: Diagnostic, fault: Fault, text: str) -> bool:
    """Tells whether a finding is where it should be."""
    is_in_spec = diagnostic.span.path == f"{fault.spec}.yaml"
    if fault.place.startswith(">") == is_in_spec:
        return False
    lines = (SPECS[fault.spec] if is_in_spec else text).split("\n")
    line = lines[diagnostic.span.line - 1] if diagnostic.span.line else ""
    return fault.place.removeprefix(">") in line


@pytest.mark.parametrize(("fault", "style", "edit"), PLANTED)
def test_fault_is_found(fault: Fault, style: str, edit: Edit) -> None:
    """The fault is reported with its code, at its place."""
    item, numbers = examiner(fault.spec)
    text = with_fault(candidate(fault.spec, style), edit).text
    others = []
    for outcome in item.examine(numbers[style, edit]):
        for diagnostic in outcome.diagnostics:
            assert diagnostic.help, diagnostic
            if diagnostic.code == fault.code and is_at(diagnostic, fault, text):
                assert outcome.says == "failed"
                return
            others.append((diagnostic.code, str(diagnostic.span), diagnostic.message))
    raise AssertionError(f"{fault.code} at {fault.place!r} is not among {others}")


@pytest.mark.parametrize("spec", SPECS)
def test_nothing_is_found_without_a_fault(spec: str) -> None:
    """The code as it was generated passes every check."""
    whole = generated(spec)
    examiner = Examiner(whole, 0)
    for number in range(len(whole.candidates)):
        for outcome in examiner.examine(number):
            assert not outcome.diagnostics and outcome.says != "failed", outcome


def test_there_are_enough_kinds() -> None:
    """The table has many kinds of faults, and some for every code."""
    assert len({fault.name for fault in FAULTS}) >= 60
    codes = {fault.code for fault in FAULTS}
    assert codes == {f"KS{number}" for number in range(701, 713)}
