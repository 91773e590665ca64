"""The text of `keras-scaffold layers`: the list by family, and the page of a layer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from scaffold.catalogue import Argument, Catalogue, KerasCallable, called_on, traits
from scaffold.catalogue.families import Family, description_of, family_of

WIDTH = 80
_COLUMN = 24
"""The maximum width of the column of names."""


def family_lines(family: Family, members: Iterable[KerasCallable]) -> Iterator[str]:
    """List a family: its name after `#`, then one line for each layer.

    Args:
        family: The family.
        members: Its layers.
    """
    yield f"# {family.name}: {family.about}"
    layers = list(members)
    column = min(_COLUMN, max(len(layer.name) for layer in layers))
    for layer in layers:
        about = _with_aliases(description_of(layer).about, layer.aliases)
        yield f"{layer.name:{column}}  {about}".rstrip()


def _with_aliases(about: str, aliases: tuple[str, ...]) -> str:
    if not aliases:
        return about
    also = f"also {', '.join(aliases)}"
    return f"{about.removesuffix('.')} ({also})." if about else f"({also})"


def page(layer: KerasCallable, catalogue: Catalogue) -> Iterator[str]:
    """Describe a layer: its arguments, what it is called on, and an example.

    Args:
        layer: The layer.
        catalogue: The catalogue.
    """
    description = description_of(layer)
    yield layer.name + (f" (also {', '.join(layer.aliases)})" if layer.aliases else "")
    family = f"Family: {family_of(layer).name}."
    yield from _wrapped("", f"{description.about} {family}".strip())
    yield ""
    yield from _arguments(layer)
    yield ""
    called = f"Called on {'; '.join((called_on(layer), *traits(layer)))}."
    yield from _indented(called)
    if description.instead:
        yield from _indented(f"Cannot be an entry: {layer.unusable}.")
        yield from _indented(f"Instead: {description.instead}.")
    elif example := description.example or _smallest(layer):
        yield from _example(example, catalogue)
    yield f"  {layer.url}"


def _arguments(layer: KerasCallable) -> Iterator[str]:
    width = max((len(argument.name) for argument in layer.arguments), default=0)
    for index, argument in enumerate(layer.arguments):
        suffix = "; by position" if index < layer.positional else ""
        default = "required" if argument.required else _shown(argument.default)
        text = f"{_kinds(argument)}; {default}{suffix}"
        yield from _wrapped(f"  {argument.name:{width}}  ", text)


def _example(example: str, catalogue: Catalogue) -> Iterator[str]:
    """Write an entry in both notations, as list items to copy into a spec."""
    from scaffold.cli.keyed_notation import keyed_lines  # not needed by the list

    dash = "    - "
    yield "  Line notation:"
    yield f"{dash}{example}"
    yield "  Keyed notation:"
    first, *more = keyed_lines(example, catalogue, WIDTH - len(dash))
    yield f"{dash}{first}"
    for line in more:
        yield f"{' ' * len(dash)}{line}"


def _smallest(layer: KerasCallable) -> str:
    """Return the example of the catalogue, for a layer without a description."""
    if layer.example is None:
        return ""
    return _call(layer.name, layer.example.arguments)


def _call(name: str, arguments: Mapping[str, object]) -> str:
    listed = (f"{key}={_as_code(value)}" for key, value in arguments.items())
    return f"{name}({', '.join(listed)})"


def _as_code(value: object) -> str:
    """Write a value of the catalogue; a mapping of one class name is a call."""
    if isinstance(value, dict) and len(value) == 1 and next(iter(value))[:1].isupper():
        ((name, arguments),) = value.items()
        return _call(name, arguments)
    if isinstance(value, list):
        return f"[{', '.join(map(_as_code, value))}]"
    return _shown(value)


def _indented(text: str) -> Iterator[str]:
    yield from _wrapped("  ", text)


def _wrapped(begin: str, text: str) -> Iterator[str]:
    """Wrap a text, with its further lines below its first."""
    yield from wrap(
        text,
        WIDTH,
        initial_indent=begin,
        subsequent_indent=" " * len(begin),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _kinds(argument: Argument) -> str:
    alternatives = [
        f"tuple of {argument.rank}" if kind == "tuple" else kind
        for kind in argument.kinds
        if kind != "choice"
    ]
    alternatives += [_shown(choice) for choice in argument.choices]
    return " or ".join([*alternatives, *(["None"] if argument.nullable else [])])


def _shown(value: object) -> str:
    if isinstance(value, list):
        inner = ", ".join(map(_shown, value))
        return f"({inner})" if len(value) != 1 else f"({inner},)"
    return f'"{value}"' if isinstance(value, str) else repr(value)
