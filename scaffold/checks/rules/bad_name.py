"""KS208: a name that cannot be used in the generated code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic, Span
from scaffold.ir.layer_names import own_name
from scaffold.ir.names import camel_case, is_free, snake_case
from scaffold.ir.types import Imported
from scaffold.spec.limits import LONGEST_NAME, LONGEST_PARAM


class KS208(Code):
    """A name cannot be used in the generated code.

    What it does:
        Reports names of the model, its blocks, params, inputs, entries, loop variables
        and imports that are not identifiers, are Python keywords, or are too long;
        params that are not in snake_case; blocks that are not in CamelCase; imports
        that do not name a Python path; and names of parts (`new layer`) that are in
        neither case.

    Why:
        Names in a spec become names in the code: variables, attributes and classes.

    Example:
        inputs: [4]
        layers:
          - my-layer = Dense(8)

    Instead:
        inputs: [4]
        layers:
          - my_layer = Dense(8)
    """

    name = "bad-name"


IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
"""The form of every name that a spec defines."""


@rule(KS208, early=True)
def bad_name(context: RuleContext) -> Iterator[Diagnostic]:
    """Report names that cannot be used in the generated code."""
    graph = context.graph
    if context.is_block:
        yield from _block(graph.name, graph.name_span)
    else:
        yield from _model(graph.name, graph.name_span)
        for imported in context.model.imports:
            yield from name_faults(imported.name, imported.span, "the import")
            yield from _path(imported)
    for param in graph.params:
        yield from parameter_faults(param.name, param.span, "the param")
    for _, loop in context.loops:
        for name in loop.names:
            yield from parameter_faults(name, loop.span, "the loop variable")
    for graph_input in graph.inputs:
        if context.is_block:
            yield from parameter_faults(
                graph_input.name, graph_input.span, "the input", LONGEST_NAME
            )
        else:
            yield from name_faults(graph_input.name, graph_input.span, "the input")
    for node in graph.nodes:
        if node.is_named:
            yield from name_faults(node.name, node.name_span, "the name")
        own = own_name(node.layer)
        if own is not None and own.value != node.name:
            yield from name_faults(str(own.value), own.span, "the layer's name")


def _model(name: str, span: Span) -> Iterator[Diagnostic]:
    """Check the model's name, which is the file name if the spec does not set one."""
    if camel_case(name) in ("I", "O"):
        class_name = camel_case(name)
        message = f"the class of the model would be named `{class_name}`, "
        message += "which is easily read as a digit"
        help_ = f"write another name, such as `name: {name}_model`"
        if span.column == span.end_column:
            help_ = f"without `name`, the file name is used: add `name: {name}_model`"
        yield Diagnostic("KS208", message, span, help_)
    for diagnostic in name_faults(name, span, "the model's name"):
        if span.column == span.end_column:
            better = _better(name) or "my_model"
            if not is_free(better):
                better = f"{better}_model"
            help_ = f"without `name`, the file name is used: add `name: {better}`"
            diagnostic = diagnostic._replace(help=help_)
        yield diagnostic


def parameter_faults(
    name: str, span: Span, what: str, longest: int = LONGEST_PARAM
) -> Iterator[Diagnostic]:
    """Report what is wrong with the name of a function parameter or a variable."""
    diagnostics = [*name_faults(name, span, what, longest)]
    if not diagnostics and not name.islower():
        message = f"{what} `{name}` is not in snake_case"
        help_ = f"Python uses snake_case for parameters: write `{snake_case(name)}`"
        diagnostics.append(Diagnostic("KS208", message, span, help_))
    if name == "l":
        message = f"{what} `l` looks like a 1"
        diagnostics.append(Diagnostic("KS208", message, span, "write `length`"))
    yield from diagnostics


def _block(name: str, span: Span) -> Iterator[Diagnostic]:
    """Check a block's name, which becomes the name of a class."""
    diagnostics = [*name_faults(name, span, "the block")]
    if not diagnostics and camel_case(name) != name:
        message = f"the block `{name}` is not in CamelCase"
        diagnostics.append(
            Diagnostic("KS208", message, span, f"write `{camel_case(name)}`")
        )
    if name in ("I", "L", "O"):
        message = f"the block `{name}` looks like a digit"
        diagnostics.append(Diagnostic("KS208", message, span, f"write `{name}Block`"))
    yield from diagnostics or name_faults(
        snake_case(name), span, "the block's function"
    )


def name_faults(
    name: str, span: Span, what: str, longest: int = LONGEST_NAME
) -> Iterator[Diagnostic]:
    """Report what is wrong with a name that the generated code uses."""
    shown = name if len(name) <= 40 else f"{name[:37]}..."
    if not name:
        yield Diagnostic("KS208", f"{what} is empty", span, "set it, or leave it out")
    elif not IDENTIFIER.fullmatch(name):
        help_ = "a name has letters, digits and `_`, and starts with a letter"
        if better := _better(name):
            help_ += f": write `{better}`"
        message = f"{what} `{shown}` is not an identifier"
        yield Diagnostic("KS208", message, span, help_)
    elif not is_free(name):
        message = f"{what} `{name}` is a Python keyword"
        yield Diagnostic("KS208", message, span, f"write `{name}_` or another name")
    elif len(name) > longest:
        message = f"{what} `{shown}` has {len(name)} characters, more than {longest}"
        help_ = "shorten it: lines of the generated code stay within 88 columns"
        yield Diagnostic("KS208", message, span, help_)


def _better(name: str) -> str:
    """Return an identifier similar to a name, or `""`."""
    from unicodedata import normalize

    plain = normalize("NFKD", name[:80]).encode("ascii", "ignore").decode()
    better = re.sub(r"\W+", "_", plain).strip("_")[:40]
    return better if IDENTIFIER.fullmatch(better) else ""


def _path(imported: Imported) -> Iterator[Diagnostic]:
    """Check the module and the attribute that an import names."""
    if len(imported.module) > LONGEST_NAME or imported.module.startswith("__"):
        message = f"`{imported.module[:40]}` is not a module that code can import"
        help_ = (
            f"a module path has at most {LONGEST_NAME} characters and does not start "
            "with `__`"
        )
        yield Diagnostic("KS208", message, imported.span, help_)
        return
    for part in (*imported.module.split("."), imported.attribute):
        if not part.isidentifier() or not part.isascii() or not is_free(part):
            path = f"`{imported.module}:{imported.attribute}`"[:60]
            message = f"{path} is not a Python path"
            help_ = "write `package.module:Class`"
            yield Diagnostic("KS208", message, imported.span, help_)
            return
