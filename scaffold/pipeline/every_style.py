"""Generate the source of specs in every style that can express them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from scaffold.catalogue import Catalogue, load
from scaffold.diagnostics import has_errors
from scaffold.pipeline.checking import check, infer
from scaffold.pipeline.generating import Explain, write_style
from scaffold.pipeline.types import Checked, GeneratedStyles, Source

if TYPE_CHECKING:
    from scaffold.styles import Backend, Fit
    from scaffold.verify.inference import Inference


def generate_styles(
    sources: Sequence[Source],
    catalogue: Catalogue | None = None,
    *,
    backend: str | None = None,
    shapes: bool = False,
    explain: Explain = False,
) -> tuple[GeneratedStyles, ...]:
    """Write the Keras source of specs in every style that can express them.

    It is an error if no style can express a spec.

    Args:
        sources: The specs.
        catalogue: The API of Keras; by default the bundled catalogue.
        backend: The backend for overridden methods, as for `generate`.
        shapes: Whether to add comments with the output shapes, as for `generate`.
            Each spec is built once, in one process for all of them.
        explain: Whether to explain the code in comments, as for `generate_all`.

    Returns:
        For each spec the source in each style, the styles that cannot express it, and
        the findings.

    Raises:
        CatalogueError: The catalogue cannot be read.
        ValueError: There is no such backend.
    """
    from scaffold.styles import DEFAULT_BACKEND, find_backend

    catalogue = catalogue or load()
    setting = catalogue, find_backend(backend or DEFAULT_BACKEND)
    fitted = [_fitted(check(source, catalogue)) for source in sources]
    inferred: dict[int, Inference] = {}
    if shapes and (sound := [at for at, (_, fits) in enumerate(fitted) if fits]):
        pairs = [(sources[at].path, fitted[at][0]) for at in sound]
        inferred = dict(zip(sound, infer(pairs), strict=True))
    return tuple(
        _in_styles(checked, fits, *setting, inferred.get(at), explain)
        for at, (checked, fits) in enumerate(fitted)
    )


def _fitted(checked: Checked) -> tuple[Checked, tuple[Fit, ...]]:
    """Determine the styles that can express a model; none if it has errors."""
    from scaffold.styles import advise

    if checked.model is None or has_errors(checked.diagnostics):
        return checked, ()
    fits = advise(checked.model).fits
    if all(fit.obstacles for fit in fits):
        obstacles = chain.from_iterable(fit.obstacles for fit in fits)
        diagnostics = (*checked.diagnostics, *obstacles)
        return checked._replace(diagnostics=diagnostics), ()
    return checked, fits


def _in_styles(
    checked: Checked,
    fits: Sequence[Fit],
    catalogue: Catalogue,
    backend: Backend,
    inferred: Inference | None,
    explain: Explain,
) -> GeneratedStyles:
    """Write a model in all styles that fit."""
    modules = []
    for fit in fits:
        if not fit.obstacles:
            generated, written = write_style(
                checked, fit.style, catalogue, backend, inferred, explain
            )
            if generated is None:
                return GeneratedStyles((), (), written)
            modules.append(generated)
    unfit = tuple(fit for fit in fits if fit.obstacles)
    name = modules[0].name if modules else ""
    return GeneratedStyles(tuple(modules), unfit, checked, name)
