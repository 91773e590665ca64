"""KS202: a keyword that a callable does not take."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.checks.keywords import is_needless, meant
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic, did_you_mean, suggest
from scaffold.ir.build import DATA_KEYS
from scaffold.ir.types import Graph
from scaffold.spec.keys import METHODS


class KS202(Code):
    """A callable has no argument of that name.

    What it does:
        Reports unknown keywords of layers, of nested Keras objects, of `keras.Input`,
        and of `Model.compile` and `Model.fit` (the keys of `compile` and `train`).

    Why:
        Keras refuses it when the model is built. Names of older Keras versions and of
        other libraries (`lr`, `out_channels`) are recognized, and the help names the
        argument of Keras 3.

    Example:
        inputs: [4]
        layers:
          - Dense(8, activaton="relu")

    Instead:
        inputs: [4]
        layers:
          - Dense(8, activation="relu")
    """

    name = "unknown-argument"


_MOST = 12
_IN_CODE = "the code that trains the model can pass it to `fit`"
_OF_FIT = {
    "class_weight": _IN_CODE,
    "sample_weight": _IN_CODE,
    "validation_data": f"write `validation_split: 0.2`, or {_IN_CODE}",
}
"""Arguments of `fit` that a spec cannot contain."""


@rule(KS202)
def unknown_argument(context: RuleContext) -> Iterator[Diagnostic]:
    """Report keywords that a callable does not take."""
    for target, arguments in context.calls:
        for bound in arguments:
            if bound.name and bound.argument is None:
                message = f"`{target.name}` has no argument `{bound.name}`"
                named = {argument.name for argument in arguments}
                help_ = _help(bound.name, target, named, context.catalogue)
                yield Diagnostic("KS202", message, bound.span, help_)


def _other_section(
    keyword: str, target: KerasCallable | Graph, catalogue: Catalogue
) -> str:
    """Return the section of a spec that has an argument of another section, or `""`."""
    methods = {method: section for section, method in METHODS.items()}
    if isinstance(target, Graph) or target.registry != "methods":
        return ""
    for name, section in methods.items():
        other = catalogue.find("methods", name)
        if other and any(argument.name == keyword for argument in other.arguments):
            return section
    return ""


def _help(
    keyword: str,
    target: KerasCallable | Graph,
    names: set[str],
    catalogue: Catalogue,
) -> str:
    if keyword in _OF_FIT:
        return f"leave it out: {_OF_FIT[keyword]}"
    if target.name == "fit" and (data := suggest(keyword, DATA_KEYS)):
        return did_you_mean(data[:1])
    if section := _other_section(keyword, target, catalogue):
        return f"move it under `{section}`, indented"
    if near := meant(keyword, target):
        return did_you_mean([near])
    is_layer = isinstance(target, KerasCallable) and target.registry == "layers"
    if is_layer and is_needless(keyword):
        return "leave it out: a layer gets the shape from its input"
    known = [argument.name for argument in target.arguments]
    needed = [argument.name for argument in target.arguments if argument.required]
    if needed and not names & set(needed):
        return f"it requires {' and '.join(f'`{name}`' for name in needed)}"
    if not known:
        return "leave it out: it takes no arguments"
    return f"it takes {', '.join(known[:_MOST])}" + ", ..." * (len(known) > _MOST)
