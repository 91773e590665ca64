"""KS211: a name that hides another name."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.extensions import EXTENSIONS, used
from scaffold.ir.names import Namespace, camel_case, snake_case
from scaffold.ir.reserved import (
    BACKENDS,
    BUILTINS_OF_MAIN,
    GLOBALS,
    IN_CALLS,
    IN_CLASSES,
    IN_MAIN,
    LOCALS,
    MODULE_NAMES,
)
from scaffold.ir.types import (
    Constant,
    Graph,
    Imported,
    ModelIR,
    Parameter,
    ParamRef,
)
from scaffold.ir.walk import of_sections, within


class KS211(Code):
    """A name hides another name.

    What it does:
        Reports params, loop variables, blocks and imports that have a name that the
        generated code or Keras's base classes use (`x`, `layers`, `name`); blocks and
        imports that have the name of a Keras layer; entries, inputs and loop variables
        that have the name of a param; and blocks whose functions would have the same
        name. Parts (`new layer`) are compared with all Keras classes and with Python's
        built-in names.

    Why:
        The code would use one of the two where the other is meant.

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
"""Names that a param cannot have, in addition to those that Keras reserves."""

_OF_FUNCTIONS = GLOBALS | {"inputs", "outputs", "x", "name"}
"""Names that a block's function cannot have."""


@rule(KS211, early=True)
def shadowing(context: RuleContext) -> Iterator[Diagnostic]:
    """Report names that hide another name."""
    graph, params = context.graph, {param.name for param in context.graph.params}
    called = _called(context)
    reserved = _OF_PARAMS | context.catalogue.reserved
    if not context.is_block:
        reserved |= BUILTINS_OF_MAIN & _of_main(context.model)
    for param in graph.params:
        if param.name in reserved:
            message = (
                f"the param `{param.name}` hides a name that Keras or the code uses"
            )
            help_ = _instead(_other(param), context)
            yield Diagnostic("KS211", message, param.span, help_)
        elif what := called.get(param.name):
            message = f"the param `{param.name}` has the name of {what}"
            help_ = _instead(_other(param), context)
            yield Diagnostic("KS211", message, param.span, help_)
    for node in graph.nodes:
        if node.is_named and node.name in params:
            message = f"the name `{node.name}` is also the name of a param"
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
    yield from _same_functions(context)
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


def _of_main(model: ModelIR) -> set[str]:
    """Return the names of the params that `main` takes."""
    return {
        inner.name
        for value in of_sections(model._replace(compile=None))
        for inner in within(value)
        if isinstance(inner, ParamRef)
    }


def _called(context: RuleContext) -> dict[str, str]:
    """Return the module names that the graph's code calls, and what each names."""
    names = dict.fromkeys(context.functions, "a block's function")
    for keras_object in context.objects:
        if isinstance(keras_object.target, Imported):
            names[keras_object.name] = "an import"
    return names


def _loops(context: RuleContext, taken: set[str]) -> Iterator[Diagnostic]:
    """Report loop variables that have the name of something else in the graph."""
    taken |= {graph_input.name for graph_input in context.graph.inputs}
    taken |= {node.name for node in context.graph.nodes if node.is_named}
    for _, loop in context.loops:
        for name in dict.fromkeys(loop.names):
            if name in taken or name in _OF_PARAMS or name in IN_CALLS:
                what = (
                    "another name of the spec"
                    if name in taken
                    else "a name that the code uses"
                )
                message = f"the loop variable `{name}` hides {what}"
                yield Diagnostic(
                    "KS211", message, loop.span, _instead(f"{name}_value", context)
                )


def _of_block(context: RuleContext) -> Iterator[Diagnostic]:
    """Check a block's name and the names of its inputs."""
    block = context.graph
    function = snake_case(block.name)
    what = _hidden_by_block(block, context)
    if function in _OF_FUNCTIONS:
        what = what or f"`{function}`: its function has this name"
    if what:
        message = f"the block `{block.name}` hides {what}"
        yield Diagnostic(
            "KS211", message, block.name_span, _instead(f"{block.name}Block", context)
        )
    called = _called(context)
    for block_input in block.inputs:
        if block_input.name in IN_CALLS or block_input.name.endswith("_mask"):
            message = f"Keras itself passes `{block_input.name}` to a layer"
        elif block_input.name in GLOBALS or block_input.name in called:
            message = f"the input `{block_input.name}` hides a name that the code uses"
        else:
            continue
        help_ = _instead(f"{block_input.name.removesuffix('_mask')}_input", context)
        yield Diagnostic("KS211", message, block_input.span, help_)


def _hidden_by_block(block: Graph, context: RuleContext) -> str:
    """Describe which class or import a block's name hides, `""` for none."""
    if context.catalogue.find("layers", block.name):
        return f"the layer `{block.name}` of Keras"
    names = block.name, snake_case(block.name)
    if any(imported.name in names for imported in context.model.imports):
        return "an import"
    if block.name == camel_case(context.model.graph.name):
        return "the model's class"
    return _class_beside(block.name, context)


def _class_beside(name: str, context: RuleContext) -> str:
    """Describe what the generated code defines under a name, `""` for nothing."""
    if name in MODULE_NAMES:
        return f"`{name}`, which the code uses"
    target = EXTENSIONS.get(name.lower())
    if (
        target is not None
        and name == target.name.capitalize()
        and target in used(context.model)
    ):
        return f"the class that the code defines for `{target.name}`"
    return ""


def _same_functions(context: RuleContext) -> Iterator[Diagnostic]:
    """Report blocks whose functions would have the same name."""
    first: dict[str, str] = {}
    for block in context.model.blocks:
        other = first.setdefault(snake_case(block.name), block.name)
        if other != block.name:
            message = f"the functions of the blocks `{other}` and `{block.name}` would "
            message += "have the same name"
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
    """Return a longer name for a param, with a suffix for the type of its default."""
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
        return "the model's class"
    if name in context.defaults:
        return "a param"
    if name in LOCALS | IN_CLASSES:
        return "a name that the code uses"
    if name in MODULE_NAMES - (frozenset() if context.model.hooks else BACKENDS):
        return "a name that the code uses"
    return _class_beside(name, context)
