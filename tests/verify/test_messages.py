"""What the child says arrives whole, and nothing else is listened to."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir.types import Origin
from scaffold.verify.messages import (
    LONGEST_LINE,
    CandidateFinished,
    CandidateStarted,
    ChildReady,
    Message,
    NoBackend,
    PreparingReference,
    ReferencePrepared,
    decode,
    encode,
)
from scaffold.verify.parent.child_failures import (
    OutOfMemory,
    OutOfTime,
    ProcessEnded,
    Trouble,
    finding,
)
from scaffold.verify.parent.child_session import ChildSession, CodePosition
from scaffold.verify.types import CHECKS, Candidate, Check, Job, Outcome

TOKEN = "0123abcd"
FOUND = Diagnostic("KS702", "it does not fit", Span("a.yaml", 1, 2, 3, 4), "mend it")
OUTCOME = Outcome(3, 1, "build", "failed", "12 weights", (FOUND, FOUND))
MESSAGES: list[Message] = [
    ChildReady(),
    NoBackend("no \n jax"),
    CandidateStarted(0, 12),
    CandidateFinished(1, 2, "MemoryError", False, True),
    PreparingReference(0, 1),
    ReferencePrepared(0, 1, 30, 2_000),
    OUTCOME,
    OUTCOME._replace(diagnostics=(), says="skipped"),
    OUTCOME._replace(shapes=((Origin("", 3), "(None, 8)"), (Origin("cell", 0), "()"))),
]


@pytest.mark.parametrize(
    ("status", "message", "help_"),
    [
        (3, "ended with status 3", "-X faulthandler"),
        (-11, "was ended by SIGSEGV", "--memory"),
        (0xC0000005, "ended with status 0xc0000005", "--memory"),
        (None, "closed its result pipe", "-X faulthandler"),
    ],
)
def test_how_a_process_ends(status: int | None, message: str, help_: str) -> None:
    """By a status or a signal; on Windows, errors are a status as well."""
    diagnostic = finding(ProcessEnded(status), "build", Span("a.py"))
    assert diagnostic.message == f"the process {message} during `build`"
    assert help_ in diagnostic.help


@pytest.mark.parametrize("message", MESSAGES, ids=lambda item: type(item).__name__)
def test_what_is_said_arrives(message: Message) -> None:
    """A message comes through, on a line of its own."""
    before, line, after = encode(message, TOKEN).split(b"\n")
    assert decode(line, TOKEN) == message
    assert before == after == b""
    assert decode(line, "another") is None
    assert decode(line[1:], TOKEN) is None


def forged(**changed: Any) -> bytes:
    """Writes an outcome with something else in it."""
    _, line, _ = encode(OUTCOME, TOKEN).split(b"\n")
    content = json.loads(line.removeprefix(TOKEN.encode()))
    for path, value in changed.items():
        inner, *rest = path.split("__")
        if rest:
            content[inner][0][rest[0]] = value
        else:
            content[inner] = value
    return f"{TOKEN} {json.dumps(content)}".encode()


def test_forged_is_as_good_as_true_where_nothing_is_changed() -> None:
    """The forger of the other tests would pass."""
    assert decode(forged(), TOKEN) == OUTCOME


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe",
        TOKEN.encode(),
        f"{TOKEN} ".encode(),
        f"{TOKEN} []".encode(),
        f"{TOKEN} {{}}".encode(),
        f"{TOKEN} {'[' * 100_000}".encode(),
        f"{TOKEN} {'1' * 10_000}".encode(),
        f'{TOKEN} {{"is": "Message"}}'.encode(),
        f'{TOKEN} {{"is": ["Ready"]}}'.encode(),
        f'{TOKEN} {{"is": "Begun", "job": "0", "candidate": 0}}'.encode(),
        f'{TOKEN} {{"is": "Begun", "job": -1, "candidate": 0}}'.encode(),
        f'{TOKEN} {{"is": "Begun", "job": NaN, "candidate": 0}}'.encode(),
        f'{TOKEN} {{"is": "NoBackend", "reason": 1}}'.encode(),
        f"{TOKEN} {' ' * LONGEST_LINE}{{}}".encode(),
        forged(says="maybe"),
        forged(says=["passed"]),
        forged(check="nothing"),
        forged(check={}),
        forged(job=2**40),
        forged(detail=None),
        forged(diagnostics=None),
        forged(diagnostics=[1]),
        forged(diagnostics=[[]]),
        forged(shapes=None),
        forged(shapes=[1]),
        forged(shapes=[["", "(8,)"]]),
        forged(shapes=[[["", 1, 2], "(8,)"]]),
        forged(shapes=[[["", -1], "(8,)"]]),
        forged(shapes=[[["", 1], 8]]),
        forged(diagnostics__code="KS101"),
        forged(diagnostics__code="KS7012"),
        forged(diagnostics__code=None),
        forged(diagnostics__span=[]),
        forged(diagnostics__span=["a", 1, 2, 3]),
        forged(diagnostics__span=["a", 1, 2, 3, "4"]),
        forged(diagnostics__span=7),
        forged(diagnostics__severity="deadly"),
        forged(diagnostics__message={}),
    ],
)
def test_nonsense(line: bytes) -> None:
    """Nonsense is nobody's message, and no error."""
    assert decode(line, TOKEN) is None


