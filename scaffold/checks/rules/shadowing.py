"""KS211: a name that hides what another name means."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.extensions import BEYOND, used
from scaffold.ir.names import Namespace, camel_case, snake_case
from scaffold.ir.reserved import (
    BACKENDS,
    GLOBALS,
    IN_CALLS,
    IN_CLASSES,
    IN_MAIN,
    LOCALS,
    MODULE_NAMES,
)
from scaffold.ir.types import Constant, Graph, Imported, Parameter


class KS211(Code):
    """A name hides what another name means.

    What it does:
        Reports params, loops, blocks and imports called like something that the
        generated code or Keras's base classes need (`x`, `layers`, `name`), blocks and
        imports called like a layer of Keras, entries, inputs or loops called like a
        param, and blocks whose functions would have one name. Parts (`new layer`) are
        held against all classes of Keras, and against what Python has by itself.

    Why:
        In the code, one of the two would be found where the other is meant.

    Example:
        params: {x: 8}
        inputs: [4]
        layers:
          - Dense(x)

    Instead:
        params: {units: 8}
        inputs: [4]
        layers:
          - Dense(units)
    """

    name = "shadowed-name"


_OF_PARAMS = GLOBALS | (IN_MAIN - {"name"}) | (IN_CLASSES - {"previous_mask"})
"""What a param hides in a function that has it; some more are Keras's own."""

_OF_FUNCTIONS = GLOBALS | {"inputs", "outputs", "x", "name"}
"""What a block's function cannot be called."""


@rule(KS211, early=True)
def shadowing(context: RuleContext) -> Iterator[Diagnostic]:
    """Report names that hide what another name means."""
    graph, params = context.graph, {param.name for param in context.graph.params}
    called = _called(context)
    for param in graph.params:
        if param.name in _OF_PARAMS or param.name in context.catalogue.reserved:
            message = (
                f"the param `{param.name}` hides a name that Keras or the code needs"
            )
            help_ = _instead(_other(param), context)
            yield Diagnostic("KS211", message, param.span, help_)
        elif what := called.get(param.name):
            message = f"the param `{param.name}` has the name of {what}"
            help_ = _instead(_other(param), context)
            yield Diagnostic("KS211", message, param.span, help_)
    for node in graph.nodes:
        if node.is_named and node.name in params:
            message = f"the name `{node.name}` is a param's"
            yield Diagnostic(
                "KS211",
                message,
                node.name_span,
                _instead(f"{node.name}_layer", context),
            )
    for graph_input in graph.inputs:
        if graph_input.name in params:
            message = f"the input `{graph_input.name}` has the name of a param"
            help_ = _instead(f"{graph_input.name}_input", context)
            yield Diagnostic("KS211", message, graph_input.span, help_)
    yield from _loops(context, params | {*called})
    if context.is_block:
        yield from _of_block(context)
        return
    yield from _alike(context)
    if what := _class_beside(camel_case(graph.name), context):
        message = f"the model's class hides {what}"
        yield Diagnostic(
            "KS211", message, graph.name_span, _instead(_my(graph.name), context)
        )
    for imported in context.model.imports:
        if what := _hidden(imported.name, context):
            message = f"the import `{imported.name}` hides {what}"
            yield Diagnostic(
                "KS211", message, imported.span, _instead(_my(imported.name), context)
            )


def _called(context: RuleContext) -> dict[str, str]:
    """Return what the graph's code calls by names of the module, and what that is."""
    names = dict.fromkeys(context.functions, "a block's function")
    for keras_object in context.objects:
        if isinstance(keras_object.target, Imported):
            names[keras_object.name] = "an import"
    return names


def _loops(context: RuleContext, taken: set[str]) -> Iterator[Diagnostic]:
    """Report names of loops that mean something else in the same graph."""
    taken |= {graph_input.name for graph_input in context.graph.inputs}
    taken |= {node.name for node in context.graph.nodes if node.is_named}
    for _, loop in context.loops:
        for name in dict.fromkeys(loop.names):
            if name in taken or name in _OF_PARAMS or name in IN_CALLS:
                what = (
                    "another name of the spec" if name in taken else "one of the code"
                )
                message = f"the loop's name `{name}` hides {what}"
                yield Diagnostic(
                    "KS211", message, loop.span, _instead(f"{name}_value", context)
                )


