"""Finds out what an argument may be: by trying, where the documentation is a witness.

Keras checks little: most constructors take any nonsense. So a kind counts only where
values of it work and something speaks for it: the default, the name, the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from scaffold.catalogue.introspect.choices import find_choices
from scaffold.catalogue.introspect.corrections import corrected
from scaffold.catalogue.introspect.documentation import speaks_for
from scaffold.catalogue.introspect.families import find_family
from scaffold.catalogue.introspect.subjects import Trial
from scaffold.catalogue.types import Argument, Kind

INTEGERS = (2, 3, 1, 4, 8, 512)
"""The integers tried, until one works.

Never 0, and 1 late: TensorFlow can end the process at either (SIGFPE), at 0 where it
is a stride, at 1 where it is the `output_size` of AdaptiveMaxPooling1D.
"""

FLOATS = (0.5, 1.5, 0.25, 2.5, -0.5)
"""The fractions tried, until one works."""


class DocumentedKind(NamedTuple):
    """What is known of an argument before it is tried.

    Attributes:
        text: What the documentation says of it; `""` where it says nothing.
        words: Strings that it may take, to be tried.
    """

    text: str
    words: Sequence[str]


def with_kinds(argument: Argument, witness: DocumentedKind, subject: Trial) -> Argument:
    """Return the argument with its kinds, choices, rank, and whether it may be `None`.

    Args:
        argument: Name and default.
        witness: What the documentation says.
        subject: What it is an argument of.
    """
    if not subject.usable:
        result = _spoken(argument, witness.text)
    else:
        result = _found(argument, witness, subject)
    return corrected(result, subject)


def _found(argument: Argument, witness: DocumentedKind, subject: Trial) -> Argument:
    nullable = _nullable(argument, witness, subject)
    family = find_family(argument, witness.text, subject)
    if family:
        return argument._replace(kinds=family, nullable=nullable)
    if isinstance(argument.default, bool):
        return argument._replace(kinds=("boolean",), nullable=nullable)
    kinds: list[Kind] = []
    choices = find_choices(argument, witness.text, witness.words, subject)
    if choices:
        kinds.append("choice")
    kinds += _scalars(argument, witness, subject, bool(choices))
    sequence, rank = _sequence(argument, witness, subject)
    kinds += sequence
    if not choices and isinstance(argument.default, str):
        kinds.insert(0, "string")
    if not kinds:
        kinds += _others(argument, witness, subject)
    return argument._replace(
        kinds=tuple(kinds) or ("any",), nullable=nullable, choices=choices, rank=rank
    )


def _spoken(argument: Argument, text: str) -> Argument:
    """Take the documentation's word, where nothing can be tried."""
    default = argument.default
    kinds: tuple[Kind, ...] = ("any",)
    if isinstance(default, bool) or speaks_for(text, "boolean"):
        kinds = ("boolean",)
    elif isinstance(default, int) or speaks_for(text, "integer"):
        kinds = ("integer",)
    elif isinstance(default, float) or speaks_for(text, "float"):
        kinds = ("float",)
    elif argument.name == "dtype":
        kinds = ("dtype",)
    elif isinstance(default, str) or argument.name == "name":
        kinds = ("string",)
    nullable = default is None and not argument.required
    return argument._replace(kinds=kinds, nullable=nullable)


def _nullable(argument: Argument, witness: DocumentedKind, subject: Trial) -> bool:
    if argument.required or argument.default is not None:
        if not subject.works(argument.name, None):
            return False
        checked = not subject.works(argument.name, "nonsense")
        return checked and (
            speaks_for(witness.text, "none") or _is_family_name(argument.name)
        )
    return True


def _is_family_name(name: str) -> bool:
    return name.endswith(("initializer", "regularizer", "constraint", "activation"))


