"""The text that an editor shows about a key: one line, from the catalogue."""

from __future__ import annotations

import json
from typing import Any

from scaffold.catalogue import Argument, KerasCallable, called_on, traits
from scaffold.catalogue.families import description_of
from scaffold.checks.wording import NOUNS
from scaffold.editor.schema.definitions import Schema

_MOST_CHOICES = 6


def of_key(text: str) -> Schema:
    """Return a text under both keys that editors read.

    Some editors read only `description`, and show it as Markdown as well.
    """
    return {"description": text, "markdownDescription": text}


def link(url: str) -> str:
    """Return a link to append to a text, `""` if there is no page."""
    page = url.removeprefix("https://").split("/")[0]
    return f" [{page}]({url})" if url else ""


def of_argument(
    argument: Argument, least: int | None, most: int | None, url: str
) -> Schema:
    """Describe the allowed values of an argument, its default, and its page."""
    text = f"{takes(argument)}{_range(least, most)}."
    text = text[:1].upper() + text[1:]
    default = f"Default: `{as_json(argument.default)}`."
    return of_key(f"{text} {'Required.' if argument.required else default}{link(url)}")


def takes(argument: Argument) -> str:
    """Describe the allowed values of an argument: "an integer or a list"."""
    alternatives = [_noun(kind, argument) for kind in argument.kinds if kind in NOUNS]
    choices = [as_json(choice) for choice in argument.choices]
    if len(choices) > _MOST_CHOICES:
        choices = [*choices[:_MOST_CHOICES], "..."]
    alternatives += choices + ["null"] * argument.nullable
    *first, last = dict.fromkeys(alternatives or ["any value"])
    return f"{', '.join(first)} or {last}" if first else last


def _noun(kind: Any, argument: Argument) -> str:
    if kind != "tuple":
        return NOUNS[kind]
    is_integer = "integer" in argument.kinds and "float" not in argument.kinds
    items = "integers" if is_integer else "numbers"
    return f"a list of {argument.rank} {items}" if argument.rank else "a list of sizes"


def _range(least: int | None, most: int | None) -> str:
    if least is None:
        return ""
    return f", at least {least}" if most is None else f", from {least} to {most}"


def as_json(value: Any) -> str:
    """Write plain data in a notation that is both YAML and JSON."""
    return json.dumps(value, ensure_ascii=False)


def of_callable(target: KerasCallable) -> Schema:
    """Describe a callable: its use, tensors, required arguments, and its page."""
    parts = [_head(target)]
    required = [
        argument.name for argument in target.arguments if _is_required(argument, target)
    ]
    if required:
        parts.append(f"Requires {' and '.join(f'`{name}`' for name in required)}.")
    parts += [f"{trait.capitalize()}." for trait in traits(target)]
    return of_key(" ".join(parts) + link(target.url))


def _is_required(argument: Argument, target: KerasCallable) -> bool:
    is_tensor = target.registry == "ops" and "tensor" in argument.kinds
    return argument.required and not is_tensor


def _head(target: KerasCallable) -> str:
    name = target.name if target.registry != "ops" else f"ops.{target.name}"
    also = f" (also {', '.join(target.aliases)})" if target.aliases else ""
    if not target.takes:
        return f"**{name}**{also}." if also else f"**{name}**."
    called = f"called on {called_on(target, quote='`')}."
    about = description_of(target).about if target.registry == "layers" else ""
    if about:
        return f"**{name}**{also}. {about} {called[:1].upper()}{called[1:]}"
    return f"**{name}**{also}: {called}"


def of_string(target: KerasCallable) -> str:
    """Describe the Keras object that a string selects."""
    if target.registry == "activations":
        return f"`keras.activations.{target.name}`.{link(target.url)}"
    return f"`{target.name}` with its defaults.{link(target.url)}"
