"""Describes activations and the functions of `keras.ops`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from scaffold.catalogue.introspect.evidence import documented, quoted_for_name, ticked
from scaffold.catalogue.introspect.exports import Export, exports
from scaffold.catalogue.introspect.installed import keras
from scaffold.catalogue.introspect.kinds import Witness, with_kinds
from scaffold.catalogue.introspect.pages import page
from scaffold.catalogue.introspect.signatures import own_arguments
from scaffold.catalogue.introspect.strings import strings_by_name
from scaffold.catalogue.introspect.subjects import Subject
from scaffold.catalogue.introspect.trying import flat, works
from scaffold.catalogue.types import Argument, KerasCallable, Kind, Registry

Tensor = tuple[tuple[int | None, ...], str]

TENSORS: tuple[Tensor, ...] = (
    ((None, 4, 4), "float32"),
    ((2, 4, 4), "float32"),
    ((4, 4), "float32"),
    ((8,), "float32"),
    ((2, 8, 8, 3), "float32"),
    ((3, 4), "float32"),
    ((8, 3), "float32"),
    ((2, 4, 4), "int32"),
    ((8,), "int32"),
    ((2, 4, 4), "bool"),
    ((2, 4, 4), "complex64"),
)
"""What is tried for tensors: shape and dtype."""

VALUES: dict[str, tuple[Any, ...]] = {
    "axis": (-1, 0),
    "axis1": (0,),
    "axis2": (1,),
    "destination": (0,),
    "dtype": ("float32",),
    "indices_or_sections": (2,),
    "newshape": ((-1, 4),),
    "num": (4,),
    "num_classes": (4,),
    "output_size": (2,),
    "pad_width": (1,),
    "pattern": ("b h w -> b w h",),
    "pool_size": (2,),
    "repeats": (2,),
    "shape": ((2, 4, 4), (2, 4)),
    "sequence_length": (4,),
    "sequence_stride": (2,),
    "shift": (1,),
    "source": (1,),
    "subscripts": ("ij->ji",),
    "x_max": (1.0,),
    "x_min": (0.0,),
}
"""What is tried for a required argument of that name, before a tensor."""

PLAIN = (2, (2, 2))
"""What is tried for any other required argument, after a tensor."""

NOT_FIXED = frozenset(
    {
        "array_split", "dsplit", "eig", "eigh", "hsplit", "jvp", "meshgrid", "moments",
        "nonzero", "split", "svd", "unstack", "vsplit",
    }
)  # fmt: skip
"""Functions whose number of results hangs on their arguments."""


class Use(NamedTuple):
    """A call that works.

    Attributes:
        takes: `one`, `list`, `several` or `none`.
        tensors: The arguments that tensors were given for.
        known: All arguments.
        gives: How many tensors came back.
    """

    takes: str
    tensors: tuple[str, ...]
    known: Mapping[str, Any]
    gives: int


def describe_functions(registry: Registry) -> list[KerasCallable]:
    """Describes every function of a registry."""
    listed = exports(registry)
    strings = strings_by_name(registry)
    words = quoted_for_name(export.target for export in listed)
    return [
        _describe(registry, export, words, strings.get(export.name, ()))
        for export in listed
    ]


def _describe(
    registry: Registry,
    export: Export,
    words: dict[str, list[str]],
    strings: tuple[str, ...],
) -> KerasCallable:
    arguments = own_arguments(export.target)
    use = find_use(export, arguments)
    known = use.known if use else {}
    subject = Subject(export.target, known, _use_result, usable=use is not None)
    tensors = use.tensors if use else ()
    return KerasCallable(
        export.name,
        registry,
        aliases=export.aliases,
        strings=strings,
        arguments=tuple(_with_kinds(arguments, export, words, subject, tensors)),
        positional=_leading_required(arguments),
        takes=use.takes if use else "",
        tensors=tensors,
        gives=use.gives if use else 0,
        unusable="" if use else "no call on symbolic tensors was found",
        url=page(registry, export.name, export.target),
    )


def find_use(export: Export, arguments: Sequence[Argument]) -> Use | None:
    """Finds a call on symbolic tensors that works; `None` where there is none."""
    required = [argument.name for argument in arguments if argument.required]
    for shape, dtype in TENSORS:
        tensor = keras().KerasTensor(shape, dtype=dtype)
        for values in itertools.product(*_pools(required, tensor)):
            known = dict(zip(required, values, strict=True))
            use = _use(export, known, tensor)
            if use is not None:
                return use
        if not required:
            return None
    return None


def _pools(required: Sequence[str], tensor: Any) -> Iterator[tuple[Any, ...]]:
    for place, name in enumerate(required):
        if name in VALUES:
            yield (*VALUES[name], tensor)
        elif place == 0:
            yield (tensor, [tensor, tensor], *PLAIN)
        else:
            yield (tensor, *PLAIN)


def _use(export: Export, known: Mapping[str, Any], tensor: Any) -> Use | None:
    results: list[Any] = []
    if not works(lambda: results.append(export.target(**known))):
        return None
    tensors = tuple(
        name
        for name, value in known.items()
        if value is tensor or (isinstance(value, list) and value[0] is tensor)
    )
    leaves = [leaf for leaf in flat(results[0]) if hasattr(leaf, "shape")]
    gives = 0 if export.name in NOT_FIXED else len(leaves)
    if not tensors:
        return Use("none", (), known, gives)
    if isinstance(known[tensors[0]], list):
        return Use("list", tensors, known, gives)
    return Use("one" if len(tensors) == 1 else "several", tensors, known, gives)


def _use_result(result: Any) -> None:
    """A symbolic result needs no further use."""


def _with_kinds(
    arguments: Sequence[Argument],
    export: Export,
    words: dict[str, list[str]],
    subject: Subject,
    tensors: Sequence[str],
) -> Iterator[Argument]:
    texts = documented(export.target)
    for argument in arguments:
        text = texts.get(argument.name, "")
        if argument.name in tensors:
            first = argument.name == tensors[0]
            yield argument._replace(kinds=_tensor_kinds(argument.name, subject, first))
        else:
            more = [*ticked(text), *words.get(argument.name, ())]
            yield with_kinds(argument, Witness(text, more), subject)


def _tensor_kinds(name: str, subject: Subject, first: bool) -> tuple[Kind, ...]:
    """A second tensor may often be a number as well: `ops.multiply(x, 2)`."""
    if first or not subject.works(name, 2):
        return ("tensor",)
    return ("tensor", "float" if subject.works(name, 0.5) else "integer")


def _leading_required(arguments: Sequence[Argument]) -> int:
    return len(
        list(itertools.takewhile(lambda argument: argument.required, arguments))
    )
