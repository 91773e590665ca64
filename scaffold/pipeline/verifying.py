"""Verify specs and generated files by running them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING

from scaffold.catalogue import Catalogue, load
from scaffold.diagnostics import has_errors
from scaffold.ir import ModelIR
from scaffold.pipeline.checking import check
from scaffold.pipeline.types import Checked, File, Source

if TYPE_CHECKING:
    from scaffold.styles import Backend
    from scaffold.verify.types import Candidate, Job, Outcome


def job(
    source: Source,
    style: str = "all",
    files: Sequence[File] = (),
    catalogue: Catalogue | None = None,
    *,
    backend: str | None = None,
) -> tuple[Job | None, Checked]:
    """Create a verification job: a spec in some styles, and files generated from it.

    Args:
        source: The spec.
        style: The style to generate; `all` for every style that can express the spec,
            `""` for none. A style that one of the files has is not generated.
        files: Files that are verified as they are.
        catalogue: The catalogue of Keras; by default the bundled one.
        backend: The backend of generated methods that depend on it; by default
            `tensorflow`.

    Returns:
        The job, `None` if the spec has errors; and the result of the checks, including
        the obstacles of the requested style.

    Raises:
        CatalogueError: The catalogue cannot be read.
        ValueError: The style or the backend is unknown.
    """
    from scaffold.styles import (
        DEFAULT_BACKEND,
        STYLES,
        find_backend,
        find_style,
        obstacles,
    )
    from scaffold.verify.types import Job

    catalogue = catalogue or load()
    checked = check(source, catalogue)
    if checked.model is None or has_errors(checked.diagnostics):
        return None, checked
    model, taken = checked.model, {file.style for file in files}
    setting = catalogue, find_backend(backend or DEFAULT_BACKEND)
    candidates = [_candidate(model, file, *setting) for file in files]
    wanted = STYLES if style == "all" else (find_style(style),) if style else ()
    for wanted_style in wanted:
        refused = obstacles(model, wanted_style)
        if style != "all":
            checked = checked._replace(diagnostics=(*checked.diagnostics, *refused))
        if not refused and wanted_style not in taken:
            candidates.append(_candidate(model, File("", "", wanted_style), *setting))
    return Job(source.path, model, tuple(candidates)), checked


def job_of_file(file: File) -> Job:
    """Create a verification job for a file whose spec is not known."""
    from scaffold.verify.types import Candidate, Job

    candidate = Candidate(file.path, file.path, file.text, file.style, ())
    return Job(file.path, None, (candidate,))


def _candidate(
    model: ModelIR, file: File, catalogue: Catalogue, backend: Backend
) -> Candidate:
    """Create a candidate from a file, or from generated code if it has no path."""
    from scaffold.output import seal
    from scaffold.render import render_with_origins
    from scaffold.styles import STYLES, find_style, obstacles
    from scaffold.styles.write import write
    from scaffold.verify.parent.edited_files import carry_over
    from scaffold.verify.types import Candidate

    path, text, style = file.path, file.text, file.style
    if style not in STYLES or obstacles(model, find_style(style)):
        return Candidate(path, path, text, style, ())
    module = write(model, find_style(style), catalogue, backend)
    rendered, origins = render_with_origins(module)
    sealed = seal(rendered, module.note)
    # A long note takes two lines, and moves the lines after it.
    added = sealed.count("\n") - rendered.count("\n")
    origins = tuple((line + added, origin) for line, origin in origins)
    if not path:
        return Candidate(style, f"{module.name}.py ({style})", sealed, style, origins)
    return Candidate(path, path, text, style, carry_over(origins, sealed, text))


def verify_jobs(
    jobs: Sequence[Job],
    backend: str | None = None,
    *,
    seconds: float | None = None,
    memory: int | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> Generator[Outcome, None, None]:
    """Run generated code in a separate process, and compare it with its spec.

    Args:
        jobs: The jobs to run.
        backend: The Keras backend; by default `tensorflow`.
        seconds: The time limit of each candidate; by default two minutes.
        memory: The memory limit of each candidate in bytes; by default 4 GiB.
        tell: Called with a line of progress.

    Returns:
        The outcome of each check, as soon as it is known. See
        `scaffold.verify.runner.run`.
    """
    from scaffold.styles import DEFAULT_BACKEND
    from scaffold.verify.runner import MEMORY, SECONDS, run

    return run(
        jobs,
        backend=backend or DEFAULT_BACKEND,
        seconds=seconds or SECONDS,
        memory=memory or MEMORY,
        tell=tell,
    )
