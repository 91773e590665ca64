"""From specs and files to what comes of running them."""

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
    """Gather what is to be one model: a spec in some styles, and files made of it.

    Args:
        source: The spec.
        style: The style to write it in; `all` for those that can say it, `""` for none.
            The styles of the files are left to them.
        files: Files that are verified as they are.
        catalogue: What Keras offers; by default the catalogue that is bundled.
        backend: What it is written for, as far as that makes a difference; by default
            `tensorflow`.

    Returns:
        The job, `None` where an error was found in the spec; and what was found, be it
        what the style asked for cannot say.

    Raises:
        CatalogueError: The catalogue cannot be read.
        ValueError: There is no such style, or no such backend.
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


def by_itself(file: File) -> Job:
    """Make a job of a file whose spec is not known."""
    from scaffold.verify.types import Candidate, Job

    candidate = Candidate(file.path, file.path, file.text, file.style, ())
    return Job(file.path, None, (candidate,))


def _candidate(
    model: ModelIR, file: File, catalogue: Catalogue, backend: Backend
) -> Candidate:
    """Make a candidate of a file; of what would be generated, where it has no path."""
    from scaffold.output import seal
    from scaffold.render import render_with_origins
    from scaffold.styles import STYLES, find_style, obstacles
    from scaffold.styles.write import write
    from scaffold.verify.edited_files import carry_over
    from scaffold.verify.types import Candidate

    path, text, style = file.path, file.text, file.style
    if style not in STYLES or obstacles(model, find_style(style)):
        return Candidate(path, path, text, style, ())
    module = write(model, find_style(style), catalogue, backend)
    # Sealing takes the place of one line by another.
    rendered, origins = render_with_origins(module)
    sealed = seal(rendered, module.note)
    if not path:
        return Candidate(style, f"{module.name}.py ({style})", sealed, style, origins)
    return Candidate(path, path, text, style, carry_over(origins, sealed, text))


def prove(
    jobs: Sequence[Job],
    backend: str | None = None,
    *,
    seconds: float | None = None,
    memory: int | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> Generator[Outcome, None, None]:
    """Run generated code in a process of its own, and hold it against its spec.

    Args:
        jobs: What to run.
        backend: Keras's backend; by default `tensorflow`.
        seconds: The time that each candidate has; by default two minutes.
        memory: The bytes that each candidate may take; by default 4 GiB.
        tell: Is told what is run at the moment.

    Returns:
        What comes of each check, as it comes. See `scaffold.verify.runner.run`.
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
