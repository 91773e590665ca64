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
from scaffold.styles.syntax import constant, dotted, name, sequence

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
                return constant(self.spelling(ir_value.value, argument))
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

    def is_default(self, written: ast.expr, argument: Argument) -> bool:
        """Return whether a written argument equals its default in Keras."""
        if _is_default(written, argument):
            return True
        value = written.value if isinstance(written, ast.Constant) else None
        if not isinstance(value, str) or not isinstance(argument.default, str):
            return False
        # Two strings may mean the same object: `zero` and `zeros`.
        for registry in _registries(argument):
            target = self.catalogue.find_string(registry, value)
            default = self.catalogue.find_string(registry, argument.default)
            if target is not None and target is default:
                return True
        return False

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
        """Write the call of a block's function or class, without defaults.

        Args:
            function: The function or class.
            block: The block, with its arguments.
            *first: The arguments before those of the block.
        """
        graph = block.target
        assert isinstance(graph, Graph)
        by_name = {bound.name: bound.value for bound in block.arguments}
        positional: list[ast.expr] = []
        keywords: list[ast.keyword] = []
        for index, param in enumerate(graph.signature):
            if param.name not in by_name:
                continue
            written = self.value(by_name[param.name])
            if param.default and _alike(written, self.value(param.default)):
                continue
            # As with layers, the first argument is usually a size and needs no keyword.
            if len(positional) == index and (index == 0 or param.default is None):
                positional.append(written)
            else:
                keywords.append(ast.keyword(param.name, written))
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
        skip: Sequence[str] = (),
    ) -> tuple[list[ast.expr], list[ast.keyword]]:
        """Write arguments in the order of Keras, without those at their defaults.

        The first arguments, in `skip`, are passed elsewhere.
        """
        by_name = {bound.name: bound for bound in bound_arguments}
        positional: list[ast.expr] = []
        keywords: list[ast.keyword] = []
        for index, argument in enumerate(target.arguments, start=-len(skip)):
            bound = by_name.get(argument.name)
            if bound is None:
                continue
            written = self.value(bound.value, argument)
            if target.registry in ("optimizers", "metrics"):
                written = _as_float(written, argument)
            if not argument.required and self.is_default(written, argument):
                continue
            if index < target.positional - len(skip) and index == len(positional):
                positional.append(written)
            else:
                keywords.append(ast.keyword(argument.name, written))
        return positional, keywords


def _as_float(written: ast.expr, argument: Argument) -> ast.expr:
    """Write an integer as a float if the argument only takes floats.

    Keras 3.15 rejects `SGD(learning_rate=1)` and `FBetaScore(beta=2)`.
    """
    is_float_only = "float" in argument.kinds and "integer" not in argument.kinds
    value = written.value if isinstance(written, ast.Constant) else None
    if is_float_only and isinstance(value, int) and not isinstance(value, bool):
        return ast.Constant(float(value))
    return written


def _alike(written: ast.expr, default: ast.expr) -> bool:
    """Return whether two values are equal, lists and tuples treated alike."""
    try:
        return _same(ast.literal_eval(written), ast.literal_eval(default))
    except (ValueError, TypeError):
        return False


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


def _is_default(written: ast.expr, argument: Argument) -> bool:
    """Return whether a literal argument equals its default."""
    try:
        value = ast.literal_eval(written)
    except (ValueError, TypeError):
        return False
    return _same(_spread(value, argument), _spread(argument.default, argument))


def _spread(value: object, argument: Argument) -> object:
    """Repeat a single size to the length of the argument's tuple.

    Other single numbers are not repeated: `factor=0.5` is a range from 0.
    """
    is_size = "integer" in argument.kinds and isinstance(value, (int, float))
    if is_size and argument.rank is not None:
        return [value] * argument.rank
    return value


def _same(left: object, right: object) -> bool:
    """Return whether values are equal; `True` is not `1`, a list equals its tuple."""
    if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
        return len(left) == len(right) and all(map(_same, left, right))
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return left == right
