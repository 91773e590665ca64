"""Translate arguments of older Keras and of PyTorch to those of Keras 3."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import NamedTuple

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.foreign_arguments import (
    ADDED,
    ARGUMENTS,
    DROPPED,
    FIRST,
    KERNEL,
    NEEDED,
    OF_KERAS_1,
    PER_HEAD,
    SHAPES,
    VALUES,
)
from scaffold.catalogue.foreign_names import DECAYED
from scaffold.foreign_code.steps import Untranslatable

_PAIR = re.compile(r"[(\[]\s*(\w+)\s*,\s*(\w+)\s*[)\]]")


class PastedArgument(NamedTuple):
    """An argument: its name (`""` for a positional one) and its text."""

    name: str
    text: str


def translate(
    name: str,
    arguments: Sequence[PastedArgument],
    target: KerasCallable,
    *,
    torch: bool,
) -> list[PastedArgument]:
    """Return the arguments of a call as Keras 3 takes them.

    Args:
        name: The called name, which may be an older name of the target.
        arguments: The arguments of the call.
        target: The callable of Keras 3.
        torch: Whether the name is from PyTorch.
    """
    order = [parameter.name for parameter in target.arguments]
    first = FIRST.get(f"torch.{name}") if torch else None
    has_sizes = [
        argument.text.isdecimal() for argument in arguments[1:3] if not argument.name
    ]
    if _names(arguments) & OF_KERAS_1 and has_sizes == [True, True]:
        first = FIRST.get(name.replace("Conv", "Convolution"))
    first = first or FIRST.get(name, ())
    if first and len(arguments) < NEEDED.get(first[0], 0):
        first = ()
    named = [
        (
            PastedArgument(first[at], argument.text)
            if not argument.name and at < len(first)
            else argument
        )
        for at, argument in enumerate(arguments)
    ]
    by_position = {
        first[at]
        for at, argument in enumerate(arguments)
        if not argument.name and at < len(first)
    }
    translated: list[PastedArgument] = []
    for argument in _with_grouped_sizes(_kernels(named, order), target):
        new = _translated(argument, order, torch=torch)
        if new is not None and (not new.name or new.name not in _names(translated)):
            translated.append(new)
    translated += [PastedArgument(*pair) for pair in ADDED.get(name, {}).items()]
    return _without_names(translated, order, bool(by_position))


def _with_grouped_sizes(
    arguments: list[PastedArgument], target: KerasCallable
) -> list[PastedArgument]:
    """Join sizes that are one argument, `Reshape(4, 2)`; split a pair that is two."""
    count = next(
        (
            at
            for at, argument in enumerate(arguments)
            if argument.name or not argument.text.isdecimal()
        ),
        len(arguments),
    )
    kinds = [{*parameter.kinds} for parameter in target.arguments]
    is_shape = kinds and kinds[0] & {"shape", "tuple"} and target.positional == 1
    if count > 1 and is_shape and not kinds[1] & {"integer", "float"}:
        sizes = ", ".join(argument.text for argument in arguments[:count])
        return [PastedArgument("", f"({sizes})"), *arguments[count:]]
    is_two = target.positional == 2 and all(kind == {"integer"} for kind in kinds[:2])
    pair = (
        _PAIR.fullmatch(arguments[0].text)
        if arguments and not arguments[0].name
        else None
    )
    if is_two and pair and (len(arguments) == 1 or arguments[1].name):
        return [
            PastedArgument("", pair[1]),
            PastedArgument("", pair[2]),
            *arguments[1:],
        ]
    return arguments


def _names(arguments: Sequence[PastedArgument]) -> set[str]:
    return {argument.name for argument in arguments}


def _kernels(
    arguments: Sequence[PastedArgument], order: Sequence[str]
) -> list[PastedArgument]:
    """Join the sizes of a kernel, which are separate arguments in Keras 1."""
    names = _names(arguments)
    for parts in KERNEL:
        if set(parts) <= names and "kernel_size" in order:
            sizes = ", ".join(
                argument.text for argument in arguments if argument.name in parts
            )
            joined = PastedArgument("kernel_size", f"({sizes})")
            return [
                joined if argument.name == parts[0] else argument
                for argument in arguments
                if argument.name not in parts[1:]
            ]
    return [*arguments]


def _translated(
    argument: PastedArgument, order: Sequence[str], *, torch: bool
) -> PastedArgument | None:
    """Translate an argument; return `None` if Keras 3 has no equivalent."""
    name, text = argument
    if name and name not in order:
        named = next((new for new in ARGUMENTS.get(name, ()) if new in order), None)
        if named is not None:
            text = _dropped_rate(text) if name == "keep_prob" else text
            name = named
        elif name in SHAPES or name in DROPPED:
            return None
    elif name in SHAPES and torch:
        return None
    is_padding = torch and name == "padding" and "strides" in order
    if is_padding and re.fullmatch(r"[\d\s(),]+", text):
        return PastedArgument(name, '"same"') if re.search("[1-9]", text) else None
    if torch and name == "momentum" and "epsilon" in order:
        # `momentum` is the weight of the new value in PyTorch, of the old one in Keras.
        text = _dropped_rate(text)
    value = _string(text)
    if value in VALUES.get(name, {}):
        text = f'"{VALUES[name][value]}"'
    return PastedArgument(name, text)


def _string(text: str) -> str:
    return text[1:-1] if text[:1] in ("'", '"') else ""


def _dropped_rate(text: str) -> str:
    """Return 1 minus a rate, such as the dropout rate for a `keep_prob`."""
    try:
        return f"{1 - float(text):.6g}"
    except ValueError:
        return f"1 - {text}"


def _without_names(
    arguments: list[PastedArgument], order: Sequence[str], may_omit: bool
) -> list[PastedArgument]:
    """Remove the names of leading arguments that were positional in the code."""
    if not may_omit:
        return arguments
    result = []
    for at, argument in enumerate(arguments):
        may_omit = (
            may_omit and at < len(order) and argument.name == order[at] and at < 2
        )
        result.append(PastedArgument("", argument.text) if may_omit else argument)
    return result


def per_head(name: str, arguments: Sequence[PastedArgument]) -> list[PastedArgument]:
    """Translate the sizes of PyTorch's attention to those of Keras.

    PyTorch takes the total size of all heads, Keras the size of a single head.

    Raises:
        Untranslatable: The size of a head is unknown.
    """
    if name != "MultiheadAttention" or "key_dim" in _names(arguments):
        return [*arguments]
    order = FIRST[name]
    named = [
        (
            PastedArgument(order[at], argument.text)
            if not argument.name and at < len(order)
            else argument
        )
        for at, argument in enumerate(arguments)
    ]
    texts = {argument.name: argument.text for argument in named}
    total, heads = texts.get("embed_dim", ""), texts.get("num_heads", "")
    if not (total.isdecimal() and heads.isdecimal() and int(heads)):
        raise Untranslatable(PER_HEAD)
    size, remainder = divmod(int(total), int(heads))
    if remainder or not size:
        raise Untranslatable(PER_HEAD)
    sizes = [PastedArgument("num_heads", heads), PastedArgument("key_dim", str(size))]
    return sizes + [
        argument
        for argument in named
        if argument.name not in ("embed_dim", "num_heads")
    ]


def decayed(
    arguments: Sequence[PastedArgument], target: KerasCallable
) -> list[PastedArgument]:
    """Translate the `decay` of older optimizers to the equivalent schedule."""
    if target.registry != "optimizers" or "decay" not in _names(arguments):
        return [*arguments]
    decay = next(argument.text for argument in arguments if argument.name == "decay")
    default = next(
        (
            parameter.default
            for parameter in target.arguments
            if parameter.name == "learning_rate"
        ),
        0.001,
    )
    rate = str(default)
    other_arguments = []
    for at, argument in enumerate(arguments):
        if argument.name == "learning_rate" or (at == 0 and not argument.name):
            rate = argument.text
        elif argument.name != "decay":
            other_arguments.append(argument)
    try:
        if float(ast.literal_eval(decay)) == 0:
            return [PastedArgument("learning_rate", rate), *other_arguments]
    except (ValueError, SyntaxError, TypeError):
        pass
    schedule = DECAYED.format(rate=rate, decay=decay)
    return [PastedArgument("learning_rate", schedule), *other_arguments]
