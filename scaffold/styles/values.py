"""Write values of the IR as Python syntax trees, in the style of Keras code."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence

from scaffold.catalogue import Argument, Catalogue, KerasCallable, Registry
from scaffold.ir.types import (
    Bound,
    Collection,
    Constant,
    Dictionary,
    Graph,
    Imported,
    Object,
    Operation,
    ParamRef,
    Value,
)
from scaffold.ir.values import REGISTRIES
from scaffold.spec.operators import BINARY, PREFIX
from scaffold.styles.syntax import constant, dotted, name, number, sequence

_PLACES: dict[Registry, str] = {
    "layers": "layers",
    "ops": "ops",
    "schedules": "keras.optimizers.schedules",
}
_ANY = Argument("")


class Writer:
    """Writes values as Python syntax trees."""

    def __init__(
        self,
        catalogue: Catalogue,
        attributes: Mapping[str, str] | None = None,
        local: Sequence[str] = (),
        nested: Callable[[Object], ast.Call] | None = None,
    ) -> None:
        """Store how values are written.

        Args:
            catalogue: The catalogue of Keras.
            attributes: The attributes of params, such as `self.units`; other params are
                variables.
            local: Names that are variables in any case, such as those of a loop.
            nested: Writes a block that is used as a layer.
        """
        self.catalogue = catalogue
        self.attributes = attributes or {}
        self.local = local
        self.nested = nested

    def with_locals(self, names: Sequence[str]) -> Writer:
        """Return a writer with other local names."""
        return Writer(self.catalogue, self.attributes, names, self.nested)

    def with_blocks(self, nested: Callable[[Object], ast.Call]) -> Writer:
        """Return a writer that writes blocks in another way."""
        return Writer(self.catalogue, self.attributes, self.local, nested)

    def value(self, ir_value: Value, argument: Argument = _ANY) -> ast.expr:
        """Write the value of an argument."""
        match ir_value:
            case Constant():
                return self.constant(ir_value, argument)
            case Collection():
                return self.collection(ir_value, argument)
            case Dictionary():
                keys = [self.value(key) for key, _ in ir_value.pairs]
                values = [self.value(value, argument) for _, value in ir_value.pairs]
                return ast.Dict(list(keys), values)
            case ParamRef():
                if ir_value.name in self.local:
                    return name(ir_value.name)
                return dotted(self.attributes.get(ir_value.name, ir_value.name))
            case Operation():
                return self.operation(ir_value)
            case Object():
                return self.object(ir_value, argument)

    def constant(self, literal: Constant, argument: Argument) -> ast.expr:
        """Write a literal; a number is spelled as in the spec."""
        if isinstance(literal.value, (int, float)) and literal.numeral is not None:
            return number(literal.value, literal.numeral)
        return constant(self.spelling(literal.value, argument))

    def spelling(
        self, value: str | float | bool | None, argument: Argument
    ) -> str | float | bool | None:
        """Return the usual spelling of a class name in a string: `Adam` is `adam`."""
        if isinstance(value, str):
            for registry in _registries(argument):
                target = self.catalogue.find_string(registry, value)
                if target and value == target.name and registry != "metrics":
                    return target.strings[0]
        return value

    def collection(self, collection: Collection, argument: Argument) -> ast.expr:
        """Write a list, or a tuple where Keras code uses tuples."""
        items = [self.value(item, argument) for item in collection.items]
        as_tuple = "list" not in argument.kinds and any(
            kind in ("shape", "tuple") for kind in argument.kinds
        )
        # The arguments of a layer of the user are unknown, so a tuple stays a tuple.
        as_tuple = as_tuple or (collection.is_tuple and not argument.name)
        return sequence(items, as_tuple=as_tuple)

    def operation(self, operation: Operation) -> ast.expr:
        """Write arithmetic, a comparison or logic."""
        operands = [self.value(operand) for operand in operation.operands]
        if len(operands) == 1:
            return ast.UnaryOp(PREFIX[operation.operator].tree(), operands[0])
        left, right = operands
        tree = BINARY[operation.operator].tree()
        if isinstance(tree, ast.boolop):
            return ast.BoolOp(tree, operands)
        if isinstance(tree, ast.cmpop):
            return ast.Compare(left, [tree], [right])
        return ast.BinOp(left, tree, right)

    def object(self, keras_object: Object, argument: Argument = _ANY) -> ast.expr:
        """Write a Keras object, or its string if it has one and no arguments."""
        target = keras_object.target
        if isinstance(target, Graph):
            assert self.nested is not None
            return self.nested(keras_object)
        if target is None or isinstance(target, Imported):
            return self.imported(keras_object)
        positional, keywords = self.arguments(keras_object.arguments, target)
        if target.registry == "extensions":
            return ast.Call(name(target.name.capitalize()), positional, keywords)
        is_bare = not positional and not keywords
        if is_bare and target.strings and _takes_strings(argument, target):
            return constant(target.strings[0])
        place = _PLACES.get(target.registry, f"keras.{target.registry}")
        return ast.Call(dotted(f"{place}.{target.name}"), positional, keywords)

    def layer(self, layer: Object, layer_name: ast.expr | None) -> ast.Call:
        """Write a layer of the model, with its name if the code contains it."""
        written = self.object(layer)
        assert isinstance(written, ast.Call)
        if layer_name is not None:
            own = [keyword for keyword in written.keywords if keyword.arg == "name"]
            if own:
                own[0].value = layer_name
            else:
                written.keywords.append(ast.keyword("name", layer_name))
        return written

    def block(self, function: str, block: Object, *first: ast.expr) -> ast.Call:
        """Write the call of a block's function or class.

        As with layers, the first argument is usually a size and needs no keyword.

        Args:
            function: The function or class.
            block: The block, with its arguments.
            *first: The arguments before those of the block.
        """
        graph = block.target
        assert isinstance(graph, Graph)
        leading = [
            param.name
            for index, param in enumerate(graph.signature)
            if index == 0 or param.default is None
        ]
        # A block in a wrapper may have a `name`, which not every function accepts.
        params = {param.name for param in graph.params}
        bound_arguments = [bound for bound in block.arguments if bound.name in params]
        values = [self.value(bound.value) for bound in bound_arguments]
        positional, keywords = _placed(bound_arguments, values, leading)
        return ast.Call(dotted(function), [*first, *positional], keywords)

    def imported(self, imported: Object) -> ast.expr:
        """Write a layer of the user, with its arguments unchanged."""
        positional = [
            self.value(argument.value)
            for argument in imported.arguments
            if not argument.name
        ]
        keywords = [
            ast.keyword(argument.name, self.value(argument.value))
            for argument in imported.arguments
            if argument.name
        ]
        return ast.Call(name(imported.name), positional, keywords)

    def arguments(
        self,
        bound_arguments: Sequence[Bound],
        target: KerasCallable,
        before: Sequence[str] = (),
    ) -> tuple[list[ast.expr], list[ast.keyword]]:
        """Write arguments in the order of the spec.

        Leading sizes are positional as long as they are in the order of Keras.

        Args:
            bound_arguments: The arguments.
            target: The callable.
            before: The arguments that are passed by position before these.
        """
        values = []
        for bound in bound_arguments:
            written = self.value(bound.value, bound.argument or _ANY)
            if target.registry in ("optimizers", "metrics") and bound.argument:
                written = _as_float(written, bound.argument)
            values.append(written)
        names = [argument.name for argument in target.arguments]
        leading = names[len(before) : target.positional]
        return _placed(bound_arguments, values, leading)


def _placed(
    bound_arguments: Sequence[Bound], values: list[ast.expr], leading: Sequence[str]
) -> tuple[list[ast.expr], list[ast.keyword]]:
    """Write arguments by position while they are the leading ones, then by keyword."""
    names = [bound.name for bound in bound_arguments]
    count = 0
    for argument, usual in zip(names, leading, strict=False):
        if argument != usual:
            break
        count += 1
    pairs = zip(names[count:], values[count:], strict=True)
    return values[:count], [ast.keyword(name, value) for name, value in pairs]


def _as_float(written: ast.expr, argument: Argument) -> ast.expr:
    """Write an integer as a float if the argument only takes floats.

    Keras 3.15 rejects `SGD(learning_rate=1)` and `FBetaScore(beta=2)`.
    """
    is_float_only = "float" in argument.kinds and "integer" not in argument.kinds
    value = written.value if isinstance(written, ast.Constant) else None
    if is_float_only and isinstance(value, int) and not isinstance(value, bool):
        digits = repr(value)
        if digits.lstrip("+-").replace("_", "").isdecimal():
            return number(float(value), f"{digits}.0")
        return ast.Constant(float(value))
    return written


def _takes_strings(argument: Argument, target: KerasCallable) -> bool:
    """Return whether Keras accepts the string of an object for an argument.

    The metric for "accuracy" depends on the loss, and an optimizer inside another one
    (`LossScaleOptimizer`) must be an object.
    """
    if target.registry == "metrics":
        return False
    if target.registry == "optimizers" and argument.name != "optimizer":
        return False
    return bool(_registries(argument))


def _registries(argument: Argument) -> tuple[Registry, ...]:
    return tuple(
        registry
        for kind in argument.kinds
        for registry in REGISTRIES.get(kind, ())
        if registry != "layers"
    )