def _of_block(context: RuleContext) -> Iterator[Diagnostic]:
    """Look at a block's own name, and at those of its inputs."""
    block = context.graph
    function = snake_case(block.name)
    what = _hidden_by_block(block, context)
    if function in _OF_FUNCTIONS:
        what = what or f"`{function}`: that will be its function's name"
    if what:
        message = f"the block `{block.name}` hides {what}"
        yield Diagnostic(
            "KS211", message, block.name_span, _instead(f"{block.name}Block", context)
        )
    called = _called(context)
    for block_input in block.inputs:
        if block_input.name in IN_CALLS or block_input.name.endswith("_mask"):
            message = f"Keras itself calls a layer with `{block_input.name}`"
        elif block_input.name in GLOBALS or block_input.name in called:
            message = f"the input `{block_input.name}` hides what the code needs"
        else:
            continue
        help_ = _instead(f"{block_input.name.removesuffix('_mask')}_input", context)
        yield Diagnostic("KS211", message, block_input.span, help_)


def _hidden_by_block(block: Graph, context: RuleContext) -> str:
    """Describe what a block's name hides besides, `""` for nothing."""
    if context.catalogue.find("layers", block.name):
        return f"the layer `{block.name}` of Keras"
    names = block.name, snake_case(block.name)
    if any(imported.name in names for imported in context.model.imports):
        return "an import"
    if block.name == camel_case(context.model.graph.name):
        return "the model's own class"
    return _class_beside(block.name, context)


def _class_beside(name: str, context: RuleContext) -> str:
    """Describe which class that the code brings along has a name, `""` for none."""
    if name in MODULE_NAMES:
        return f"`{name}`, which the code needs"
    target = BEYOND.get(name.lower())
    if (
        target is not None
        and name == target.name.capitalize()
        and target in used(context.model)
    ):
        return f"the class that the code has for `{target.name}`"
    return ""


def _alike(context: RuleContext) -> Iterator[Diagnostic]:
    """Report blocks whose functions would have one name."""
    first: dict[str, str] = {}
    for block in context.model.blocks:
        other = first.setdefault(snake_case(block.name), block.name)
        if other != block.name:
            message = f"the functions of the blocks `{other}` and `{block.name}` would "
            message += "have one name"
            yield Diagnostic(
                "KS211",
                message,
                block.name_span,
                _instead(f"{block.name}Block", context),
            )


def _instead(wanted: str, context: RuleContext) -> str:
    """Propose a name that is free, both in the graph and in the module."""
    model, graph = context.model, context.graph
    taken = [param.name for param in graph.params]
    taken += [graph_input.name for graph_input in graph.inputs]
    taken += [node.name for node in graph.nodes]
    taken += [imported.name for imported in model.imports]
    for block in model.blocks:
        taken += [block.name, snake_case(block.name)]
    free = Namespace(*taken, *MODULE_NAMES).take(wanted, _my(wanted))
    return f"choose another name, such as `{free}`"


def _my(name: str) -> str:
    return f"my_{name}" if name.islower() else f"My{name[:1].upper()}{name[1:]}"


def _other(param: Parameter) -> str:
    """Find a name for a param that says the same in two words."""
    default = param.default.value if isinstance(param.default, Constant) else None
    if isinstance(default, str):
        return f"{param.name}_name"
    is_count = isinstance(default, int) and not isinstance(default, bool)
    return f"{param.name}_size" if is_count else f"{param.name}_value"


def _hidden(name: str, context: RuleContext) -> str:
    """Describe what the name of an import hides, `""` for nothing."""
    if context.catalogue.find("layers", name):
        return f"the layer `{name}` of Keras"
    if name == camel_case(context.model.graph.name):
        return "the model's own class"
    if name in context.defaults:
        return "a param"
    if name in LOCALS | IN_CLASSES:
        return "a name that the code needs"
    if name in MODULE_NAMES - (frozenset() if context.model.hooks else BACKENDS):
        return "a name that the code needs"
    return _class_beside(name, context)
