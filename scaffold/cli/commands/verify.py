"""`keras-scaffold verify`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import get_args

import click

from scaffold.cli import completers
from scaffold.cli.candidates import CandidateGroup, find_groups
from scaffold.cli.console import print_findings, print_status
from scaffold.cli.defaults import configured_backend, find_settings, need_named
from scaffold.cli.param_types import sets_params
from scaffold.diagnostics import Diagnostic, Format, has_errors
from scaffold.pipeline import job as make_job
from scaffold.pipeline import job_of_file
from scaffold.pipeline import verify_jobs as run
from scaffold.settings import find_specs
from scaffold.styles import BACKENDS, DEFAULT_BACKEND, STYLES
from scaffold.verify.report import table, to_json
from scaffold.verify.types import ALL, Job, Outcome

_GIBIBYTE = 1 << 30


@click.command()
@click.argument(
    "specs",
    metavar="[SPEC|FILE.py...]",
    nargs=-1,
    shell_complete=completers.specs_and_code,
)
@click.option(
    "--style",
    type=click.Choice([*STYLES, "all"]),
    default="all",
    show_default=True,
    help="Styles to verify of each spec; all means every style that can express it.",
)
@sets_params
@click.option(
    "--backend",
    type=click.Choice(BACKENDS),
    help=f"Keras backend.  [default: {DEFAULT_BACKEND}]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Format)),
    default="text",
    show_default=True,
    help="Output format; json includes all results, github omits the table.",
)
@click.option(
    "--timeout",
    type=click.IntRange(1, 1_000_000),
    default=120,
    show_default=True,
    metavar="SECONDS",
    help="Time limit for each model, computing or sleeping; large models get more. "
    "Time in which other programs use the processor does not count.",
)
@click.option(
    "--memory",
    type=click.IntRange(1, 1_000_000),
    default=4,
    show_default=True,
    metavar="GIB",
    help="Memory limit for each model; large models get more.",
)
def verify(
    specs: tuple[str, ...],
    style: str,
    params: tuple[tuple[str, str], ...],
    backend: str | None,
    form: Format,
    timeout: int,
    memory: int,
) -> None:
    """Run generated code and compare it with its spec.

    SPEC is a file (YAML, JSON or TOML), the name of a preset, or - for standard input;
    the code that `new` would generate from it is run. FILE.py is a generated file,
    which is run as it is; its spec is looked up in the arguments, the directory of the
    file, the working directory, the `specs` in pyproject.toml and the presets. Without
    arguments, the files that match `specs` in pyproject.toml are verified. Exits with 1
    if there are errors, or if a check did not finish.
    """
    settings = find_settings(form)
    named = need_named(specs, "SPEC|FILE.py...", settings, form)
    backend = configured_backend(backend, settings) or DEFAULT_BACKEND
    more = find_specs(settings.specs, settings.root or Path())
    sound = _verify(named, more, style, params, backend, form, timeout, memory)
    sys.exit(0 if sound else 1)


def _verify(
    specs: Sequence[str],
    more: Sequence[str],
    style: str,
    params: tuple[tuple[str, str], ...],
    backend: str,
    form: Format,
    timeout: int,
    memory: int,
) -> bool:
    """Verify specs and files, print the report, and return whether all passed."""
    groups, diagnostics = find_groups(specs, more)
    jobs, texts = _jobs(groups, style, params, backend, diagnostics)
    outcomes: list[Outcome] = []
    has_tables = form in ("text", "short")  # for people, and for editors
    tell = print_status if has_tables or sys.stderr.isatty() else _ignore
    running = run(jobs, backend, seconds=timeout, memory=memory * _GIBIBYTE, tell=tell)
    with closing(running):
        for number, of_job in groupby(running, key=attrgetter("job")):
            batch = list(of_job)
            outcomes += batch
            if has_tables and number != ALL:
                click.echo(table(number, jobs[number], batch))
    diagnostics += _labelled(jobs, outcomes)
    if form == "json":
        click.echo(to_json(jobs, outcomes, diagnostics), nl=False)
    else:
        # Findings go to the same stream as the tables: both are the report.
        print_findings(diagnostics, texts, form, is_product=True)
    if form == "text":
        print_status(_summary(jobs, outcomes, diagnostics))
    is_sound = {"failed", "unfinished"}.isdisjoint(outcome.says for outcome in outcomes)
    return is_sound and not has_errors(diagnostics)


def _summary(
    jobs: Sequence[Job], outcomes: Sequence[Outcome], diagnostics: Sequence[Diagnostic]
) -> str:
    """Summarize the result in one line."""
    count = sum(len(job.candidates) for job in jobs)
    if not diagnostics:
        return f"{count} model{'s' * (count != 1)} verified, no findings"
    unfinished = {
        (outcome.job, outcome.candidate)
        for outcome in outcomes
        if outcome.says == "unfinished"
    }
    more = f"; {len(unfinished)} of {count} models not finished" if unfinished else ""
    return f"{len(diagnostics)} finding{'s' * (len(diagnostics) != 1)}{more}"


def _labelled(jobs: Sequence[Job], outcomes: Iterable[Outcome]) -> Iterator[Diagnostic]:
    """Prefix each finding with the models that have it, and merge equal findings."""
    labels_of: dict[Diagnostic, list[str]] = {}
    for outcome in outcomes:
        for diagnostic in outcome.diagnostics:
            labels = labels_of.setdefault(diagnostic, [])
            if outcome.job != ALL:
                label = jobs[outcome.job].candidates[outcome.candidate].label
                if label != diagnostic.span.path and label not in labels:
                    labels.append(label)
    for diagnostic, labels in labels_of.items():
        label = f"{', '.join(labels)}: " if labels else ""
        yield diagnostic._replace(message=f"{label}{diagnostic.message}")


def _jobs(
    groups: Iterable[CandidateGroup],
    style: str,
    params: tuple[tuple[str, str], ...],
    backend: str,
    diagnostics: list[Diagnostic],
) -> tuple[list[Job], dict[str, str]]:
    """Create the jobs, and return the texts that findings may refer to."""
    jobs: list[Job] = []
    texts: dict[str, str] = {}
    for group in groups:
        if group.source is None:
            jobs += map(job_of_file, group.files)
            texts |= {file.path: file.text for file in group.files}
            continue
        wanted = style if group.is_named else ""
        source = group.source._replace(params=params)
        job, checked = make_job(source, wanted, group.files, backend=backend)
        diagnostics += checked.diagnostics
        texts[group.source.path] = checked.text
        if job is not None and job.candidates:
            jobs.append(job)
            texts |= {candidate.path: candidate.text for candidate in job.candidates}
    return jobs, texts


def _ignore(text: str) -> None:
    """Print no progress: a program reads the output."""
