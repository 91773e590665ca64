"""KS201."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import Registry
from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic, suggest
from scaffold.ir.types import Object

_WHAT: dict[Registry, str] = {
    "layers": "layer",
    "initializers": "initializer",
    "regularizers": "regularizer",
    "constraints": "constraint",
    "losses": "loss",
    "metrics": "metric",
    "optimizers": "optimizer",
    "schedules": "learning-rate schedule",
    "callbacks": "callback",
}


def unknown_callable(scope: Scope) -> Iterator[Diagnostic]:
    """Reports names of layers and other objects that mean nothing."""
    for one in scope.objects:
        if one.target is None:
            # Where anything may stand, the name of a layer is as good a guess as any.
            wanted = [registry for registry in one.registries if registry in _WHAT]
            what = _WHAT[wanted[0]] if len(wanted) == 1 else "Keras object"
            yield Diagnostic(
                "KS201",
                f"no {what} is called `{one.name}`",
                one.name_span,
                _help(one, wanted, scope),
            )


def _help(one: Object, wanted: list[Registry], scope: Scope) -> str:
    candidates: list[str] = []
    for registry in wanted:
        candidates += scope.catalogue.names(registry)
        candidates += scope.catalogue.aliases(registry)
    candidates += [imported.name for imported in scope.model.imports]
    if near := suggest(one.name, candidates):
        listed = " or ".join(f"`{name}`" for name in near)
        return f"did you mean {listed}?"
    for registry, what in _WHAT.items():
        if registry not in wanted and scope.catalogue.find(registry, one.name):
            return f"`{one.name}` is a {what}, and cannot stand here"
    return "`keras-scaffold layers` lists all layers; one of your own goes to `imports`"