@given(st.binary())
def test_any_line(data: bytes) -> None:
    """Any line at all is a message or none."""
    assert decode(data, TOKEN) is None
    decode(f"{TOKEN} ".encode() + data, TOKEN)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(
    st.sampled_from(["is", "job", "check", "says", "detail", "diagnostics"])
    | st.sampled_from(["diagnostics__code", "diagnostics__span", "diagnostics__help"]),
    VALUES,
)
def test_any_value(key: str, value: Any) -> None:
    """With any value at any place, too; and what passes can be shown."""
    message = decode(forged(**{key: value}), TOKEN)
    assert message is None or isinstance(message, Outcome)


def test_long_texts_have_a_bound() -> None:
    """Each is cut, and a line that is too long is not read at all."""
    message = decode(forged(detail="x" * 100_000), TOKEN)
    assert isinstance(message, Outcome)
    assert len(message.detail) == 4_000
    assert decode(forged(detail="x" * LONGEST_LINE), TOKEN) is None


def test_a_large_model_has_many_shapes() -> None:
    """Those of 10,000 entries come through, the most that a spec may have."""
    shapes = tuple(
        (Origin("inception_block", number), "(None, 299, 299, 2048)")
        for number in range(10_000)
    )
    outcome = OUTCOME._replace(shapes=shapes)
    _, line, _ = encode(outcome, TOKEN).split(b"\n")
    assert decode(line, TOKEN) == outcome


def turn(*texts: str) -> ChildSession:
    """Makes a turn of candidates, before its child has said anything."""
    candidates = tuple(Candidate(text, f"{text}.py", text, "", ()) for text in texts)
    tasks = [(0, number) for number in range(len(texts))]
    jobs, places = [Job("a", None, candidates)], [("/here",)]
    return ChildSession(jobs, tasks, places, "jax", 1 << 30, lambda text: None)


def test_only_what_makes_sense_is_listened_to() -> None:
    """Outcomes of others, and beginnings and ends out of order, count for nothing."""
    item = turn("a", "b")
    outcome = Outcome(0, 0, "import", "passed")
    for early in (
        CandidateStarted(0, 0),
        outcome,
        CandidateFinished(0, 0, "", True, True),
    ):
        assert not list(item.receive(early)) and item.current is None
    list(item.receive(ChildReady()))
    assert not list(item.receive(outcome))
    list(item.receive(CandidateStarted(0, 1)))
    assert item.current is None
    list(item.receive(CandidateStarted(0, 0)))
    assert item.current == (0, 0)
    for wrong in (
        NoBackend("no"),
        CandidateStarted(0, 1),
        outcome._replace(candidate=1),
        outcome._replace(job=7),
        CandidateFinished(0, 1, "", True, True),
    ):
        assert not list(item.receive(wrong)) and item.current == (0, 0)
    assert list(item.receive(outcome)) == [outcome]
    assert not list(item.receive(CandidateFinished(0, 0, "", False, False)))
    assert (item.current, item.remaining, item.needs_restart) == (None, [(0, 1)], False)


def test_nobody_listens_for_ever() -> None:
    """A candidate has so many outcomes, and no more."""
    item = turn("a")
    for message in (ChildReady(), CandidateStarted(0, 0)):
        list(item.receive(message))
    outcome = Outcome(0, 0, "import", "passed")
    assert sum(len(list(item.receive(outcome))) for _ in range(1_000)) < 100


