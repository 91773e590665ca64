"""`keras-scaffold layers`."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from scaffold.catalogue import (
    Argument,
    Catalogue,
    Example,
    KerasCallable,
    called_on,
    load,
    suggest,
    traits,
)
from scaffold.cli import completers
from scaffold.cli.console import fail, print_status
from scaffold.diagnostics import Diagnostic, Span, did_you_mean


@click.command()
@click.argument("name", required=False, shell_complete=completers.layers)
def layers(name: str | None) -> None:
    """List Keras layers, or describe one: its arguments, inputs and an example."""
    catalogue = load()
    if name is None:
        _list(catalogue)
        return
    layer = catalogue.find("layers", name)
    if layer is None:
        known = (*catalogue.names("layers"), *catalogue.aliases("layers"))
        near = did_you_mean(suggest(name, known))
        help_ = near or "`keras-scaffold layers` lists all layers"
        message = f"Keras {catalogue.version} has no layer `{name}`"
        fail([Diagnostic("KS201", message, Span(name), help_)])
    for line in _page(layer):
        click.echo(line)


def _list(catalogue: Catalogue) -> None:
    names, aliases = catalogue.names("layers"), catalogue.aliases("layers")
    width = max(map(len, names))
    for name in names:
        own_aliases = sorted(alias for alias, main in aliases.items() if main == name)
        also = f"also {', '.join(own_aliases)}" if own_aliases else ""
        click.echo(f"{name:{width}}  {also}".rstrip())
    print_status(
        f"{len(names)} layers and {len(aliases)} aliases in Keras {catalogue.version}"
    )


def _page(layer: KerasCallable) -> Iterator[str]:
    yield layer.name + (f" (also {', '.join(layer.aliases)})" if layer.aliases else "")
    yield ""
    width = max((len(argument.name) for argument in layer.arguments), default=0)
    for index, argument in enumerate(layer.arguments):
        suffix = "; by position" if index < layer.positional else ""
        default = "required" if argument.required else _shown(argument.default)
        yield f"  {argument.name:{width}}  {_kinds(argument)}; {default}{suffix}"
    yield ""
    yield f"  Called on {'; '.join((called_on(layer), *traits(layer)))}."
    if layer.example is not None:
        yield f"  Line notation:   {_line(layer, layer.example)}"
        yield f"  Keyed notation:  {_keyed(layer, layer.example)}"
    elif layer.unusable:
        yield f"  {layer.unusable}"
    yield f"  {layer.url}"


def _kinds(argument: Argument) -> str:
    alternatives = [
        f"tuple of {argument.rank}" if kind == "tuple" else kind
        for kind in _kinds_without_choice(argument)
    ]
    alternatives += [_shown(choice) for choice in argument.choices]
    return " or ".join([*alternatives, *(["None"] if argument.nullable else [])])


def _kinds_without_choice(argument: Argument) -> list[str]:
    return [kind for kind in argument.kinds if kind != "choice"]


def _shown(value: object) -> str:
    if isinstance(value, list):
        inner = ", ".join(map(_shown, value))
        return f"({inner})" if len(value) != 1 else f"({inner},)"
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _line(layer: KerasCallable, example: Example) -> str:
    shown: list[str] = []
    for index, argument in enumerate(layer.arguments):
        if argument.name in example.arguments:
            text = _nested(example.arguments[argument.name])
            is_positional = index == len(shown) < layer.positional
            shown.append(text if is_positional else f"{argument.name}={text}")
    return f"{layer.name}({', '.join(shown)})"


def _nested(value: object) -> str:
    """Write a value of an example as Python; a mapping of one class name is a call."""
    if isinstance(value, dict) and len(value) == 1 and next(iter(value))[:1].isupper():
        ((name, arguments),) = value.items()
        texts = [f"{key}={_nested(argument)}" for key, argument in arguments.items()]
        return f"{name}({', '.join(texts)})"
    if isinstance(value, list):
        return f"[{', '.join(map(_nested, value))}]"
    return _shown(value)


def _keyed(layer: KerasCallable, example: Example) -> str:
    """Write an example in keyed notation, as JSON, which is valid YAML."""
    text = json.dumps(example.arguments, ensure_ascii=False)
    return f"{layer.name}: {text}" if example.arguments else f"{layer.name}:"
