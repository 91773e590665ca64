"""Translate arithmetic and indexing of tensors to steps."""

from __future__ import annotations

import ast

from scaffold.catalogue.facts import layers as facts
from scaffold.catalogue.foreign_names import MERGING
from scaffold.foreign_code.steps import PastedCall, PastedInput, Untranslatable
from scaffold.foreign_code.values import Values
from scaffold.foreign_code.variables import CodeVariable, key_of, path_of
from scaffold.spec.operators import ARITHMETIC

_WITH_NUMBER = {operator.tree: operator.name for operator in ARITHMETIC}
_MERGING = {
    **{tree: f"ops.{name}" for tree, name in _WITH_NUMBER.items()},
    **MERGING,
}
COMPUTED = "arithmetic on tensors requires a layer or a function of `ops`"


class Computing(Values):
    """Translates arithmetic and indexing, and recognizes tensors."""

    params: frozenset[str] = frozenset()
    """Names that refer to numbers and strings."""

    def step(self, tree: ast.expr) -> PastedCall:
        """Return the step that computes an expression."""
        raise Untranslatable

    def variable_of(self, tree: ast.expr) -> CodeVariable | None:
        """Return the variable that an expression refers to, `None` if it is not one."""
        match tree:
            case ast.Subscript(value=value, slice=ast.Constant(value=int() as at)):
                variable = self.variables.get(key_of(value))
                items = getattr(variable and variable.tree, "elts", [])
                if variable is None or not 0 <= at < len(items):
                    return None
                name = f"{variable.name}_{at}"
                place = (*variable.place, at)
                return CodeVariable(place, name, items[at], variable.source)
        return self.variables.get(key_of(tree))

    def is_repeat(self, tree: ast.BinOp) -> bool:
        """Return whether `layers.Dense(8) * 3` is a repeat of a layer."""
        return (
            isinstance(tree.op, ast.Mult)
            and isinstance(tree.left, ast.Call)
            and not self.is_tensor(tree.left)
        )

    def is_tensor(self, tree: ast.expr) -> bool:
        """Return whether the value of an expression is a tensor."""
        if key_of(tree) in self.variables:
            return False
        match tree:
            case ast.Name(id=name):
                return name not in self.params and not name[:1].isupper()
            case ast.Call(func=func) if self.variable_of(func) is not None:
                return True
            case ast.Call(func=ast.Call()):
                return True
            case ast.Call(args=args, func=func):
                path = path_of(func)
                return (
                    bool(path)
                    and path[-1][:1].islower()
                    and any(
                        self.is_tensor(argument) or self.is_list(argument)
                        for argument in args
                    )
                )
            case ast.BinOp(left=left, right=right):
                return self.is_tensor(left) or self.is_tensor(right)
            case ast.Subscript(value=value) | ast.UnaryOp(operand=value):
                return self.is_tensor(value)
        return False

    def is_list(self, tree: ast.expr) -> bool:
        """Return whether an expression is a list of tensors."""
        return (
            isinstance(tree, ast.List | ast.Tuple)
            and bool(tree.elts)
            and all(map(self.is_tensor, tree.elts))
        )

    def passed(self, tree: ast.expr, keyword: str = "") -> PastedInput:
        """Return the input of a step."""
        if isinstance(tree, ast.Name):
            return PastedInput(keyword, tree.id)
        if self.is_list(tree):
            assert isinstance(tree, ast.List | ast.Tuple)
            return PastedInput(keyword, tuple(self.passed(item) for item in tree.elts))
        match tree:
            case ast.Subscript(
                value=ast.Name(id=name), slice=ast.Constant(value=int() as at)
            ):
                return PastedInput(keyword, name, at)
        return PastedInput(keyword, self.step(tree))

    def listed(self, tree: ast.expr) -> tuple[PastedInput, ...]:
        """Return the tensors of a list."""
        assert isinstance(tree, ast.List | ast.Tuple)
        return tuple(self.passed(item) for item in tree.elts)

    def computed(self, tree: ast.BinOp) -> PastedCall:
        """Return the step for arithmetic on tensors."""
        if _is_uncalled(tree.left) or _is_uncalled(tree.right):
            raise Untranslatable
        left, right = map(self.is_tensor, (tree.left, tree.right))
        kind = type(tree.op)
        self.note(COMPUTED)
        if left and right and kind in _MERGING:
            both = self.passed(tree.left), self.passed(tree.right)
            if kind in (ast.Mult, ast.Pow) and both[0] == both[1]:
                return PastedCall("ops.square", both[:1])
            return PastedCall(_MERGING[kind], both)
        name = _WITH_NUMBER.get(kind)
        if name is None or not (left or right):
            raise Untranslatable
        if left:
            number = self.text(tree.right)
            if kind is ast.Pow and number in ("2", "2.0", "2."):
                return PastedCall("ops.square", (self.passed(tree.left),))
            if kind is ast.Pow and number in ("0.5", ".5"):
                return PastedCall("ops.sqrt", (self.passed(tree.left),))
            if kind is ast.Div:
                return PastedCall(
                    f"{facts.RESCALE}(1 / {number})", (self.passed(tree.left),)
                )
            if kind is ast.Mult:
                return PastedCall(
                    f"{facts.RESCALE}({number})", (self.passed(tree.left),)
                )
            return PastedCall(f"ops.{name}({number})", (self.passed(tree.left),))
        number = self.text(tree.left)
        if kind is ast.Add:
            return PastedCall(f"ops.add({number})", (self.passed(tree.right),))
        if kind is ast.Mult:
            return PastedCall(f"{facts.RESCALE}({number})", (self.passed(tree.right),))
        if kind is ast.Sub:
            call = f"{facts.RESCALE}(-1, offset={number})"
            return PastedCall(call, (self.passed(tree.right),))
        return PastedCall(f"ops.{name}(x1={number})", (self.passed(tree.right, "x2"),))

    def index(self, tree: ast.Subscript) -> PastedCall:
        """Return the step for `x[:, 0]`."""
        if not self.is_tensor(tree.value):
            raise Untranslatable
        self.note("indexing a tensor requires a function of `ops`")
        items = tree.slice.elts if isinstance(tree.slice, ast.Tuple) else [tree.slice]
        indexed = [(at, item) for at, item in enumerate(items) if not _is_all(item)]
        if len(indexed) != 1 or not items or isinstance(indexed[0][1], ast.Slice):
            raise Untranslatable
        at, which = indexed[0]
        if at == 0 and len(items) == 1:
            raise Untranslatable
        dots = any(
            isinstance(item, ast.Constant) and item.value is ... for item in items[:at]
        )
        axis = at - len(items) if dots else at
        passed = (self.passed(tree.value),)
        if isinstance(which, ast.Constant) and which.value is None:
            return PastedCall(f"ops.expand_dims(axis={axis})", passed)
        if _path_end(which) == "newaxis":
            return PastedCall(f"ops.expand_dims(axis={axis})", passed)
        return PastedCall(f"ops.take(indices={self.text(which)}, axis={axis})", passed)


def _is_uncalled(tree: ast.expr) -> bool:
    """Return whether an expression is a layer that is not called on anything."""
    return isinstance(tree, ast.Call) and _path_end(tree.func)[:1].isupper()


def _path_end(tree: ast.expr) -> str:
    path = path_of(tree)
    return path[-1] if path else ""


def _is_all(tree: ast.expr) -> bool:
    """Return whether an index is `:` or `...`."""
    if isinstance(tree, ast.Slice):
        return tree.lower is None and tree.upper is None and tree.step is None
    return isinstance(tree, ast.Constant) and tree.value is ...
