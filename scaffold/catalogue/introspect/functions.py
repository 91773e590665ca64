"""Describe activations and the functions of `keras.ops`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from scaffold.catalogue.introspect.documentation import (
    documented,
    indicates,
    quoted_for_name,
    ticked,
)
from scaffold.catalogue.introspect.exports import Export, exports
from scaffold.catalogue.introspect.kinds import DocumentedKind, with_kinds
from scaffold.catalogue.introspect.pages import page
from scaffold.catalogue.introspect.shapes import shape_of_function
from scaffold.catalogue.introspect.signatures import own_arguments
from scaffold.catalogue.introspect.strings import strings_by_name
from scaffold.catalogue.introspect.subjects import Trial
from scaffold.catalogue.introspect.symbolic_use import SymbolicUse, symbolic_use_of
from scaffold.catalogue.introspect.uses import UNFIT, WorkingCall, find_use, is_tensor
from scaffold.catalogue.types import Argument, KerasCallable, Kind, Registry

NOT_FIXED = frozenset(
    "array_split dsplit eig eigh hsplit moments nonzero split svd unstack unique "
    "vsplit".split()
)
"""Functions whose number of results depends on their arguments."""


def describe_functions(registry: Registry) -> list[KerasCallable]:
    """Describe every function of a registry."""
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
    arguments = own_arguments(export.target)
    use = find_use(export, arguments)
    described = KerasCallable(
        export.name,
        registry,
        aliases=export.aliases,
        strings=strings,
        arguments=tuple(_with_kinds(arguments, export, quoted_strings, use)),
        positional=_leading_required(arguments),
        gives=0,
        url=page(registry, export.name, export.target),
    )
    if use is None:
        return described._replace(unusable=UNFIT.get(export.name, "no use was found"))
    symbolic_use = (
        symbolic_use_of(export.target, use) if registry == "ops" else SymbolicUse()
    )
    optional = tuple(
        argument.name
        for argument in described.arguments
        if "tensor" in argument.kinds and argument.name not in use.tensors
    )
    return described._replace(
        takes=use.takes,
        tensors=use.tensors + (optional if use.takes == "several" else ()),
        gives=0 if export.name in NOT_FIXED else use.gives,
        unusable=symbolic_use.unusable,
        shape=(
            "data"
            if symbolic_use.is_by_data
            else shape_of_function(
                export.target, use.known, use.tensors, described.arguments
            )
        ),
    )


def _with_kinds(
    arguments: Sequence[Argument],
    export: Export,
    quoted_strings: dict[str, list[str]],
    use: WorkingCall | None,
) -> Iterator[Argument]:
    texts = documented(export.target)
    known = use.known if use else {}
    subject = Trial(export.target, known, lambda result: None, use is not None)
    for argument in arguments:
        text = texts.get(argument.name, "")
        if use and argument.name in use.tensors:
            kinds = _tensor_kinds(argument, text, subject, use)
            yield argument._replace(kinds=kinds)
            continue
        candidates = [*ticked(text), *quoted_strings.get(argument.name, ())]
        result = with_kinds(argument, DocumentedKind(text, candidates), subject)
        if use and _may_be_tensor(argument, text, subject, use):
            numbers = tuple(
                kind for kind in result.kinds if kind in ("integer", "float")
            )
            result = result._replace(kinds=("tensor", *numbers), rank=None)
        yield _without_rank(result)


def _without_rank(argument: Argument) -> Argument:
    """Change tuples to lists, as their length depends on the tensor."""
    if "tuple" not in argument.kinds:
        return argument
    kinds = tuple("list" if kind == "tuple" else kind for kind in argument.kinds)
    return argument._replace(kinds=kinds, rank=None)


def _tensor_kinds(
    argument: Argument, text: str, subject: Trial, use: WorkingCall
) -> tuple[Kind, ...]:
    """Return the kinds of a second tensor, or number: `ops.multiply(x, 2)`."""
    name = argument.name
    if name == use.tensors[0] or not subject.works(name, 2):
        return ("tensor",)
    whole = indicates(text, "integer") or not subject.works(name, 0.5)
    return ("tensor", "integer" if whole else "float")


def _may_be_tensor(
    argument: Argument, text: str, subject: Trial, use: WorkingCall
) -> bool:
    """Return whether an optional argument is a tensor if it is passed."""
    if argument.default is not None or argument.required or not use.tensors:
        return False
    tensors = [value for value in use.known.values() if is_tensor(value)]
    return indicates(text, "tensor") and any(
        _accepts(subject, argument.name, tensor) for tensor in tensors
    )


def _accepts(subject: Trial, name: str, tensor: Any) -> bool:
    return not isinstance(tensor, list) and subject.works(name, tensor)


def _leading_required(arguments: Sequence[Argument]) -> int:
    return len(list(itertools.takewhile(lambda argument: argument.required, arguments)))
