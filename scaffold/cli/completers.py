"""What completes arguments and options: specs, presets, layers, codes, params, methods.

Each function is for `shell_complete=` of a parameter. None imports more than it needs,
for a shell waits for it.
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
    """Complete a spec: a preset's name, or a file."""
    return [*presets(ctx, param, typed), *spec_files(ctx, param, typed)]


def specs_and_code(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete a spec or a generated file."""
    from scaffold.spec import SUFFIXES

    return [*presets(ctx, param, typed), *_files(typed, (*SUFFIXES, ".py"))]


def spec_files(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete a spec's file."""
    from scaffold.spec import SUFFIXES

    return _files(typed, SUFFIXES)


def files(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete any file."""
    return [CompletionItem(typed, type="file")]


def directories(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete a directory."""
    return [CompletionItem(typed, type="dir")]


def presets(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete a preset's name, with what the preset is for."""
    from scaffold.spec.presets import preset_names

    names = _fitting(preset_names(), typed)
    return [CompletionItem(name, help=_purpose(name)) for name in names]


def layers(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete a layer's name; an alias where no main name fits."""
    from scaffold.catalogue import load

    catalogue = load()
    aliases = catalogue.aliases("layers")
    names = _fitting(catalogue.names("layers"), typed) or _fitting(aliases, typed)
    return [
        CompletionItem(name, help=f"is {aliases[name]}" if name in aliases else None)
        for name in names
    ]


def codes(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete a finding's code, or the code's name where one is begun."""
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
    """Complete the name in `name=value`: a param of a spec that is named."""
    return [] if "=" in typed else settings(_params_of(_named(ctx)), typed)


def settings(names: Mapping[str, str], typed: str) -> Items:
    """Complete the name in `name=value`.

    Args:
        names: The names, with what each is.
        typed: What was typed.
    """
    return [
        CompletionItem(f"{name}=", type="open", help=names[name])
        for name in _fitting(names, typed)
    ]


def methods(ctx: Context, param: Parameter, typed: str) -> Items:
    """Complete the last of several methods, of those that are not named yet."""
    from scaffold.ir.hooks import METHODS

    before, sign, last = typed.rpartition(",")
    named = before.split(",")
    names = _fitting((name for name in METHODS if name not in named), last)
    return [CompletionItem(before + sign + name) for name in names]


def is_first(ctx: Context) -> bool:
    """Return whether nothing is said to a command yet."""
    command_line = ParameterSource.COMMANDLINE
    return all(
        # Before Click 8.3 no words at all are also said on the command line.
        value == () or ctx.get_parameter_source(name) != command_line
        for name, value in ctx.params.items()
    )


def _fitting(names: Iterable[str], typed: str) -> list[str]:
    """Return the names that begin like what was typed, if need be in another case."""
    names = list(names)
    same = [name for name in names if name.startswith(typed)]
    folded = typed.lower()
    return same or [name for name in names if name.lower().startswith(folded)]


def _files(typed: str, suffixes: tuple[str, ...]) -> Items:
    return [CompletionItem(typed, type="file", suffixes=suffixes)]


def _purpose(preset: str) -> str:
    """Return the description of a preset, without reading the whole spec."""
    import re

    from scaffold.spec.presets import preset_path

    path = preset_path(preset)
    text = path.read_text(encoding="utf-8") if path else ""
    match = re.search(r"^description: (.+)$", text, re.MULTILINE)
    return match[1] if match else ""


def _named(ctx: Context) -> list[str]:
    """Return the specs that are named on the command line."""
    if isinstance(ctx.obj, list):
        # Click reads no argument where the last option lacks its value: leave it out.
        words = ctx.obj[1:-1] if ctx.obj[-1].startswith("-") else ctx.obj[1:]
        ctx = ctx.command.make_context(ctx.info_name, words, resilient_parsing=True)
    named = ctx.params.get("specs") or ctx.params.get("spec") or ()
    return [named] if isinstance(named, str) else list(named)


def _params_of(specs: list[str]) -> dict[str, str]:
    """Return the params of specs with what they are now, as far as they can be read."""
    from scaffold.cli.sources import find_source
    from scaffold.diagnostics import Refused
    from scaffold.spec import read
    from scaffold.spec.types import Literal

    descriptions: dict[str, str] = {}
    for named in specs:
        # Standard input and pipes are not ours here, and code is no spec.
        is_other = named == "-" or named.endswith(".py")
        if is_other or os.path.exists(named) and not os.path.isfile(named):
            continue
        try:
            source = find_source(named)
        except Refused:
            continue
        spec = read(source.data, source.path).spec
        for param in spec.params if spec else ():
            now = param.default
            description = f"now {now.value}" if isinstance(now, Literal) else "a param"
            descriptions.setdefault(param.name, description)
    return descriptions
