"""KS208."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir.names import is_free, snake_case
from scaffold.spec.limits import LONGEST_NAME, LONGEST_PARAM

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_NOT_IN_NAMES = re.compile(r"\W+", re.ASCII)


def bad_name(scope: Scope) -> Iterator[Diagnostic]:
    """Reports names that cannot be names in the generated code."""
    model = scope.model
    yield from _name(model.name, model.name_span, "the model's name")
    for param in model.params:
        yield from _name(param.name, param.span, "the param", LONGEST_PARAM)
        if _IDENTIFIER.fullmatch(param.name) and not param.name.islower():
            message = f"the param `{param.name}` is not in snake_case"
            help_ = f"Python's parameters are: write `{snake_case(param.name)}`"
            yield Diagnostic("KS208", message, param.span, help_)
    for given in model.inputs:
        yield from _name(given.name, given.span, "the input")
    for node in model.nodes:
        if node.is_named:
            yield from _name(node.name, node.name_span, "the name")
    for one in model.imports:
        yield from _name(one.name, one.span, "the import")
        for part in (*one.module.split("."), one.attribute):
            if not part.isidentifier() or not part.isascii() or not is_free(part):
                message = f"`{one.module}:{one.attribute}`"[:60] + " is no Python path"
                help_ = "write `package.module:Class`"
                yield Diagnostic("KS208", message, one.span, help_)
                break


def _name(
    name: str, span: Span, what: str, longest: int = LONGEST_NAME
) -> Iterator[Diagnostic]:
    shown = name if len(name) <= 40 else f"{name[:37]}..."
    if not _IDENTIFIER.fullmatch(name):
        help_ = "a name has letters, digits and `_`, and begins with a letter"
        better = _NOT_IN_NAMES.sub("_", name).strip("_")[:40]
        if _IDENTIFIER.fullmatch(better):
            help_ += f": write `{better}`"
        yield Diagnostic("KS208", f"{what} `{shown}` is no identifier", span, help_)
    elif not is_free(name):
        message = f"{what} `{name}` is a keyword of Python"
        yield Diagnostic("KS208", message, span, f"write `{name}_` or another word")
    elif len(name) > longest:
        message = f"{what} `{shown}` has {len(name)} characters, and may have {longest}"
        help_ = "so that lines of the generated code stay within 88 columns"
        yield Diagnostic("KS208", message, span, help_)
