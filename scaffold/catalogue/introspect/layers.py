"""Describe the layers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scaffold.catalogue.introspect import calls
from scaffold.catalogue.introspect.corrections import REASONS
from scaffold.catalogue.introspect.documentation import (
    documented,
    quoted_for_name,
    strings_in_init,
    ticked,
)
from scaffold.catalogue.introspect.examples import (
    WorkingExample,
    example_of,
    find_example,
)
from scaffold.catalogue.introspect.exports import Export, exports
from scaffold.catalogue.introspect.installed import keras
from scaffold.catalogue.introspect.kinds import DocumentedKind, with_kinds
from scaffold.catalogue.introspect.pages import page
from scaffold.catalogue.introspect.positions import positional
from scaffold.catalogue.introspect.ranks import needs_size, ranks_of_layer
from scaffold.catalogue.introspect.shapes import shape_of_layer
from scaffold.catalogue.introspect.signatures import further_arguments, own_arguments
from scaffold.catalogue.introspect.subjects import Trial
from scaffold.catalogue.introspect.training import training_use
from scaffold.catalogue.introspect.trials import (
    Wiring,
    instantiated_arguments,
    run_eager,
    run_symbolic,
)
from scaffold.catalogue.types import Argument, KerasCallable

CELLS: dict[str, dict[str, Any]] = {
    "LSTMCell": {"units": 2},
    "StackedRNNCells": {"cells": [{"LSTMCell": {"units": 2}}]},
}
"""Cells without an example, which are tried inside an `RNN`."""

MAKEABLE: dict[str, dict[str, Any]] = {
    "InputLayer": {"shape": [8]},
    "Lambda": {"function": abs},
    "Layer": {},
    "Wrapper": {"layer": {"Dense": {"units": 2}}},
}
"""Arguments with which a layer can be created, although it cannot be called."""


def describe_layers() -> list[KerasCallable]:
    """Describe every exported layer class."""
    listed = exports("layers")
    quoted_strings = quoted_for_name(export.target for export in listed)
    return [describe_layer(export, quoted_strings) for export in listed]


def describe_layer(
    export: Export, quoted_strings: dict[str, list[str]]
) -> KerasCallable:
    """Describe one layer class.

    Args:
        export: The class.
        quoted_strings: By argument name, strings that such an argument may accept.
    """
    own = own_arguments(export.target)
    example = find_example(export, own)
    subject = _subject(export, example)
    own += further_arguments(export, subject.constructs)
    arguments = tuple(_with_kinds(own, export, quoted_strings, subject))
    required, optional = calls.tensor_names(export.target)
    described = KerasCallable(
        export.name,
        "layers",
        aliases=export.aliases,
        abstract=_is_abstract(export.target),
        arguments=arguments,
        positional=positional(export.name, arguments),
        call=calls.call_arguments(export.target),
        takes=_takes(required),
        tensors=required + optional,
        training="differs" if calls.has_training(export.target) else "",
        unusable=REASONS.get(export.name, ""),
        gives=0,
        url=page("layers", export.name, export.target),
    )
    return described if example is None else _with_example(described, export, example)


def _with_example(
    described: KerasCallable, export: Export, example: WorkingExample
) -> KerasCallable:
    values, wiring = example

    def make(**more: float) -> Any:
        return export.target(**instantiated_arguments(values), **more)

    return described._replace(
        takes=wiring.takes,
        most=calls.most_tensors(make, wiring),
        gives=calls.count_outputs(make, wiring),
        masks=calls.mask_use(make, wiring),
        training=training_use(make, wiring),
        shape=shape_of_layer(export.target, values, wiring, described.arguments),
        ranks=ranks_of_layer(export.target, values, wiring, described.arguments),
        sized=needs_size(export.target, values, wiring, described.arguments),
        in_graphs=calls.fits_graphs(make, wiring),
        example=example_of(example),
    )


def _subject(export: Export, example: WorkingExample | None) -> Trial:
    if example is not None:
        values, wiring = example
        return Trial(export.target, values, lambda layer: _run(layer, wiring))
    if export.name in CELLS:
        return Trial(export.target, CELLS[export.name], _run_cell)
    known = MAKEABLE.get(export.name)
    return Trial(export.target, known or {}, lambda layer: None, known is not None)


def _run_cell(cell: Any) -> None:
    wiring = Wiring("one", ("sequences",), ((4, 3),), "float32")
    _run(keras("keras.layers").RNN(cell), wiring)


def _run(layer: Any, wiring: Wiring) -> None:
    run_symbolic(layer, wiring, None)
    run_eager(layer, wiring)


def _with_kinds(
    arguments: Iterable[Argument],
    export: Export,
    quoted_strings: dict[str, list[str]],
    subject: Trial,
) -> Iterable[Argument]:
    texts = documented(export.target)
    in_source = strings_in_init(export.target)
    for argument in arguments:
        text = texts.get(argument.name, "")
        candidates = [*ticked(text), *quoted_strings.get(argument.name, ()), *in_source]
        yield with_kinds(argument, DocumentedKind(text, candidates), subject)


def _is_abstract(target: Any) -> bool:
    return target.call is keras("keras.layers").Layer.call


def _takes(required: tuple[str, ...]) -> str:
    if not required:
        return "none"
    return "one" if len(required) == 1 else "several"
