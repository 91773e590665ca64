"""KS211: a name that hides what another name means."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic
from scaffold.ir.names import camel_case
from scaffold.ir.types import Constant, Parameter

_OF_THE_CODE = frozenset(
    """keras layers ops np pathlib build_model compile_model main self kwargs inputs
    outputs x y data new given predicted model input_shape super zip print value range
    dict list tuple float""".split()
)
"""Names that the generated code has for things of its own."""


def shadowing(scope: Scope) -> Iterator[Diagnostic]:
    """Reports names that hide what another name means."""
    graph, params = scope.graph, {param.name for param in scope.graph.params}
    for param in graph.params:
        if param.name in _OF_THE_CODE or param.name in scope.catalogue.reserved:
            message = (
                f"the param `{param.name}` hides a name that Keras or the code needs"
            )
            help_ = f"choose another, such as `{_other(param)}`"
            yield Diagnostic("KS211", message, param.span, help_)
    for node in graph.nodes:
        if node.is_named and node.name in params:
            message = f"the name `{node.name}` is a param's"
            yield Diagnostic("KS211", message, node.name_span, "choose another name")
    for given in graph.inputs:
        if given.name in params:
            message = f"the input `{given.name}` has the name of a param"
            yield Diagnostic("KS211", message, given.span, "choose another name")
    if scope.is_block:
        return
    for one in scope.model.imports:
        if what := _hidden(one.name, scope):
            message = f"the import `{one.name}` hides {what}"
            yield Diagnostic("KS211", message, one.span, "choose another name for it")


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
    return ""
