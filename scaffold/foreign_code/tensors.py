"""Translate calls on tensors to steps: layers, functions, lambdas."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import examples, layers
from scaffold.catalogue.foreign_names import (
    ATTENDED,
    ATTENTION,
    FUNCTION_LAYERS,
    FUNCTIONS,
    LISTED,
    MERGES,
    OF_FUNCTIONS,
)
from scaffold.foreign_code.arguments import PastedArgument
from scaffold.foreign_code.computing import COMPUTED
from scaffold.foreign_code.lambdas import chained, substitute
from scaffold.foreign_code.steps import PastedCall, PastedInput, Untranslatable
from scaffold.foreign_code.tensor_arguments import Misplaced
from scaffold.foreign_code.values import attribute_reason
from scaffold.foreign_code.variables import CodeVariable, is_module, path_of

CALLED_ON = "tensors are passed after `<-`, not in parentheses"


class TensorWriter(Misplaced):
    """Translates expressions whose value is a tensor."""

    def step(self, tree: ast.expr) -> PastedCall:
        """Return the step that computes an expression.

        Raises:
            Untranslatable: No step computes it.
        """
        match tree:
            case ast.Call(func=ast.Call()):
                return self.applied(tree)
            case ast.Call():
                return self.function(tree)
            case ast.Attribute():
                return self.named(tree)
            case ast.BinOp() if self.is_repeat(tree):
                layer = self.step(tree.left)
                return layer._replace(call=f"{layer.call} * {self.piece(tree.right)}")
            case ast.BinOp():
                return self.computed(tree)
            case ast.UnaryOp(op=ast.USub(), operand=operand) if self.is_tensor(operand):
                self.note(COMPUTED)
                return PastedCall("ops.negative", (self.passed(operand),))
            case ast.Subscript(value=ast.Name(id=name)) if name[:1].isupper():
                self.note("the arguments of a layer are in parentheses")
                inner = tree.slice
                items = inner.elts if isinstance(inner, ast.Tuple) else [inner]
                return PastedCall(self.text(ast.Call(tree.value, items, [])))
            case ast.Subscript(value=ast.Name(), slice=ast.Constant(value=int())):
                self.note(
                    f"pass an output of an entry after `<-`: `{examples.LAYER} <- x[0]`"
                )
                return PastedCall(examples.NOTHING, (self.passed(tree),))
            case ast.Subscript():
                return self.index(tree)
            case ast.ListComp():
                return self.repeat(tree)
            case ast.Name(id=name) if name[:1].isupper():
                return PastedCall(self.target(name)[0])
        raise Untranslatable

    def repeat(self, tree: ast.ListComp) -> PastedCall:
        """Return the step of `[Dense(8) for i in range(3)]`."""
        self.note(
            f"write repeated layers as `{examples.LAYER} * 3`, or with `for` at the end"
        )
        match tree.generators:
            case [ast.comprehension(target=target, iter=values, ifs=[])]:
                names = {
                    node.id for node in ast.walk(tree.elt) if isinstance(node, ast.Name)
                }
                layer = self.step(tree.elt)
                is_range = isinstance(values, ast.Call) and path_of(values.func) == (
                    "range",
                )
                if is_range and isinstance(target, ast.Name) and target.id not in names:
                    assert isinstance(values, ast.Call)
                    if len(values.args) == 1:
                        count = self.text(values.args[0])
                        return layer._replace(call=f"{layer.call} * {count}")
                if isinstance(values, ast.List | ast.Tuple):
                    loop = f" for {ast.unparse(target)} in {self.text(values)}"
                    return layer._replace(call=f"{layer.call}{loop}")
        raise Untranslatable

    def several(self, value: ast.expr) -> list[ast.expr]:
        """Return the layers that an expression consists of."""
        return [value]

    def applied(self, tree: ast.Call) -> PastedCall:
        """Return the step of `Dense(3)(x)`."""
        layer = tree.func
        assert isinstance(layer, ast.Call)
        self.note(CALLED_ON)
        return self.calling(CodeVariable((), "", layer, self.source), tree)

    def of_object(self, variable: CodeVariable, tree: ast.Call) -> PastedCall:
        """Return the step of `shared(x)`."""
        self.note(
            f"`{variable.name}` is a layer object, but an entry creates and calls its "
            "layer at once",
            "KS111",
        )
        return self.calling(variable, tree)

    def calling(self, variable: CodeVariable, tree: ast.Call) -> PastedCall:
        """Return the step for a layer that a statement calls.

        Args:
            variable: The layer.
            tree: The call.
        """
        layer = variable.tree
        if not isinstance(layer, ast.Call):
            raise Untranslatable
        if _name(layer) == layers.PYTHON:
            return self.of_lambda(layer, tree.args)
        passed, constants = self.called_on(tree)
        if _name(layer) == ATTENTION:
            # PyTorch passes the key before the value.
            passed = [
                call_input._replace(keyword=call_input.keyword or ATTENDED.get(at, ""))
                for at, call_input in enumerate(passed)
            ]
        step: PastedCall | None = None
        for at, call in enumerate(self.several(layer)):
            call_inputs = tuple(passed) if step is None else (PastedInput("", step),)
            step = PastedCall(self.text_of(variable, call), call_inputs)
            if variable.place:
                place = (*variable.place, at)
                step = step._replace(layer_object=place, variable=variable.name)
        if step is None:
            raise Untranslatable
        return step._replace(constants=constants) if constants else step

    def called_on(self, tree: ast.Call) -> tuple[list[PastedInput], tuple[str, ...]]:
        """Return what a call passes: tensors and constants."""
        passed: list[PastedInput] = []
        constants: list[str] = []
        for argument in tree.args:
            if self.is_list(argument):
                assert isinstance(argument, ast.List | ast.Tuple)
                passed += [self.passed(item) for item in argument.elts]
            else:
                passed.append(self.passed(argument))
        for keyword in tree.keywords:
            if keyword.arg is None:
                raise Untranslatable
            if keyword.arg == "training" and isinstance(keyword.value, ast.Name):
                # Keras passes it automatically.
                continue
            if self.is_list(keyword.value) or self.is_tensor(keyword.value):
                passed.append(self.passed(keyword.value, keyword.arg))
            else:
                constants.append(f"{keyword.arg}={self.text(keyword.value)}")
        return passed, tuple(constants)

    def named(self, tree: ast.Attribute) -> PastedCall:
        """Return the step of `layers.Flatten` or `tf.nn.relu`."""
        path = path_of(tree)
        if not path or not self.is_owned(path):
            raise Untranslatable
        self.note(attribute_reason(path))
        if string := self.activation(path[-1]):
            return PastedCall(f'{layers.ACTIVATION}("{string}")')
        if path[-1][:1].isupper():
            name, target = self.target(path[-1])
            if target is None and (string := self.activation_class(name, ())):
                return PastedCall(f'{layers.ACTIVATION}("{string}")')
            return PastedCall(name)
        if self.catalogue.find("ops", name := FUNCTIONS.get(path[-1], path[-1])):
            return PastedCall(f"ops.{name}")
        raise Untranslatable

    def function(self, tree: ast.Call) -> PastedCall:
        """Return the step for a layer that is not called yet, or for a function."""
        if variable := self.variable_of(tree.func):
            return self.of_object(variable, tree)
        path = path_of(tree.func)
        if not path:
            raise Untranslatable
        owner, name = path[:-1], path[-1]
        if name == "add" and len(tree.args) == 1 and not is_module(owner):
            self.note(
                f"`{'.'.join(path)}` is not needed: entries are added automatically"
            )
            return self.step(tree.args[0])
        if name == layers.PYTHON:
            return self.of_lambda(tree, None)
        first = tree.args[0] if tree.args else None
        if name in ("Merge", "merge") and first is not None and self.is_list(first):
            return PastedCall(self.merge(tree), self.listed(first))
        if self.is_method(owner, name):
            self.note(f"`{name}` is a function of `ops`")
            tensor = ast.Name(owner[0])
            return self.of_tensors(
                name, ast.Call(tree.func, [tensor, *tree.args], tree.keywords)
            )
        is_op = owner[-1:] == ("ops",)
        if is_op and not (first and (self.is_tensor(first) or self.is_list(first))):
            return PastedCall(self.called(f"ops.{name}", self.arguments(tree)))
        if name[:1].isupper() or first is None:
            is_unknown = not owner and name.islower() and not self.is_function(name)
            if owner[:1] == ("self",) or is_unknown:
                raise Untranslatable
            step = self.with_tensors(name, tree) or PastedCall(self.text(tree))
            return step._replace(times=2) if name == ATTENTION else step
        if owner and not is_module(owner):
            raise Untranslatable
        if not owner and not self.is_function(name):
            return self.of_own(name, tree)
        reason = f"`{'.'.join(path)}` is called on tensors, which are passed after `<-`"
        self.note(reason)
        if self.is_list(first) and (name in MERGES or name in LISTED):
            return self.merging(name, tree)
        if not self.is_tensor(first):
            return PastedCall(self.text(tree))
        self.reject_unknown(name, tree)
        return self.of_tensors(name, tree)

    def reject_unknown(self, name: str, tree: ast.Call) -> None:
        """Reject a function of the output of a layer that the code does not show.

        Raises:
            Untranslatable: It is such a function, as in `F.relu(self.fc2(x))`.
        """
        inner = tree.args[0]
        path = path_of(inner.func) if isinstance(inner, ast.Call) else ()
        if path[:1] != ("self",) or self.variable_of(getattr(inner, "func", inner)):
            return
        call = ast.Call(tree.func, [ast.Name("x"), *tree.args[1:]], tree.keywords)
        below = self.of_tensors(name, call).call
        layer = ".".join(path)
        raise Untranslatable(
            f"write the layer `{layer}` as an entry, and `{below}` below it"
        )

    def is_method(self, owner: Sequence[str], name: str) -> bool:
        """Return whether a name is a method of a tensor: `x.mean()`."""
        if len(owner) != 1 or is_module(owner) or owner[0] in ("self", "model"):
            return False
        return self.catalogue.find("ops", FUNCTIONS.get(name, name)) is not None

    def is_function(self, name: str) -> bool:
        """Return whether a name is a function of Keras, TensorFlow or PyTorch."""
        new = FUNCTIONS.get(name, name)
        return (
            name in ("reuse", "recurse", "loop")
            or name in MERGES
            or name in LISTED
            or name in FUNCTION_LAYERS
            or bool(self.activation(name))
            or self.target(name)[1] is not None
            or self.catalogue.find("ops", new) is not None
        )

    def merging(self, name: str, tree: ast.Call) -> PastedCall:
        """Return the merging layer for `tf.concat([x, y], axis=1)`."""
        passed = self.listed(tree.args[0])
        axis = [self.text(argument) for argument in tree.args[1:2]]
        axis += [
            self.text(keyword.value)
            for keyword in tree.keywords
            if keyword.arg in ("axis", "dim", "axes", "concat_axis")
        ]
        if name == "stack":
            return PastedCall(
                f"ops.stack({', '.join(f'axis={text}' for text in axis)})", passed
            )
        layer = MERGES.get(name, layers.JOIN)
        if name == "cat":
            layer = layers.JOIN
        keyword = {layers.JOIN: "axis", layers.DOT: "axes"}.get(layer, "")
        listed = ", ".join(f"{keyword}={text}" for text in axis) if keyword else ""
        return PastedCall(f"{layer}({listed})", passed)

    def of_tensors(self, name: str, tree: ast.Call) -> PastedCall:
        """Return the step for a function of tensors, `tf.reduce_mean(x, axis=1)`."""
        inputs = (self.passed(tree.args[0]),)
        other_args = tree.args[1:]
        # Keras passes `training` automatically.
        keywords = [item for item in tree.keywords if item.arg != "training"]
        tree = ast.Call(tree.func, tree.args, keywords)
        is_op = path_of(tree.func)[-2:-1] == ("ops",)
        if (string := self.activation(name)) and not is_op:
            if not other_args and not tree.keywords:
                return PastedCall(f'{layers.ACTIVATION}("{string}")', inputs)
        new = FUNCTIONS.get(name, name)
        if layer := self.layer_of(name, tree):
            inner = ast.Call(ast.Name(layer), tree.args[1:], tree.keywords)
            return PastedCall(self.text(inner), inputs)
        if name in FUNCTION_LAYERS and not self.catalogue.find("layers", name):
            layer, names = FUNCTION_LAYERS[name]
            texts = [self.text(arg) for arg in other_args]
            if name in ("reshape", "view"):
                texts = [_without_batch(other_args)]
            elif name == "resize":
                texts = self.pair(other_args)
            arguments = [PastedArgument("", text) for text in texts[: len(names)]]
            return PastedCall(self.called(layer, arguments), inputs)
        target = self.catalogue.find("ops", new)
        if target is None or target.takes == "list":
            raise Untranslatable
        passed, at = [*inputs], 1
        while at < min(len(tree.args), len(target.tensors)):
            if not self.is_tensor(tree.args[at]):
                break
            passed.append(self.passed(tree.args[at]))
            at += 1
        return PastedCall(self.of_op(new, target, at, tree), tuple(passed))

    def layer_of(self, name: str, tree: ast.Call) -> str:
        """Return the layer for a function of TensorFlow 1, `tf.layers.dense`."""
        owner = path_of(tree.func)[:-1]
        if name != "dropout" and not {"layers", "slim"} & set(owner):
            return ""
        bare = name.replace("_", "").lower()
        names = self.catalogue.names("layers")
        return next((layer for layer in names if layer.lower() == bare), "")

    def pair(self, arguments: Sequence[ast.expr]) -> list[str]:
        """Return height and width, which are in a list."""
        if not arguments or not isinstance(arguments[0], ast.List | ast.Tuple):
            raise Untranslatable
        return [self.text(size) for size in arguments[0].elts]

    def of_op(
        self, name: str, target: KerasCallable, first: int, tree: ast.Call
    ) -> str:
        """Return the call of a function of `ops`, with keywords for all but tensors."""
        known = [argument.name for argument in target.arguments]
        arguments = []
        for at, value in enumerate(tree.args[first:], start=first):
            if at >= len(known):
                raise Untranslatable
            arguments.append(PastedArgument(known[at], self.text(value)))
        for keyword in tree.keywords:
            if keyword.arg is None:
                raise Untranslatable
            named = keyword.arg
            if named not in known:
                named = OF_FUNCTIONS.get(named, named)
            if named in known:
                arguments.append(PastedArgument(named, self.text(keyword.value)))
        return self.called(f"ops.{name}", arguments) if arguments else f"ops.{name}"

    def of_lambda(self, layer: ast.Call, args: Sequence[ast.expr] | None) -> PastedCall:
        """Return the step for the function of a `Lambda`.

        Raises:
            Untranslatable: The function needs more than one step.
        """
        function = layer.args[0] if layer.args else None
        for keyword in layer.keywords:
            if keyword.arg == "function":
                function = keyword.value
        self.note(f"`{layers.PYTHON}` takes Python code, which a spec cannot contain")
        if isinstance(function, ast.Attribute):
            step = self.named(function)
        elif isinstance(function, ast.Lambda) and len(function.args.args) == 1:
            step = self.body(function)
        else:
            raise Untranslatable
        if args is None:
            return chained(step)
        if len(args) != 1:
            raise Untranslatable
        items = self.listed(args[0]) if self.is_list(args[0]) else None
        return substitute(step, (self.passed(args[0]),) if items is None else items)

    def body(self, function: ast.Lambda) -> PastedCall:
        """Return the step for a function's body; only its argument is a tensor."""
        argument = function.args.args[0].arg
        names = {
            node.id for node in ast.walk(function.body) if isinstance(node, ast.Name)
        }
        params, self.params = self.params, self.params | (names - {argument})
        tensors, self.tensors = self.tensors, frozenset()
        try:
            if isinstance(function.body, ast.Name) and function.body.id == argument:
                return PastedCall(examples.NOTHING, (PastedInput("", argument),))
            return self.step(function.body)
        finally:
            self.params, self.tensors = params, tensors


def _name(tree: ast.Call) -> str:
    path = path_of(tree.func)
    return path[-1] if path else ""


def _without_batch(sizes: Sequence[ast.expr]) -> str:
    """Return the sizes of a `reshape` without the batch axis."""
    first = sizes[0] if sizes else None
    items = first.elts if isinstance(first, ast.List | ast.Tuple) else [*sizes]
    if len(items) < 2:
        raise Untranslatable
    listed = [ast.unparse(item) for item in items[1:]]
    return f"({', '.join(listed)}{',' if len(listed) == 1 else ''})"
