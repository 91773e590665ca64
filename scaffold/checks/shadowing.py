"""KS211."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic
from scaffold.ir.names import camel_case

_OF_THE_CODE = frozenset(
    """keras layers ops np Path build_model compile_model main self kwargs inputs
    outputs x y data new given predicted model input_shape super zip print value range
    dict list tuple float""".split()
)
"""Names that the generated code has for things of its own."""


def shadowing(scope: Scope) -> Iterator[Diagnostic]:
    """Reports names that hide what another name means."""
    model, catalogue = scope.model, scope.catalogue
    for param in model.params:
        if param.name in _OF_THE_CODE or param.name in catalogue.reserved:
            message = (
                f"the param `{param.name}` hides a name that Keras or the code needs"
            )
            help_ = f"choose another, such as `{param.name}_size`"
            yield Diagnostic("KS211", message, param.span, help_)
    params = set(scope.defaults)
    for node in model.nodes:
        if node.is_named and node.name in params:
            message = f"the name `{node.name}` is a param's"
            yield Diagnostic("KS211", message, node.name_span, "choose another name")
    for given in model.inputs:
        if given.name in params:
            message = f"the input `{given.name}` has the name of a param"
            yield Diagnostic("KS211", message, given.span, "choose another name")
    own_class = camel_case(model.name)
    for one in model.imports:
        what = ""
        if catalogue.find("layers", one.name):
            what = f"the layer `{one.name}` of Keras"
        elif one.name == own_class:
            what = "the model's own class"
        elif one.name in params or one.name in _OF_THE_CODE:
            what = "another name of the spec or the code"
        if what:
            message = f"the import `{one.name}` hides {what}"
            yield Diagnostic("KS211", message, one.span, "choose another name for it")
