"""Completion of arguments: specs, presets, layers, codes, params, methods.

Each function is a `shell_complete=` callback of a parameter. It imports only what it
needs, because the shell waits for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from click import Context, Parameter
from click.core import ParameterSource
from click.shell_completion import CompletionItem

Items: TypeAlias = "list[CompletionItem[str]]"


def specs(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete a spec: the name of a preset, or a file."""
    return [*presets(ctx, param, typed), *spec_files(ctx, param, typed)]


def specs_and_code(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete a spec or a generated file."""
    from scaffold.spec import SUFFIXES

    return [*presets(ctx, param, typed), *_files(typed, (*SUFFIXES, ".py"))]


def spec_files(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete a spec file."""
    from scaffold.spec import SUFFIXES

    return _files(typed, SUFFIXES)


def files(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete any file."""
    return [CompletionItem(typed, type="file")]


def directories(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete a directory."""
    return [CompletionItem(typed, type="dir")]


def presets(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete the name of a preset, with its description."""
    from scaffold.spec.presets import preset_names

    names = _fitting(preset_names(), typed)
    return [CompletionItem(name, help=_purpose(name)) for name in names]


def layers(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete a layer or a family, or an alias if no name matches."""
    from scaffold.catalogue import load
    from scaffold.catalogue.families import by_family

    catalogue = load()
    groups = by_family(catalogue)
    texts = {
        name: description.about
        for family, _ in groups
        for name, description in family.layers.items()
    }
    texts |= {family.name: family.about for family, _ in groups}
    aliases = catalogue.aliases("layers")
    texts |= {alias: f"alias of {name}" for alias, name in aliases.items()}
    names = _fitting(catalogue.names("layers"), typed) or _fitting(aliases, typed)
    names += _fitting((family.name for family, _ in groups), typed)
    return [CompletionItem(name, help=texts.get(name)) for name in names]


def codes(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete the code of a finding; once something is typed, also its name."""
    from scaffold.pages import CODES

    descriptions = {
        code: f"{page.name}: {page.summary}" for code, page in CODES.items()
    }
    if typed:
        descriptions |= {page.name: page.summary for page in CODES.values()}
    return [
        CompletionItem(name, help=descriptions[name])
        for name in _fitting(descriptions, typed)
    ]


def params(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete the name in `name=value` from the params of the specs on the line."""
    return [] if "=" in typed else settings(_params_of(_named(ctx)), typed)


def settings(names: Mapping[str, str], typed: str) -> Items:
    """Complete the name in `name=value`.

    Args:
        names: The names and their descriptions.
        typed: The text typed so far.
    """
    return [
        CompletionItem(f"{name}=", type="open", help=names[name])
        for name in _fitting(names, typed)
    ]


def methods(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete the last of several methods; skip those already in the list."""
    from scaffold.ir.hooks import METHODS

    before, sign, last = typed.rpartition(",")
    named = before.split(",")
    names = _fitting((name for name in METHODS if name not in named), last)
    return [CompletionItem(before + sign + name) for name in names]


def is_first(ctx: Context) -> bool:
    """Return whether a command has no arguments or options yet."""
    command_line = ParameterSource.COMMANDLINE
    return all(
        # Before Click 8.3, an empty `nargs=-1` argument has the source COMMANDLINE too.
        value == () or ctx.get_parameter_source(name) != command_line
        for name, value in ctx.params.items()
    )


def _fitting(names: Iterable[str], typed: str) -> list[str]:
    """Return the names that start with the typed text; ignore case if none does."""
    names = list(names)
    exact = [name for name in names if name.startswith(typed)]
    folded = typed.lower()
    return exact or [name for name in names if name.lower().startswith(folded)]


def _files(typed: str, suffixes: tuple[str, ...]) -> Items:
    return [CompletionItem(typed, type="file", suffixes=suffixes)]


def _purpose(preset: str) -> str:
    """Return the description of a preset, without parsing the spec."""
    import re

    from scaffold.spec.presets import preset_path

    path = preset_path(preset)
    text = path.read_text(encoding="utf-8") if path else ""
    match = re.search(r"^description: (.+)$", text, re.MULTILINE)
    return match[1] if match else ""


def _named(ctx: Context) -> list[str]:
    """Return the specs on the command line."""
    if isinstance(ctx.obj, list):
        # Click reads no argument if the last option has no value, so drop that option.
        args = ctx.obj[1:-1] if ctx.obj[-1].startswith("-") else ctx.obj[1:]
        ctx = ctx.command.make_context(ctx.info_name, args, resilient_parsing=True)
    named = ctx.params.get("specs") or ctx.params.get("spec") or ()
    return [named] if isinstance(named, str) else list(named)


def _params_of(specs: list[str]) -> dict[str, str]:
    """Return the params of specs and their defaults; skip specs that cannot be read."""
    from scaffold.cli.sources import find_source
    from scaffold.diagnostics import Refused
    from scaffold.spec import read
    from scaffold.spec.types import Literal

    descriptions: dict[str, str] = {}
    for name in specs:
        # Completion must not read standard input or pipes, and code is not a spec.
        is_other = name == "-" or name.endswith(".py")
        if is_other or os.path.exists(name) and not os.path.isfile(name):
            continue
        try:
            source = find_source(name)
        except Refused:
            continue
        spec = read(source.data, source.path).spec
        for param in spec.params if spec else ():
            description = "param"
            if isinstance(param.default, Literal):
                description = f"default: {param.default.value}"
            if param.description:
                description = f"{param.description} ({description})"
            descriptions.setdefault(param.name, description)
    return descriptions
