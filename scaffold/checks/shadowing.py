"""KS211: a name that hides what another name means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic
from scaffold.ir.beyond import BEYOND, used
from scaffold.ir.names import camel_case, snake_case
from scaffold.ir.types import Constant, Graph, Parameter

_OF_THE_CODE = frozenset(
    """keras layers ops np pathlib build_model compile_model main self kwargs inputs
    outputs x y data new given predicted model input_shape super zip print value range
    enumerate dict list tuple float output_names""".split()
)
"""Names that the generated code has for things of its own."""

_IN_FUNCTIONS = frozenset(
    """keras layers ops np pathlib build_model compile_model main range enumerate super
    zip print float""".split()
)
"""Those of them that the code needs inside of a block's function."""

_OF_CALLS = frozenset(("self", "name", "training", "mask"))
"""What Keras, and the functions of blocks, take besides tensors."""

_OF_HOOKS = frozenset(("tf", "jax", "torch"))
"""What backends are called in methods that are overridden."""

_OTHER = "choose another name"


def shadowing(scope: Scope) -> Iterator[Diagnostic]:
    """Reports names that hide what another name means."""
    graph, params = scope.graph, {param.name for param in scope.graph.params}
    functions = scope.functions
    for param in graph.params:
        if param.name in _OF_THE_CODE or param.name in scope.catalogue.reserved:
            message = (
                f"the param `{param.name}` hides a name that Keras or the code needs"
            )
            help_ = f"choose another, such as `{_other(param)}`"
            yield Diagnostic("KS211", message, param.span, help_)
        elif param.name in functions:
            message = f"the param `{param.name}` has the name of a block's function"
            yield Diagnostic("KS211", message, param.span, _OTHER)
    for node in graph.nodes:
        if node.is_named and node.name in params:
            message = f"the name `{node.name}` is a param's"
            yield Diagnostic("KS211", message, node.name_span, _OTHER)
    for given in graph.inputs:
        if given.name in params:
            message = f"the input `{given.name}` has the name of a param"
            yield Diagnostic("KS211", message, given.span, _OTHER)
    yield from _loops(scope, params | functions)
    if scope.is_block:
        yield from _of_block(scope)
        return
    yield from _alike(scope.model.blocks)
    if what := _class_beside(camel_case(graph.name), scope):
        message = f"the model's class hides {what}"
        yield Diagnostic("KS211", message, graph.name_span, "choose another name")
    for one in scope.model.imports:
        if what := _hidden(one.name, scope):
            message = f"the import `{one.name}` hides {what}"
            yield Diagnostic("KS211", message, one.span, "choose another name for it")


def _loops(scope: Scope, taken: set[str]) -> Iterator[Diagnostic]:
    """Reports names of loops that mean something else in the same graph."""
    taken |= {given.name for given in scope.graph.inputs}
    taken |= {node.name for node in scope.graph.nodes if node.is_named}
    for _, loop in scope.loops:
        for name in dict.fromkeys(loop.names):
            if name in taken or name in _OF_THE_CODE or name == "name":
                what = (
                    "another name of the spec" if name in taken else "one of the code"
                )
                message = f"the loop's name `{name}` hides {what}"
                yield Diagnostic("KS211", message, loop.span, _OTHER)


def _of_block(scope: Scope) -> Iterator[Diagnostic]:
    """Looks at a block's own name, and at those of its inputs."""
    block = scope.graph
    function = snake_case(block.name)
    what = _hidden_by_block(block, scope)
    if function in _IN_FUNCTIONS or function in ("inputs", "outputs", "x", "name"):
        what = what or f"`{function}`: that will be its function's name"
    if what:
        message = f"the block `{block.name}` hides {what}"
        yield Diagnostic(
            "KS211", message, block.name_span, "choose another name for it"
        )
    for given in block.inputs:
        if given.name in _OF_CALLS or given.name.endswith("_mask"):
            message = f"Keras itself calls a layer with `{given.name}`"
        elif given.name in _IN_FUNCTIONS or given.name in scope.functions:
            message = f"the input `{given.name}` hides what the code needs"
        else:
            continue
        yield Diagnostic("KS211", message, given.span, _OTHER)


def _hidden_by_block(block: Graph, scope: Scope) -> str:
    """Says what a block's name hides besides, `""` for nothing."""
    if scope.catalogue.find("layers", block.name):
        return f"the layer `{block.name}` of Keras"
    if any(one.name == block.name for one in scope.model.imports):
        return "an import"
    if block.name == camel_case(scope.model.graph.name):
        return "the model's own class"
    return _class_beside(block.name, scope)


def _class_beside(name: str, scope: Scope) -> str:
    """Says which class that the code brings along has a name, `""` for none."""
    one = BEYOND.get(name.lower())
    if one is not None and name == one.name.capitalize() and one in used(scope.model):
        return f"the class that the code has for `{one.name}`"
    return ""


def _alike(blocks: Iterable[Graph]) -> Iterator[Diagnostic]:
    """Reports blocks whose functions would have one name."""
    first: dict[str, str] = {}
    for block in blocks:
        other = first.setdefault(snake_case(block.name), block.name)
        if other != block.name:
            message = f"the functions of the blocks `{other}` and `{block.name}` would "
            message += "have one name"
            yield Diagnostic("KS211", message, block.name_span, _OTHER)


def _other(param: Parameter) -> str:
    """Finds a name for a param that says the same in two words."""
    default = param.default.value if isinstance(param.default, Constant) else None
    if isinstance(default, str):
        return f"{param.name}_name"
    is_count = isinstance(default, int) and not isinstance(default, bool)
    return f"{param.name}_size" if is_count else f"{param.name}_value"


def _hidden(name: str, scope: Scope) -> str:
    """Says what the name of an import hides, `""` for nothing."""
    if scope.catalogue.find("layers", name):
        return f"the layer `{name}` of Keras"
    if name == camel_case(scope.model.graph.name):
        return "the model's own class"
    if name in scope.defaults or name in _OF_THE_CODE:
        return "another name of the spec or the code"
    if name in _OF_HOOKS and scope.model.hooks:
        return "another name of the spec or the code"
    return _class_beside(name, scope)
