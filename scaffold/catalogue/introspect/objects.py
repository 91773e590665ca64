"""Describe all classes that are not layers: losses, optimizers, callbacks..."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from scaffold.catalogue.introspect.documentation import (
    documented,
    quoted_for_name,
    strings_in_init,
    ticked,
)
from scaffold.catalogue.introspect.exports import Export, exports
from scaffold.catalogue.introspect.installed import keras
from scaffold.catalogue.introspect.kinds import DocumentedKind, with_kinds
from scaffold.catalogue.introspect.pages import page
from scaffold.catalogue.introspect.positions import positional
from scaffold.catalogue.introspect.signatures import further_arguments, own_arguments
from scaffold.catalogue.introspect.strings import strings_by_name
from scaffold.catalogue.introspect.subjects import Trial
from scaffold.catalogue.introspect.trials import filled, instantiated_arguments, works
from scaffold.catalogue.types import Argument, KerasCallable, Registry

BASES = frozenset(
    {
        "Initializer",
        "Regularizer",
        "Constraint",
        "Loss",
        "Metric",
        "Optimizer",
        "LearningRateSchedule",
        "Callback",
    }
)
"""The base class of each registry."""

VALUES: dict[str, tuple[Any, ...]] = {
    "inner_optimizer": ({"SGD": {}},),
    "default_optimizer": ({"SGD": {}},),
    "fn": (abs,),
    "schedule": (abs,),
    "target_class_ids": ([0],),
    "boundaries": ([10, 20],),
    "values": ([0.3, 0.2, 0.1],),
    "filepath": ("best.keras",),
    "filename": ("log.csv",),
    "backup_dir": ("backup",),
    "directory": ("checkpoints",),
    "decay_steps": (10,),
    "first_decay_steps": (10,),
}
"""Values to try for a required argument by name; 0.5 and 2 for all others."""


def describe_objects(registry: Registry) -> list[KerasCallable]:
    """Describe every class of a registry."""
    listed = exports(registry)
    strings = strings_by_name(registry)
    quoted_strings = quoted_for_name(export.target for export in listed)
    return [
        _describe(registry, export, quoted_strings, strings.get(export.name, ()))
        for export in listed
    ]


def _describe(
    registry: Registry,
    export: Export,
    quoted_strings: dict[str, list[str]],
    strings: tuple[str, ...],
) -> KerasCallable:
    own = own_arguments(export.target)
    subject = _subject(registry, export, own)
    own += further_arguments(export, subject.constructs)
    arguments = tuple(_with_kinds(own, export, quoted_strings, subject))
    abstract = export.name in BASES
    return KerasCallable(
        export.name,
        registry,
        aliases=export.aliases,
        strings=() if abstract else strings,
        abstract=abstract,
        arguments=arguments,
        positional=positional(export.name, arguments),
        url=page(registry, export.name, export.target),
    )


def _with_kinds(
    arguments: Sequence[Argument],
    export: Export,
    quoted_strings: dict[str, list[str]],
    subject: Trial,
) -> Iterator[Argument]:
    texts = documented(export.target)
    in_source = strings_in_init(export.target)
    for argument in arguments:
        text = texts.get(argument.name, "")
        candidates = [*ticked(text), *quoted_strings.get(argument.name, ()), *in_source]
        yield with_kinds(argument, DocumentedKind(text, candidates), subject)


def _subject(
    registry: Registry, export: Export, arguments: Sequence[Argument]
) -> Trial:
    """Find values for the required arguments, and a run in which they work."""
    required = [argument.name for argument in arguments if argument.required]
    pools = [VALUES.get(name, (0.5, 2)) for name in required]
    runs = [*RUNS.get(registry, []), lambda instance: None]
    for run in runs:
        for values in itertools.product(*pools):
            known = dict(zip(required, values, strict=True))
            if works(partial(_try, export, known, run)):
                return Trial(export.target, known, run)
    return Trial(export.target, {}, lambda instance: None, usable=False)


def _try(export: Export, known: Mapping[str, Any], run: Callable[[Any], None]) -> None:
    run(export.target(**instantiated_arguments(known)))


def _initialize(initializer: Any) -> None:
    initializer((4, 4))


def _initialize_stft(initializer: Any) -> None:
    initializer((4, 1, 6))


def _apply(function: Any) -> None:
    function(filled((4, 4), "float32"))


def _compare(dtype: str, *shapes: tuple[int, ...]) -> Callable[[Any], None]:
    """Return a function that runs a loss or metric on labels and predictions."""

    def run(compared: Any) -> None:
        truth, predicted = filled(shapes[0], dtype), filled(shapes[1], "float32")
        if hasattr(compared, "update_state"):
            compared.update_state(truth, predicted)
            compared.result()
        else:
            compared(truth, predicted)

    return run


def _average(metric: Any) -> None:
    metric.update_state(filled((4,), "float32"))
    metric.result()


def _step(optimizer: Any) -> None:
    variable = keras().Variable([1.0, 2.0])
    optimizer.build([variable])
    optimizer.apply([keras().ops.ones((2,))], [variable])


def _schedule(schedule: Any) -> None:
    schedule(1)


_COMPARISONS = [
    _compare("float32", (2, 4), (2, 4)),
    _compare("int32", (2,), (2, 4)),
    _compare("int32", (2, 4), (2, 4)),
    _compare("int32", (2, 2), (2, 4, 5)),
]

RUNS: dict[Registry, list[Callable[[Any], None]]] = {
    "initializers": [_initialize, _initialize_stft],
    "regularizers": [_apply],
    "constraints": [_apply],
    "losses": _COMPARISONS,
    "metrics": [*_COMPARISONS, _average],
    "optimizers": [_step],
    "schedules": [_schedule],
}
"""How to run the objects of each registry; the first that works is used."""
