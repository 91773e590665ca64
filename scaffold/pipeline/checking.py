"""From the text of a spec to a model and its findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from scaffold.catalogue import Catalogue, load
from scaffold.checks import check as run_checks
from scaffold.diagnostics import Span, has_errors
from scaffold.diagnostics.lengths import bounded
from scaffold.ir import build
from scaffold.pipeline.types import Checked, Source
from scaffold.spec import ReadResult, override, read, read_tree, with_methods

if TYPE_CHECKING:
    from scaffold.styles import Advice
    from scaffold.verify.inference import Inference


def check(source: Source, catalogue: Catalogue | None = None) -> Checked:
    """Read a spec, and report all errors and warnings.

    Args:
        source: The spec.
        catalogue: The catalogue of Keras; by default the bundled one.

    Returns:
        The model, the text of the spec, and the findings.

    Raises:
        CatalogueError: The catalogue cannot be read.
    """
    checked = _check(source, catalogue or load())
    return checked._replace(diagnostics=bounded(checked.diagnostics))


def _check(source: Source, catalogue: Catalogue) -> Checked:
    """Check a spec; if it has errors, check it again with pasted code translated."""
    reading = read(source.data, source.path, source.notation)
    checked = _checked(reading, source, catalogue)
    if not has_errors(checked.diagnostics):
        return checked
    from scaffold.foreign_code import merge_findings, recognize_file, translate_tree

    foreign_file = recognize_file(reading.text, source.path, reading.root, catalogue)
    if foreign_file is not None:
        return Checked(None, reading.text, (foreign_file,))
    translated = translate_tree(
        reading.root, checked.diagnostics, reading.text, source.path, catalogue
    )
    if translated is None or not translated.pieces:
        return checked
    translated_reading = read_tree(translated.root, reading.text, source.path)
    unread = reading.spec.unread if reading.spec is not None else frozenset()
    guessed = tuple(piece.span for piece in translated.pieces)
    after = _checked(translated_reading, source, catalogue, unread, guessed)
    # The findings refer to the spec as written; the translated spec is not generated.
    diagnostics = merge_findings(
        translated.pieces, checked.diagnostics, after.diagnostics
    )
    return Checked(after.model, reading.text, diagnostics)


def _checked(
    reading: ReadResult,
    source: Source,
    catalogue: Catalogue,
    unread: frozenset[str] = frozenset(),
    guessed: Sequence[Span] = (),
) -> Checked:
    """Check a spec that was read.

    Args:
        reading: The spec.
        source: The source of the spec.
        catalogue: The catalogue of Keras.
        unread: Sections whose names are unknown, because they could not be read.
        guessed: Spans of translated code, whose output shapes are not known.
    """
    if reading.spec is None:
        return Checked(None, reading.text, reading.diagnostics)
    spec, overridden = override(reading.spec, source.params)
    model, beyond = build(with_methods(spec, source.methods), catalogue)
    model = model._replace(is_distributed=source.is_distributed)
    rules = run_checks(model, catalogue, guessed)
    diagnostics = (*reading.diagnostics, *overridden, *beyond, *rules)
    if has_errors(diagnostics):
        from scaffold.pipeline.consequences import without_consequences

        diagnostics = without_consequences(diagnostics, reading.spec, unread)
    return Checked(model, reading.text, diagnostics)


def advise(
    source: Source, catalogue: Catalogue | None = None
) -> tuple[Advice | None, Checked]:
    """Determine which styles can express a spec, and which one to choose.

    Args:
        source: The spec.
        catalogue: The catalogue of Keras; by default the bundled one.

    Returns:
        The advice, `None` if the spec has errors; and the result of the checks.

    Raises:
        CatalogueError: The catalogue cannot be read.
    """
    from scaffold.styles import advise as compare_styles

    checked = check(source, catalogue or load())
    if checked.model is None or has_errors(checked.diagnostics):
        return None, checked
    return compare_styles(checked.model), checked


def infer(
    checked: Sequence[tuple[str, Checked]],
    tell: Callable[[str], None] = lambda text: None,
) -> tuple[Inference, ...]:
    """Build models symbolically with Keras, to check and return their shapes.

    Args:
        checked: The names of specs, and their checks without errors.
        tell: Called with a line of progress.

    Returns:
        The findings and the shapes of each spec. See `scaffold.verify.inference.infer`.
    """
    from scaffold.verify.inference import infer

    models = [
        (name, result.model) for name, result in checked if result.model is not None
    ]
    return infer(models, tell=tell)