def _scalars(
    argument: Argument, witness: DocumentedKind, subject: Trial, has_choices: bool
) -> list[Kind]:
    """Resolve integer, float and boolean."""
    name, text, default = argument.name, witness.text, argument.default
    boolean = subject.works(name, True) or subject.works(name, False)
    if speaks_for(text, "boolean") and default is None and boolean:
        if not speaks_for(text, "integer") and not speaks_for(text, "float"):
            return ["boolean"]
    if has_choices or isinstance(default, str):
        # Beside strings Keras has whole numbers, never fractions.
        able = isinstance(default, str) and speaks_for(text, "integer")
        return ["integer"] if able and subject.works(name, 2) else []
    whole = any(subject.works(name, value) for value in INTEGERS)
    broken = _may_break(default, text) and any(
        subject.works(name, value) for value in FLOATS
    )
    if isinstance(default, float) and broken:
        return ["float"]
    if isinstance(default, int):
        wants_float = speaks_for(text, "float") and not speaks_for(text, "integer")
        return ["float" if wants_float and broken else "integer"]
    if speaks_for(text, "float") and broken:
        return ["float"]
    if whole and (speaks_for(text, "integer") or not broken):
        return ["integer"]
    return ["float"] if broken and not subject.works(name, "nonsense") else []


def _may_break(default: Any, text: str) -> bool:
    """Return whether fractions are to be tried at all.

    Not where only integers are spoken of: cut to 0, a stride kills the process.
    """
    if isinstance(default, float) or speaks_for(text, "float"):
        return True
    return not isinstance(default, int | list) and not speaks_for(text, "integer")


def _sequence(
    argument: Argument, witness: DocumentedKind, subject: Trial
) -> tuple[list[Kind], int | None]:
    """Resolve tuple, list and shape by the lengths that work."""
    name, default = argument.name, argument.default
    if not _may_be_sequence(argument, witness.text, subject):
        return [], None
    lengths = _lengths(name, subject, tuple)
    if not lengths:
        return (["list"] if _lengths(name, subject, list) else []), None
    if _is_shape(name):
        return ["shape"], None
    if isinstance(default, list) and len(default) in lengths:
        return ["tuple"], len(default)
    if len(lengths) == 1 and not name.startswith(("axis", "axes")):
        length = lengths[0]
        if length > 1 or not subject.constructs(name, (2, 2)):
            return ["tuple"], length
    if not _lengths(name, subject, list):
        return ["tuple"], None
    return ["list"], None


def _may_be_sequence(argument: Argument, text: str, subject: Trial) -> bool:
    if isinstance(argument.default, list):
        return True
    if speaks_for(text, "sequence") or speaks_for(text, "shape"):
        return True
    name = argument.name
    if isinstance(argument.default, float | str):
        return False
    if subject.works(name, (2,)) and not subject.constructs(name, (2, 2)):
        return True  # sizes in one dimension, often documented as just an integer
    return not text and not subject.works(name, "nonsense")


def _lengths(
    name: str, subject: Trial, sort: type[tuple[Any, ...] | list[Any]]
) -> list[int]:
    """Return the lengths, up to 4, at which a tuple (or a list) works."""
    return [
        length
        for length in range(1, 5)
        if any(subject.works(name, sort(value)) for value in _sequences(length))
    ]


def _is_shape(name: str) -> bool:
    return name.endswith(("shape", "dims"))


def _sequences(length: int) -> list[Any]:
    """Return values of one length, of all sorts that Keras takes somewhere."""
    whole = [(value,) * length for value in (2, 1)]
    if length == 2:
        more: list[Any] = [(0.1, 0.5), (2, 1), (1, 3), (2, 4)]
    elif length == 3:
        more = [(1, 2, 3), (2, 1, 3)]
    else:
        more = [tuple(range(1, length + 1))]
    nested = [((1, 1),) * length]
    words = [["a", "b", "c", "d"][:length]]
    return [*whole, *more, *nested, *words]


def _others(argument: Argument, witness: DocumentedKind, subject: Trial) -> list[Kind]:
    """Resolve strings and dicts, for which only the text can speak."""
    name, text = argument.name, witness.text
    if speaks_for(text, "dict") and subject.works(name, {}):
        return ["dict"]
    if speaks_for(text, "string") and subject.works(name, "nonsense"):
        return ["string"]
    return []
