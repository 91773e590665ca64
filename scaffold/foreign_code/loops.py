"""Loops of Python over layers, as rows."""

from __future__ import annotations

import ast

from scaffold.catalogue.facts import examples
from scaffold.foreign_code.steps import PastedCall, PastedInput, Untranslatable
from scaffold.foreign_code.tensors import TensorWriter
from scaffold.foreign_code.variables import CodeVariable, key_of, path_of

_MOST_TURNS = 32
_AS_BLOCK = (
    "write the body of the loop as a block, and repeat it: "
    "`Block(n) for n in [64, 32]` or `Block() * 3`"
)
_REASON = (
    f"write a Python loop as a repeat: `{examples.LAYER} * 3`, or with `for` at the end"
)


class Loops(TensorWriter):
    """Writes `for` loops of one statement."""

    def loop(self, tree: ast.For) -> tuple[PastedCall, str]:
        """Return the step for a loop, and the variable that it changes.

        Raises:
            Untranslatable: It is no row of one layer.
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
            is_chain = [each.value for each in arguments] == [target]
            if not is_chain or constants:
                raise Untranslatable(_AS_BLOCK)
            passed = (*arguments,)
        name = self.row_of(layer, tree)
        return PastedCall(name, passed), target

    def row_of(self, layer: ast.expr, tree: ast.For) -> str:
        """Return the row of a loop, without what it is called on."""
        variable = key_of(tree.target)
        items = self.things.get(key_of(tree.iter))
        if items is not None and variable and key_of(layer) == variable:
            return self.row_of_objects(items)
        if not isinstance(layer, ast.Call):
            raise Untranslatable(_AS_BLOCK)
        call = self.text(layer)
        names = {each.id for each in ast.walk(layer) if isinstance(each, ast.Name)}
        if path_of(getattr(tree.iter, "func", tree.iter)) == ("range",):
            assert isinstance(tree.iter, ast.Call)
            if variable not in names and len(tree.iter.args) == 1:
                return f"{call} * {self.text(tree.iter.args[0])}"
        return f"{call} for {ast.unparse(tree.target)} in {self.turns(tree.iter)}"

    def row_of_objects(self, items: CodeVariable) -> str:
        """Return the row for layers that stand in a list."""
        if isinstance(items.tree, ast.ListComp):
            kept, self.source = self.source, items.source
            try:
                return self.row(items.tree).call
            finally:
                self.source = kept
        layers = [self.text_of(items, each) for each in getattr(items.tree, "elts", [])]
        if not layers or len(set(layers)) > 1:
            raise Untranslatable("write its layers as separate entries")
        return f"{layers[0]} * {len(layers)}"

    def turns(self, tree: ast.expr) -> str:
        """Return the values of a loop's variable."""
        if isinstance(tree, ast.List | ast.Tuple):
            return f"[{', '.join(map(self.text, tree.elts))}]"
        if isinstance(tree, ast.Call) and all(
            isinstance(each, ast.Constant | ast.UnaryOp) for each in tree.args
        ):
            try:
                sizes = [ast.literal_eval(each) for each in tree.args]
                values = range(*sizes) if path_of(tree.func) == ("range",) else None
            except (TypeError, ValueError):
                values = None
            if values is not None and 0 < len(values) <= _MOST_TURNS:
                return str([*values])
        raise Untranslatable(_AS_BLOCK)
