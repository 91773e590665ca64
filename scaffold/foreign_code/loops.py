"""Translate Python loops over layers to repeats."""

from __future__ import annotations

import ast

from scaffold.catalogue.facts import examples
from scaffold.foreign_code.steps import PastedCall, PastedInput, Untranslatable
from scaffold.foreign_code.tensors import TensorWriter
from scaffold.foreign_code.variables import CodeVariable, key_of, path_of

_MOST_ITERATIONS = 32
_AS_BLOCK = (
    "write the body of the loop as a block, and repeat it: "
    "`Block(n) for n in [64, 32]` or `Block() * 3`"
)
_REASON = (
    f"write a Python loop as a repeat: `{examples.LAYER} * 3`, or with `for` at the end"
)


class Loops(TensorWriter):
    """Translates `for` loops of one statement."""

    def loop(self, tree: ast.For) -> tuple[PastedCall, str]:
        """Return the step for a loop, and the variable that it assigns.

        Raises:
            Untranslatable: The loop is not a repeat of one layer.
        """
        self.note(_REASON, "KS111")
        match tree.body:
            case [ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call)]:
                target = name
            case [
                ast.Expr(value=ast.Call(args=[ast.Call() as call]) as added)
            ] if path_of(added.func)[-1:] == ("add",):
                target = ""
            case _:
                raise Untranslatable(_AS_BLOCK)
        passed: tuple[PastedInput, ...] | None = None
        layer: ast.expr = call
        if target:
            layer = call.func
            arguments, constants = self.called_on(call)
            is_chain = [argument.value for argument in arguments] == [target]
            if not is_chain or constants:
                raise Untranslatable(_AS_BLOCK)
            passed = (*arguments,)
        name = self.repeat_of(layer, tree)
        return PastedCall(name, passed), target

    def repeat_of(self, layer: ast.expr, tree: ast.For) -> str:
        """Return the repeat for a loop, without what it is called on."""
        variable = key_of(tree.target)
        items = self.variables.get(key_of(tree.iter))
        if items is not None and variable and key_of(layer) == variable:
            return self.repeat_of_objects(items)
        if not isinstance(layer, ast.Call):
            raise Untranslatable(_AS_BLOCK)
        call = self.text(layer)
        names = {node.id for node in ast.walk(layer) if isinstance(node, ast.Name)}
        if path_of(getattr(tree.iter, "func", tree.iter)) == ("range",):
            assert isinstance(tree.iter, ast.Call)
            if variable not in names and len(tree.iter.args) == 1:
                return f"{call} * {self.text(tree.iter.args[0])}"
        return f"{call} for {ast.unparse(tree.target)} in {self.loop_values(tree.iter)}"

    def repeat_of_objects(self, items: CodeVariable) -> str:
        """Return the repeat for layers in a list."""
        if isinstance(items.tree, ast.ListComp):
            outer, self.source = self.source, items.source
            try:
                return self.repeat(items.tree).call
            finally:
                self.source = outer
        layers = [self.text_of(items, item) for item in getattr(items.tree, "elts", [])]
        if not layers or len(set(layers)) > 1:
            raise Untranslatable("write its layers as separate entries")
        return f"{layers[0]} * {len(layers)}"

    def loop_values(self, tree: ast.expr) -> str:
        """Return the values of the loop variable."""
        if isinstance(tree, ast.List | ast.Tuple):
            return f"[{', '.join(map(self.text, tree.elts))}]"
        if isinstance(tree, ast.Call) and all(
            isinstance(item, ast.Constant | ast.UnaryOp) for item in tree.args
        ):
            try:
                sizes = [ast.literal_eval(item) for item in tree.args]
                values = range(*sizes) if path_of(tree.func) == ("range",) else None
            except (TypeError, ValueError):
                values = None
            if values is not None and 0 < len(values) <= _MOST_ITERATIONS:
                return str([*values])
        raise Untranslatable(_AS_BLOCK)
