"""KS201: an unknown layer or other Keras object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scaffold.catalogue import Registry
from scaffold.catalogue.facts import examples, layers
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.checks.wording import FAMILIES, MOST_NAMES, bare
from scaffold.diagnostics import Code, Diagnostic, did_you_mean, suggest
from scaffold.ir.extensions import EXTENSIONS
from scaffold.ir.types import Object


class KS201(Code):
    """The name of a layer or another Keras object is unknown.

    What it does:
        Reports a call of a name that is not a layer, import, initializer or other
        object that is allowed there, and suggests similar names.

    Why:
        The generated code would fail with an `AttributeError`.

    Example:
        inputs: [4]
        layers:
          - Dens(8)

    Instead:
        inputs: [4]
        layers:
          - Dense(8)
    """

    name = "unknown-callable"


_MOST = 8


@rule(KS201)
def unknown_callable(context: RuleContext) -> Iterator[Diagnostic]:
    """Report unknown names of layers and other objects."""
    for keras_object in context.objects:
        if keras_object.target is None:
            message, help_ = _explain(keras_object, context)
            yield Diagnostic("KS201", message, keras_object.name_span, help_)


def _explain(keras_object: Object, context: RuleContext) -> tuple[str, str]:
    """Describe what is wrong with a name, and what to write."""
    if "ops" in keras_object.registries:
        name = keras_object.name.removeprefix("ops.")
        alike = suggest(name, context.catalogue.names("ops"))
        help_ = did_you_mean(f"ops.{name}" for name in alike)
        if not alike:
            help_ = "see keras.io/api/ops, or write a layer and name it under `imports`"
        return f"`keras.ops` has no function `{name}`", help_
    registries = [
        registry for registry in keras_object.registries if registry != "activations"
    ]
    if len(registries) > 1:
        return f"no Keras object is called `{keras_object.name}`", _help_anywhere(
            keras_object, context
        )
    first = keras_object.registries[0]
    lower = keras_object.name.lower()
    is_activation = bool(context.catalogue.find_string("activations", lower))
    if first == "activations" and is_activation:
        message = f"the activation `{keras_object.name}` is written as a call"
        return message, f'write the string "{lower}"'
    if first == "layers" and (other := _foreign_help(lower)):
        return f"no layer is called `{keras_object.name}`", other
    if first == "layers" and keras_object.name in context.tensors:
        message = f"`{keras_object.name}` is a tensor, but an entry must be a layer"
        return (
            message,
            "remove it, or call a layer on it: "
            f"`{examples.LAYER} <- {keras_object.name}`",
        )
    if near := _near(keras_object.name, registries, context, exactly=True):
        return f"no {bare(FAMILIES[first])} is called `{keras_object.name}`", near
    if is_activation and first == "layers":
        message = f"no layer is called `{keras_object.name}`"
        return message, f'write `{layers.ACTIVATION}("{lower}")`'
    for registry, family in FAMILIES.items():
        if registry not in keras_object.registries and context.catalogue.find(
            registry, keras_object.name
        ):
            message = f"`{keras_object.name}` is {family}, "
            message += f"but {FAMILIES[first]} is expected here"
            return message, _listed(first, context)
    message = f"no {bare(FAMILIES[first])} is called `{keras_object.name}`"
    return message, _near(keras_object.name, registries, context) or _listed(
        first, context
    )


def _foreign_help(name: str) -> str:
    """Describe what to write for a lower-case name of older Keras or of PyTorch."""
    from scaffold.catalogue.foreign_names import ADVICE, LAYERS

    if name in ADVICE:
        return ADVICE[name]
    return next(
        (f"write `{new}`" for old, new in LAYERS.items() if old.lower() == name), ""
    )


def _near(
    name: str,
    registries: Sequence[Registry],
    context: RuleContext,
    *,
    exactly: bool = False,
) -> str:
    """Suggest similar names, or with `exactly` those that differ only in case."""
    candidates = []
    if "layers" in registries:
        candidates += [imported.name for imported in context.model.imports]
        blocks = (block.name for block in context.model.blocks[:MOST_NAMES])
        candidates += [name for name in blocks if name != context.graph.name]
        candidates += EXTENSIONS
    for registry in registries:
        candidates += context.catalogue.names(registry)
        candidates += context.catalogue.aliases(registry)
    if exactly:
        candidates = [
            candidate for candidate in candidates if candidate.lower() == name.lower()
        ]
    return did_you_mean(suggest(name, candidates))


def _listed(registry: Registry, context: RuleContext) -> str:
    """List the names of a registry."""
    if registry == "layers":
        return (
            "`keras-scaffold layers` lists all layers; name your own layers under "
            "`imports`"
        )
    names = []
    for name in context.catalogue.names(registry):
        target = context.catalogue.find(registry, name)
        if target is not None and not target.abstract:
            names.append(f"`{name}`")
    more = ", ..." if len(names) > _MOST else ""
    return f"use one of {', '.join(names[:_MOST])}{more}"


def _help_anywhere(keras_object: Object, context: RuleContext) -> str:
    """Return the help for a call where any Keras object is allowed, or a number."""
    if not keras_object.name[:1].isupper():
        return "an expression has + - * / // % **, and no function calls"
    return _near(keras_object.name, keras_object.registries, context) or _listed(
        "layers", context
    )