def at(check: Check, *texts: str) -> ChildSession:
    """Makes a turn whose child is at a check of the first candidate."""
    item = turn(*texts)
    for message in (ChildReady(), CandidateStarted(0, 0)):
        list(item.receive(message))
    for before in CHECKS[: CHECKS.index(check)]:
        list(item.receive(Outcome(0, 0, before, "passed")))
    return item


GIANT = 8 << 30


@pytest.mark.parametrize(
    ("check", "why", "stack", "code"),
    [
        ("import", OutOfTime(120.0), CodePosition(), "KS713"),
        ("forward", OutOfTime(120.0), CodePosition(), "KS713"),
        ("training", OutOfTime(120.0), CodePosition(3), "KS727"),
        ("main", OutOfTime(120.0), CodePosition(), "KS727"),
        ("training", OutOfTime(120.0), CodePosition(3, is_own=True), "KS713"),
        ("training", OutOfTime(120.0, is_asleep=True), CodePosition(), "KS713"),
        ("build", OutOfMemory(GIANT), CodePosition(), "KS714"),
        ("training", OutOfMemory(GIANT), CodePosition(), "KS727"),
        ("export", ProcessEnded(-9, "std::bad_alloc"), CodePosition(), "KS727"),
        ("training", ProcessEnded(1), CodePosition(), "KS715"),
    ],
)
def test_what_is_large_is_not_wrong(
    check: Check, why: Trouble, stack: CodePosition, code: str
) -> None:
    """A check that is given up is no fault, unless the code itself is at work."""
    item = at(check, "a", "b")
    (outcome,) = item.stopped(why, stack)
    (diagnostic,) = outcome.diagnostics
    assert (outcome.check, diagnostic.code) == (check, code)
    assert outcome.says == ("unfinished" if code == "KS727" else "failed")
    assert diagnostic.severity == ("warning" if code == "KS727" else "error")
    assert item.remaining == [(0, 1)]
    if code == "KS727" and isinstance(why, OutOfTime):
        assert diagnostic.help == "allow more time with --timeout 600"


def test_a_model_of_a_spec_that_is_not_built() -> None:
    """Nothing is known of any candidate, and none is tried: it would take as long."""
    item = at("build", "a", "b", "c")
    list(item.receive(PreparingReference(0, 0)))
    list(item.receive(PreparingReference(0, 0, 90, 1_000)))
    assert item.seconds == 90 and item.memory == (1 << 30) + (1_000 << 20)
    outcomes = list(item.stopped(OutOfTime(210.0)))
    assert [(each.candidate, each.says) for each in outcomes] == [
        (number, "unfinished") for number in range(3)
    ]
    assert not item.remaining


def test_a_layer_of_the_users_own_that_hangs() -> None:
    """It hangs in the model of the spec, and would do so for each candidate."""
    item = at("build", "a", "b")
    list(item.receive(PreparingReference(0, 0)))
    place = Span("own.py", 7)
    outcomes = list(item.stopped(OutOfTime(120.0), CodePosition(0, True, place)))
    assert [each.says for each in outcomes] == ["failed", "failed"]
    assert {
        diagnostic.span for each in outcomes for diagnostic in each.diagnostics
    } == {place}
    assert {
        diagnostic.code for each in outcomes for diagnostic in each.diagnostics
    } == {"KS713"}
    assert not item.remaining


def test_a_large_model_has_more_for_all_of_its_code() -> None:
    """What the model of the spec has needed counts for each candidate, once."""
    item = at("build", "a", "b")
    list(item.receive(PreparingReference(0, 0)))
    assert item.is_preparing
    list(item.receive(ReferencePrepared(0, 0, 300, 0)))
    phase = item.phase
    for forged in (
        PreparingReference(0, 0, 10**6),
        ReferencePrepared(0, 0, 10**6, 10**6),
    ):
        list(item.receive(forged))
    assert (item.phase, item.seconds, item.memory) == (phase, 300, 1 << 30)
    for message in (CandidateFinished(0, 0, "", False, False), CandidateStarted(0, 1)):
        list(item.receive(message))
    assert item.seconds == 300


def test_memory_that_lacks_is_no_fault_of_a_large_model() -> None:
    """An error of the backend's that says so is given up as well."""
    item = at("training", "a")
    diagnostic = Diagnostic(
        "KS708", "Out of memory while trying to allocate", Span("a.py"), "mend it"
    )
    (outcome,) = item.receive(
        Outcome(0, 0, "training", "failed", diagnostics=(diagnostic,))
    )
    assert outcome.says == "unfinished"
    assert [each.code for each in outcome.diagnostics] == ["KS727"]
