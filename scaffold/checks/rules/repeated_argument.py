"""KS206: an argument that is set twice, or too many arguments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scaffold.catalogue import Argument, KerasCallable
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext, is_usable
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.types import Graph, Node, Object
from scaffold.ir.values import by_position


class KS206(Code):
    """An argument is set twice, or there are too many arguments.

    What it does:
        Reports the second of two values for the same argument, by position or by
        keyword, a name of the second layer of a choice, and the first positional
        argument that is too many.

    Why:
        Python raises a `TypeError`. Lists are the usual cause: in keyed notation
        `Reshape: [4, 4]` passes two arguments, and `Reshape: [[4, 4]]` passes one.

    Example:
        inputs: [16]
        layers:
          - Reshape: [4, 4]

    Instead:
        inputs: [16]
        layers:
          - Reshape: [[4, 4]]
    """

    name = "repeated-argument"


@rule(KS206)
def repeated_argument(context: RuleContext) -> Iterator[Diagnostic]:
    """Report arguments that are set twice, and too many arguments."""
    for keras_object in context.objects:
        seen: set[str] = set()
        for bound in keras_object.arguments:
            if bound.name in seen:
                message = f"`{bound.name}` is set twice"
                yield Diagnostic("KS206", message, bound.span, "keep one of them")
            if bound.name:
                seen.add(bound.name)
        if isinstance(keras_object.target, KerasCallable | Graph) and is_usable(
            keras_object.target
        ):
            yield from _too_many(keras_object, keras_object.target)
    for node in context.graph.nodes:
        if node.reused is None:
            yield from _second_name(node)


def _second_name(node: Node) -> Iterator[Diagnostic]:
    """Report the argument `name` of the alternative layer of a choice."""
    if node.choice is not None:
        for bound in node.choice.otherwise.arguments:
            if bound.name == "name":
                message = f"`{node.name}` has a second name"
                help_ = "remove it: the name of the first layer is for both"
                if node.keras_name is None:
                    help_ = "move it to the first layer: it is then for both"
                yield Diagnostic("KS206", message, bound.span, help_)


def _too_many(
    keras_object: Object, target: KerasCallable | Graph
) -> Iterator[Diagnostic]:
    extra = [bound for bound in keras_object.arguments if not bound.name]
    if not extra:
        return
    most: Sequence[Argument] = target.arguments
    if isinstance(target, KerasCallable):
        most = by_position(target.arguments)
    takes = f"{len(most)} positional argument{'s' * (len(most) != 1)}"
    message = f"`{target.name}` takes {takes}, and this is one more"
    help_ = "pass the others by keyword" if most else "remove it"
    if len(most) == 1 and set(most[0].kinds) & {"shape", "tuple", "list", "layers"}:
        values = [
            getattr(bound.value, "value", None) for bound in keras_object.arguments
        ]
        is_whole = all(isinstance(value, int) for value in values)
        sizes = ", ".join(map(str, values)) if is_whole else "4, 4"
        help_ = f"its argument is a list: write `{keras_object.name}: [[{sizes}]]`, or "
        help_ += f"`{keras_object.name}(({sizes}))`"
    yield Diagnostic("KS206", message, extra[0].span, help_)
